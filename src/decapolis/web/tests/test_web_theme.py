"""Colours of the theme: whatever stands on something else can be told from it, by day and by night (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[4] / "assets" / "styles" / "tokens.css"
PAIRS = {
    name: (day, night)
    for name, day, night in re.findall(
        r"--([\w-]+):\s*light-dark\((#\w{6}), (#\w{6})\)", TOKENS.read_text(encoding="utf-8")
    )
}
TEXT, MARK = 4.5, 3.0
KINDS = ("accent", "brand1", "success", "danger", "info")
GROUNDS = (
    "neutral-background-default",
    "neutral-background-tinted",
    "neutral-surface-default",
    "neutral-surface-tinted",
)
NEEDED = [
    *(("neutral-text-default", ground, TEXT) for ground in GROUNDS),
    *(("neutral-text-subtle", ground, TEXT) for ground in GROUNDS),
    *((f"{kind}-text-subtle", ground, TEXT) for kind in KINDS for ground in GROUNDS[:3]),
    *((f"{kind}-text-default", f"{kind}-surface-tinted", TEXT) for kind in KINDS),
    *((f"{kind}-border-default", GROUNDS[0], MARK) for kind in (*KINDS, "neutral", "brand2")),
    ("accent-base-contrast-default", "accent-base-default", TEXT),
    ("accent-base-contrast-default", "accent-base-hover", TEXT),
    ("brand1-base-contrast-default", "brand1-base-default", TEXT),
    ("brand1-border-default", "brand1-surface-tinted", MARK),
    ("brand2-text-subtle", GROUNDS[0], TEXT),
    ("accent-base-default", GROUNDS[0], MARK),
    ("focus-outer", GROUNDS[0], MARK),
]


def _light(colour: str) -> float:
    """Relative luminance, as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_light(one), _light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("time", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize(("front", "ground", "least"), NEEDED)
def test_colour_can_be_told_from_its_ground(front: str, ground: str, least: float, time: int) -> None:
    found = _contrast(PAIRS[f"ds-color-{front}"][time], PAIRS[f"ds-color-{ground}"][time])

    assert found >= least
