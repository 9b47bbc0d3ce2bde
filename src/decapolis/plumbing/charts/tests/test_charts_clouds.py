"""Clouds of marks: the plane, outlines, and labels that mislead nobody."""

import re
from math import cos, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decapolis.plumbing.charts.clouds import MARKS, Cloud, Plane, Point, closed_path, is_inside, plane

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
points = st.tuples(st.floats(0, 1), st.floats(0, 1))


def ring(x: float, y: float, size: float, corners: int = 24) -> tuple[Point, ...]:
    turns = (2 * pi * step / corners for step in range(corners))
    return tuple((x + size * cos(turn), y + size * sin(turn)) for turn in turns)


def cloud(voice: str, x: float, y: float, size: float = 0.1) -> Cloud:
    return Cloud(voice, f"Group {voice.upper()}", ring(x, y, size / 2), ring(x, y, size), ring(x, y, size * 1.3))


def ends(path: str) -> list[Point]:
    """Points to which a path of curves leads."""
    numbers = [float(number) for number in NUMBER.findall(path)]
    return list(zip(numbers[0::2], numbers[1::2], strict=True))


def label_places(drawn: Plane) -> dict[str, Point]:
    return {each.voice: (float(each.label.x), float(each.label.y)) for each in drawn.clouds}


def test_plane_keeps_the_scale_in_both_directions() -> None:
    (drawn,) = plane([Cloud("a", "A", (), ring(0.5, 0.5, 0.4))]).clouds

    across, down = zip(*ends(drawn.outline), strict=True)
    assert max(across) - min(across) == pytest.approx(max(down) - min(down), abs=0.2)


@given(st.lists(points, min_size=1, max_size=30))
def test_plane_holds_every_mark(marks: list[Point]) -> None:
    drawn = plane([Cloud("a", "Group A", tuple(marks))])

    placed = re.findall(r"M(\S+) (\S+?)m", drawn.clouds[0].marks)
    assert len(placed) == len(marks)
    assert all(0 <= float(x) <= float(drawn.width) and 0 <= float(y) <= float(drawn.height) for x, y in placed)


def test_plane_without_marks_is_empty_and_stands() -> None:
    drawn = plane([])

    assert drawn.clouds == ()
    assert drawn.view_box == f"0 0 {drawn.width} {drawn.height}"


@given(st.lists(points, min_size=3, max_size=20))
def test_closed_path_passes_through_every_point(outline: list[Point]) -> None:
    path = closed_path(outline)

    reached = ends(path)[::3]
    assert path.startswith("M")
    assert path.endswith("Z")
    assert len(reached) == len(outline) + 1
    assert all(found == pytest.approx(point, abs=0.051) for found, point in zip(reached, outline, strict=False))


def test_closed_path_of_two_points_encloses_nothing() -> None:
    assert closed_path([(0, 0), (1, 1)]) == ""


def test_is_inside_tells_inside_from_outside() -> None:
    square = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]

    assert is_inside((1, 1), square)
    assert not is_inside((3, 1), square)
    assert not is_inside((1, -1), square)


def test_labels_lie_on_no_other_label() -> None:
    drawn = plane([cloud(voice, 0.15 + 0.17 * place, 0.5) for place, voice in enumerate("abcde")])

    places = list(label_places(drawn).values())
    apart = [
        abs(x - other_x) > 50 or abs(y - other_y) > 20
        for here, (x, y) in enumerate(places)
        for other_x, other_y in places[here + 1 :]
    ]
    assert all(apart)


def test_label_lies_outside_of_other_outlines() -> None:
    small, large = cloud("a", 0.2, 0.5, 0.08), cloud("b", 0.62, 0.5, 0.33)

    drawn = plane([small, large])

    outlines = {each.voice: ends(each.outline)[::3] for each in drawn.clouds}
    assert not is_inside(label_places(drawn)["a"], outlines["b"])
    assert not is_inside(label_places(drawn)["b"], outlines["a"])


@given(st.lists(points, min_size=1, max_size=4))
def test_labels_lie_inside_the_plane(middles: list[Point]) -> None:
    drawn = plane([cloud(voice, *middle) for voice, middle in zip("abcd", middles, strict=False)])

    width, height = float(drawn.width), float(drawn.height)
    assert all(0 < x < width - 40 and 0 < y < height for x, y in label_places(drawn).values())


def test_same_clouds_make_the_same_plane() -> None:
    clouds = [cloud("a", 0.3, 0.3), cloud("b", 0.7, 0.6)]

    assert plane(clouds) == plane(list(clouds))


def test_marks_differ_in_shape() -> None:
    assert len(set(MARKS.values())) == len(MARKS) == 6
