"""Text without a browser: width, lines, shortening."""

from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decapolis.plumbing.charts.lines import TURNING, break_lines, plain, shorten, width

texts = st.text(max_size=300)


@given(texts, st.floats(3, 60))
def test_break_lines_loses_no_letter(text: str, widest: float) -> None:
    broken = break_lines(text, widest)

    assert "".join("".join(broken).split()) == "".join(text.split())


@given(texts, st.floats(3, 60))
def test_break_lines_fits(text: str, widest: float) -> None:
    assert all(width(line) <= widest for line in break_lines(text, widest))


def test_break_lines_breaks_between_words() -> None:
    assert break_lines("The quay needs light", 7) == ("The quay", "needs light")


def test_break_lines_breaks_chinese_anywhere() -> None:
    assert break_lines("我覺得晚上的公車太少", 5) == ("我覺得晚", "上的公車", "太少")


def test_width_is_wider_for_wide_letters() -> None:
    assert width("iiii") < width("nnnn") < width("MMMM") < width("車車車車")


@pytest.mark.parametrize(
    ("text", "longest", "shown"),
    [
        ("The quay needs light.", 40, "The quay needs light."),
        ("The quay needs light between the bridge and the mill.", 21, "The quay needs light…"),
        ("The quay needs light, at last", 22, "The quay needs light…"),
        ("The quay needs light", 18, "The quay needs…"),
        ("Unabbreviatable", 8, "Unabbre…"),
        ("two\n\nlines", 20, "two lines"),
    ],
)
def test_shorten_cuts_between_words(text: str, longest: int, shown: str) -> None:
    assert shorten(text, longest) == shown


@given(texts, st.integers(2, 120))
def test_shorten_is_never_longer_than_asked(text: str, longest: int) -> None:
    assert len(shorten(text, longest)) <= longest


@given(st.lists(st.text("abcdef", min_size=1, max_size=9), min_size=1, max_size=30), st.integers(12, 80))
def test_shorten_cuts_no_word(words: list[str], longest: int) -> None:
    shown = shorten(" ".join(words), longest).removesuffix("…").split(" ")

    assert shown == words[: len(shown)]


@given(st.text(st.characters(), max_size=80))
def test_plain_text_can_stand_in_a_drawing(text: str) -> None:
    kept = plain(text)

    assert ET.fromstring(f"<text>{escape(kept)}</text>").text in (kept, None)  # noqa: S314  # our own
    assert not TURNING & set(kept)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x01b", "ab"),
        ("two\nlines", "two lines"),
        ("a\u202eb", "ab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\ufffe", ""),
    ],
)
def test_plain_leaves_out_only_what_cannot_be_drawn(text: str, kept: str) -> None:
    assert plain(text) == kept
