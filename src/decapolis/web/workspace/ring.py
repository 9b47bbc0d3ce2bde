"""The ring of ten steps as a drawing: four parts, clockwise from the upper left; from right to left it is mirrored."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin, sqrt

from decapolis.plumbing.declaring import State
from decapolis.steps import Part

INNER, OUTER, CORNER, NUMBERS = 112.0, 164.0, 7.0, 138.0
STEP, BETWEEN_STEPS, BETWEEN_PARTS, FIRST_EDGE = 31.2, 2.0, 9.0, -65.4
STANDS_OUT = 7.0


@dataclass(frozen=True)
class Segment:
    """One step on the ring: its outline, where its number stands, how far it is moved out."""

    number: int
    state: State
    path: str
    x: float
    y: float
    move: str


def segments(steps: Sequence[tuple[int, Part, State]], *, mirrored: bool) -> list[Segment]:
    """Draw the steps, in their order, as number, part and state."""
    drawn, edge, before = [], FIRST_EDGE, steps[0][1]
    for number, part, state in steps:
        edge += (BETWEEN_PARTS - BETWEEN_STEPS) * (part != before)
        drawn.append(_segment(number, state, edge, mirrored=mirrored))
        edge, before = edge + STEP + BETWEEN_STEPS, part
    return drawn


def _segment(number: int, state: State, edge: float, *, mirrored: bool) -> Segment:
    middle = edge + STEP / 2
    x, y = _point(NUMBERS, middle, mirrored=mirrored)
    out_x, out_y = _point(STANDS_OUT, middle, mirrored=mirrored)
    move = f"translate({out_x} {out_y})" if state == "needs" else ""
    return Segment(number, state, _outline(edge, edge + STEP, mirrored=mirrored), x, y, move)


def _outline(first: float, last: float, *, mirrored: bool) -> str:
    """Write the outline of a piece of the ring between two angles, its four corners rounded."""
    over, under = OUTER - CORNER, INNER + CORNER
    turn_over, turn_under = degrees(asin(CORNER / over)), degrees(asin(CORNER / under))
    side_over, side_under = sqrt(over**2 - CORNER**2), sqrt(under**2 - CORNER**2)
    corners = (
        (OUTER, first + turn_over), (OUTER, last - turn_over), (side_over, last), (side_under, last),
        (INNER, last - turn_under), (INNER, first + turn_under), (side_under, first), (side_over, first),
    )  # fmt: skip
    a, b, c, d, e, f, g, h = ("{} {}".format(*_point(*corner, mirrored=mirrored)) for corner in corners)
    on, back = (0, 1) if mirrored else (1, 0)
    small = f"A{CORNER:g} {CORNER:g} 0 0 {on}"
    return (
        f"M{a}A{OUTER:g} {OUTER:g} 0 0 {on} {b}{small} {c}L{d}{small} {e}"
        f"A{INNER:g} {INNER:g} 0 0 {back} {f}{small} {g}L{h}{small} {a}Z"
    )


def _point(radius: float, angle: float, *, mirrored: bool) -> tuple[float, float]:
    """Find the point at a distance from the centre, at an angle in degrees from the top."""
    across = radius * sin(radians(angle))
    return round(-across if mirrored else across, 1), round(-radius * cos(radians(angle)), 1)
