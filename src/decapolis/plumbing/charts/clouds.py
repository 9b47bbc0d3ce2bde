"""Clouds: marks of several voices on a plane, with their outlines and labels that cover as little as possible."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from math import cos, pi, sin

from decapolis.plumbing.charts.lines import width

Point = tuple[float, float]

WIDTH, LEAST_HEIGHT, MARGIN = 420.0, 200.0, 34.0
TEXT_SIZE = 16.0
"""Room for labels: theirs is the size on a phone, where the whole plane is smaller."""
SIDE = 12.0
"""Empty border at the left and the right."""
DIRECTIONS, REACHES = 16, (14.0, 40.0)


@dataclass(frozen=True)
class Cloud:
    """Marks of one voice, in any unit (y grows downwards), with its outline and how far that moved (may be empty)."""

    voice: str
    label: str
    marks: tuple[Point, ...]
    outline: tuple[Point, ...] = ()
    sway: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Label:
    """A mark and a text beside it: the place of the mark, and where the text begins."""

    text: str
    mark: str
    x: str
    y: str


@dataclass(frozen=True)
class DrawnCloud:
    """Paths of one voice as attributes of SVG."""

    voice: str
    marks: str
    outline: str
    sway: str
    label: Label


@dataclass(frozen=True)
class Plane:
    """All clouds on one plane, `width` by `height`."""

    clouds: tuple[DrawnCloud, ...]
    width: str
    height: str

    @property
    def view_box(self) -> str:
        """What is seen."""
        return f"0 0 {self.width} {self.height}"


@dataclass(frozen=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, point: Point) -> bool:
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def meets(self, other: "_Box") -> bool:
        apart = self.right < other.left or other.right < self.left or self.bottom < other.top or other.bottom < self.top
        return not apart


def plane(clouds: Sequence[Cloud]) -> Plane:
    """Lay out clouds on a plane of fixed width, at the same scale in both directions."""
    points = list(chain.from_iterable((*each.marks, *each.outline, *each.sway) for each in clouds))
    box = _around(points or [(0.0, 0.0), (1.0, 1.0)])
    scale = min((WIDTH - 2 * SIDE) / max(box.right - box.left, 1e-9), 300.0 / max(box.bottom - box.top, 1e-9))
    height = max(LEAST_HEIGHT, (box.bottom - box.top) * scale + 2 * MARGIN)
    middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)

    def place(point: Point) -> Point:
        return WIDTH / 2 + (point[0] - middle[0]) * scale, height / 2 + (point[1] - middle[1]) * scale

    placed = [_moved(each, place) for each in clouds]
    labels = _labels(placed, height)
    drawn = tuple(_drawn(cloud, label) for cloud, label in zip(placed, labels, strict=True))
    return Plane(drawn, number(WIDTH), number(height))


def number(value: float) -> str:
    """Write a coordinate: at most one decimal, always with a point."""
    return f"{round(value, 1):g}"


def closed_path(points: Sequence[Point]) -> str:
    """Draw a smooth closed line through points (Catmull-Rom); empty where they enclose nothing."""
    if len(points) < 3:
        return ""
    ring = [points[-1], *points, points[0], points[1]]
    curves = map(_curve, ring, ring[1:], ring[2:], ring[3:])
    return f"M{_pair(points[0])}{''.join(curves)}Z"


def _curve(before: Point, here: Point, then: Point, after: Point) -> str:
    first = here[0] + (then[0] - before[0]) / 6, here[1] + (then[1] - before[1]) / 6
    second = then[0] - (after[0] - here[0]) / 6, then[1] - (after[1] - here[1]) / 6
    return f"C{_pair(first)} {_pair(second)} {_pair(then)}"


def _pair(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _around(points: Iterable[Point]) -> _Box:
    across, down = zip(*points, strict=True)
    return _Box(min(across), min(down), max(across), max(down))


def _moved(cloud: Cloud, place: Callable[[Point], Point]) -> Cloud:
    marks, outline, sway = (tuple(map(place, each)) for each in (cloud.marks, cloud.outline, cloud.sway))
    return Cloud(cloud.voice, cloud.label, marks, outline, sway)


def _drawn(cloud: Cloud, box: _Box) -> DrawnCloud:
    shape = MARKS.get(cloud.voice, MARKS["u"])
    label_at = box.left + TEXT_SIZE / 2, (box.top + box.bottom) / 2
    return DrawnCloud(
        voice=cloud.voice,
        marks="".join(f"M{_pair(mark)}{shape}" for mark in cloud.marks),
        outline=closed_path(cloud.outline),
        sway=closed_path(cloud.sway),
        label=Label(
            cloud.label,
            f"M{_pair(label_at)}{shape}",
            number(label_at[0] + TEXT_SIZE * 0.7),
            number(label_at[1] + TEXT_SIZE * 0.3),
        ),
    )


def _labels(clouds: Sequence[Cloud], height: float) -> list[_Box]:
    """Find a place for each label where it covers the fewest marks and lines, and no other label."""
    taken: list[_Box] = []
    covered = list(chain.from_iterable((*each.marks, *each.outline, *each.sway) for each in clouds))
    for cloud in clouds:
        others = [each.outline for each in clouds if each is not cloud and each.outline]
        places = _candidates(cloud, height)
        taken.append(min(places, key=partial(_cost, covered=covered, taken=taken, others=others)))
    return taken


def _cost(box: _Box, covered: Sequence[Point], taken: Sequence[_Box], others: Sequence[Sequence[Point]]) -> int:
    """Weigh what a label would cover: marks, other labels, and above all the inside of another cloud."""
    corners = [(x, y) for x in (box.left, (box.left + box.right) / 2, box.right) for y in (box.top, box.bottom)]
    misleading = sum(is_inside(corner, outline) for outline in others for corner in corners)
    return sum(map(box.holds, covered)) + 1000 * sum(map(box.meets, taken)) + 50 * misleading


def is_inside(point: Point, outline: Sequence[Point]) -> bool:
    """Tell whether a point lies inside a closed line: a ray from it crosses the line an odd number of times."""
    across, down = point
    crossings = 0
    for (x, y), (next_x, next_y) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (y > down) != (next_y > down):
            crossings += across < x + (down - y) / (next_y - y) * (next_x - x)
    return crossings % 2 == 1


def _candidates(cloud: Cloud, height: float) -> list[_Box]:
    """Places around a cloud, nearest first, kept inside the picture."""
    edge = cloud.sway or cloud.outline or cloud.marks or ((WIDTH / 2, height / 2),)
    around = _around(edge)
    wide, high = TEXT_SIZE * (2 + width(cloud.label)), TEXT_SIZE * 1.75
    middle = (around.left + around.right) / 2, (around.top + around.bottom) / 2
    half = (around.right - around.left + wide) / 2, (around.bottom - around.top + high) / 2
    return [
        _inside(
            middle[0] + (half[0] + reach) * cos(turn), middle[1] + (half[1] + reach) * sin(turn), (wide, high), height
        )
        for reach in REACHES
        for turn in (2 * pi * step / DIRECTIONS for step in range(DIRECTIONS))
    ]


def _inside(x: float, y: float, size: tuple[float, float], height: float) -> _Box:
    left = min(max(x - size[0] / 2, 2.0), WIDTH - size[0] - 4)
    top = min(max(y - size[1] / 2, 2.0), height - size[1] - 2)
    return _Box(left, top, left + size[0], top + size[1])


MARKS = {
    "a": "m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z",
    "b": "m-3-3h6v6h-6z",
    "c": "m0-4.5 4.5 7.8h-9z",
    "d": "m0-4.6 4.6 4.6-4.6 4.6-4.6-4.6z",
    "e": "m-1.4-4.2h2.8v2.8h2.8v2.8h-2.8v2.8h-2.8v-2.8h-2.8v-2.8h2.8z",
    "u": "m-2.8 0a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0z",
}
"""Marks as steps from a place: five that differ in shape, and "u" for none of them, which is drawn hollow."""
