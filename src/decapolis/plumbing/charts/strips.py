"""Strips: one row of a chart, drawn in per cent of its width, so that it fits any screen and holds no text."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """A value from 0 to 100 with its interval; without `at`, only the range from `low` to `high` is known."""

    at: float | None
    low: float
    high: float


@dataclass(frozen=True)
class Bar:
    """A bar with an interval: places as attributes of SVG. Of a range, `fill` goes as far as is certain."""

    fill: str
    low: str
    high: str
    width: str
    is_range: bool


@dataclass(frozen=True)
class Lane:
    """One voice among others: its mark at `at` (empty where only the range is known) and its interval, at height `y`.

    `is_empty` where nothing at all may be drawn.
    """

    voice: str
    mark: str
    y: str
    at: str
    low: str
    high: str

    @property
    def is_empty(self) -> bool:
        """Whether neither a mark nor a range is known."""
        return not self.low


@dataclass(frozen=True)
class Lanes:
    """Several voices on one scale, each as high as the others, whatever the height of all."""

    lanes: tuple[Lane, ...]


def bar(reading: Reading) -> Bar:
    """Lay out one bar."""
    low, high = _clip(reading.low), _clip(reading.high)
    fill = low if reading.at is None else _clip(reading.at)
    return Bar(percent(fill), percent(low), percent(high), percent(high - low), is_range=reading.at is None)


def lanes(readings: Sequence[tuple[str, Reading | None]]) -> Lanes:
    """Lay out one lane for each voice and its reading; None where nothing may be shown."""
    heights = [100 * (place + 0.5) / len(readings) for place in range(len(readings))]
    return Lanes(tuple(_lane(voice, reading, y) for (voice, reading), y in zip(readings, heights, strict=True)))


def percent(value: float) -> str:
    """Write a share as an attribute: at most one decimal, always with a point."""
    return f"{round(value, 1):g}%"


def _lane(voice: str, reading: Reading | None, height: float) -> Lane:
    shape, y = MARKS.get(voice, MARKS["a"]), percent(height)
    if reading is None:
        return Lane(voice, shape, y, "", "", "")
    at = "" if reading.at is None else percent(_clip(reading.at))
    return Lane(voice, shape, y, at, percent(_clip(reading.low)), percent(_clip(reading.high)))


def _clip(value: float) -> float:
    return min(100.0, max(0.0, value))


MARKS = {
    "a": "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
    "b": "M-5.5-5.5h11v11h-11z",
    "c": "M0-7 7 5.5H-7z",
    "d": "M0-7.5 7.5 0 0 7.5-7.5 0z",
    "e": "M-2.3-7h4.6v4.7H7v4.6H2.3V7h-4.6V2.3H-7v-4.6h4.7z",
}
"""Five marks that differ in shape, so that colour is never needed: circle, square, triangle, diamond, cross."""
