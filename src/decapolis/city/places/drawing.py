"""A map as numbers for SVG: outlines on a plane, simplified to what can be seen, each with its number in the list.

No colour says anything: a place is a line and a number, whatever is known of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from decapolis.city.places.files.geometry import rings

WIDTH, HIGHEST, MARGIN = 640.0, 640.0, 12.0
FINENESS = 0.4
"""What is smaller than this part of a unit is not drawn."""
MOST_CORNERS = 8_000
"""More of them would make the page heavy: where there are more, all outlines are drawn less finely."""
SKETCHED, FEWEST = 200, 4_000
"""Corners that are kept for display: so many a place on average, and at least so many together."""
DOT = "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"


@dataclass(frozen=True)
class Shape:
    """One place: its path, its number, and where the number stands, as attributes of SVG."""

    number: int
    name: str
    path: str
    x: str
    y: str


@dataclass(frozen=True)
class Map:
    """All places on one plane."""

    shapes: tuple[Shape, ...]
    view_box: str


def drawn(places: Sequence[tuple[str, BaseGeometry]]) -> Map:
    """Lay out places by name, north at the top, at one scale in both directions."""
    if not places:
        return Map((), "0 0 1 1")
    together = _on_one_side([geometry for _, geometry in places])
    shrink = np.array([_shrink(together), 1.0])
    flat = [shapely.transform(each, lambda points: points * shrink) for each in together]
    west, south, east, north = shapely.total_bounds(flat)
    scale = min((WIDTH - 2 * MARGIN) / max(east - west, 1e-9), (HIGHEST - 2 * MARGIN) / max(north - south, 1e-9))

    def place(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack([(points[:, 0] - west) * scale + MARGIN, (north - points[:, 1]) * scale + MARGIN])

    placed = _simplified([shapely.transform(geometry, place) for geometry in flat], FINENESS, MOST_CORNERS)
    names = [name for name, _ in places]
    shapes = tuple(_shape(number, *each) for number, each in enumerate(zip(names, placed, strict=True), 1))
    return Map(shapes, f"0 0 {_text((east - west) * scale + 2 * MARGIN)} {_text((north - south) * scale + 2 * MARGIN)}")


def sketched(outlines: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Simplify outlines to what can be seen where all of them are drawn, so that no page has to work on each corner."""
    together = _on_one_side(list(outlines))
    west, south, east, north = shapely.total_bounds(together)
    extent = max((east - west) * _shrink(together), north - south)
    return _simplified(outlines, extent * FINENESS / WIDTH, max(FEWEST, SKETCHED * len(outlines)))


def _simplified(outlines: Sequence[BaseGeometry], fineness: float, most: int) -> list[BaseGeometry]:
    """Leave out what is smaller than `fineness`, and more where more than `most` corners are left."""
    found = np.asarray(shapely.simplify(np.array(outlines, dtype=object), fineness))
    while shapely.get_num_coordinates(found).sum() > most + 5 * len(found) and fineness < _coarsest(found):
        fineness *= 2
        found = np.asarray(shapely.simplify(found, fineness))
    return list(found)


def _coarsest(outlines: NDArray[np.object_]) -> float:
    """From where on nothing more can be left out: the largest of them is a triangle or a box."""
    west, south, east, north = shapely.total_bounds(outlines)
    return float(max(east - west, north - south))


def _on_one_side(geometries: list[BaseGeometry]) -> list[BaseGeometry]:
    """Bring a city that lies on both sides of the 180th meridian together."""
    west, _, east, _ = shapely.total_bounds(geometries)
    return [shapely.transform(each, _eastward) for each in geometries] if east - west > 180 else geometries


def _eastward(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return points + np.where(points[:, :1] < 0, [360.0, 0.0], [0.0, 0.0])


def _shrink(geometries: Sequence[BaseGeometry]) -> float:
    """How much shorter a degree of longitude is here than one of latitude: right enough within a city."""
    _, south, _, north = shapely.total_bounds(geometries)
    return max(cos(radians((south + north) / 2)), 1e-3)


def _shape(number: int, name: str, geometry: BaseGeometry) -> Shape:
    inside = geometry.representative_point()
    path = "".join(map(_closed, rings(geometry))) or f"M{_text(inside.x)} {_text(inside.y)}{DOT}"
    return Shape(number, name, path, _text(inside.x), _text(inside.y))


def _closed(ring: NDArray[np.float64]) -> str:
    return f"M{'L'.join(f'{_text(x)} {_text(y)}' for x, y in ring[:-1])}Z"


def _text(value: float) -> str:
    """Write a coordinate: one decimal, always with a point."""
    return f"{round(float(value), 1):g}"
