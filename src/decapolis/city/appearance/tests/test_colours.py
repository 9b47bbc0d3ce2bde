"""Colours: contrast as WCAG has it, the nearest that can be read, shades for day and night."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decapolis.city.appearance.colours import (
    AA,
    AIM_AT_NIGHT,
    DAY,
    HEX,
    NIGHT,
    by_night,
    contrast,
    is_readable,
    nearest_readable,
    shades,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),  # the classic grey that just passes
        ("#777777", "#ffffff", 4.48),  # and the one that just does not
        ("#0d5c58", "#ffffff", 7.81),  # as INTERFACE.md says of the primary button
    ],
)
def test_contrast_is_that_of_wcag(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.03)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(
    ("colour", "readable"), [("#0d5c58", True), ("#ffcc00", False), ("#777777", False), ("#000000", True)]
)
def test_readable_is_what_passes_on_every_ground(colour, readable):
    assert is_readable(colour) == readable


def test_a_readable_colour_is_its_own_nearest():
    assert nearest_readable("#0d5c58") == "#0d5c58"


def test_the_nearest_of_a_yellow_is_a_dark_yellow():
    found = nearest_readable("#ffcc00")
    red, green, blue = (int(found[at : at + 2], 16) for at in (1, 3, 5))

    assert red > green > blue
    assert AA <= min(contrast(found, ground) for ground in DAY) < AA + 0.3


@pytest.mark.slow
@settings(max_examples=40)
@given(colour=COLOURS)
def test_whatever_is_chosen_the_nearest_can_be_read_by_day_and_by_night(colour):
    found = nearest_readable(colour)

    assert HEX.fullmatch(found)
    assert is_readable(found)
    assert min(contrast(by_night(found), ground) for ground in NIGHT) >= AIM_AT_NIGHT


@pytest.mark.slow
@settings(max_examples=40)
@given(colour=COLOURS)
def test_text_and_buttons_in_the_shades_can_be_read(colour):
    made = shades(nearest_readable(colour))

    for text, ground in [
        ("text-subtle", "background-default"),
        ("text-default", "surface-tinted"),
        ("base-contrast-default", "base-default"),
        ("base-contrast-default", "base-hover"),
    ]:
        assert contrast(made[text].day, made[ground].day) >= AA
        assert contrast(made[text].night, made[ground].night) >= AA
    for mark in ("border-default", "border-strong"):
        assert contrast(made[mark].day, DAY[0]) >= 3
        assert contrast(made[mark].night, NIGHT[0]) >= 3


@pytest.mark.slow
@settings(max_examples=40)
@given(colour=COLOURS)
def test_shades_are_colours_and_nothing_else(colour):
    assert all(HEX.fullmatch(shade.day) and HEX.fullmatch(shade.night) for shade in shades(colour).values())
