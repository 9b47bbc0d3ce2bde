"""The outline of one feature: checked, mended, flat; or the reason why it is none."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

KINDS = ("Polygon", "MultiPolygon", "Point")
MOST_POINTS = 500_000


class Point(NamedTuple):
    """A place on earth in degrees; longitude first, as in GeoJSON."""

    longitude: float
    latitude: float


@dataclass(frozen=True)
class Outline:
    """A valid geometry, and what had to be done to it."""

    geometry: BaseGeometry
    mended: tuple[str, ...] = ()


class NoOutline(ValueError):  # noqa: N818  # it says what the geometry is not, as a plain word
    """What is wrong with a geometry, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} {remedy}")
        self.what = what
        self.remedy = remedy


def outline_of(given: object) -> Outline:
    """Make an outline of the "geometry" of a feature.

    Raises
    ------
    NoOutline
        It is missing, empty, of another kind, not in degrees, broken, or runs over the 180th meridian.
    """
    found = _made(given)
    _check_numbers(found)
    mended = _mended(found)
    _check_seam(mended.geometry)
    return mended


def _made(given: object) -> BaseGeometry:
    kind = given.get("type") if isinstance(given, dict) else None
    if not isinstance(given, dict) or kind not in KINDS:
        what = _("Its geometry is a %(kind)s.") % {"kind": str(kind)[:40]} if kind else _("It has no geometry.")
        raise NoOutline(what, _("Give it a polygon, a multipolygon or a point, or leave it out."))
    try:
        found = shape(given)
    except (ValueError, TypeError, IndexError, KeyError, AttributeError, ShapelyError):
        what = _("Its coordinates are not those of a geometry.")
        raise NoOutline(what, _("Draw it again, or export it again.")) from None
    if found.is_empty:
        raise NoOutline(_("Its geometry is empty."), _("Draw it, or leave it out."))
    return found


def _check_numbers(found: BaseGeometry) -> None:
    points = shapely.get_coordinates(found)
    if len(points) > MOST_POINTS:
        what = _("It has %(number)s points.") % {"number": f"{len(points):,}"}
        raise NoOutline(what, _("Simplify it: two metres are fine enough for a city."))
    if not np.isfinite(points).all():
        raise NoOutline(_("A coordinate is not a number."), _("Draw it again, or export it again."))
    if (np.abs(points) > (180, 90)).any():
        x, y = points[(np.abs(points) > (180, 90)).any(axis=1)][0]
        what = _("%(point)s is not a longitude and a latitude.") % {"point": f"{x:g}, {y:g}"}
        raise NoOutline(what, _("Transform it to EPSG:4326, with the longitude first."))


def _mended(found: BaseGeometry) -> Outline:
    notes = []
    if found.has_z:
        found = shapely.force_2d(found)
        notes.append(_("heights were left out"))
    if not found.is_valid:
        parts = shapely.get_parts(shapely.make_valid(found, method="structure", keep_collapsed=False))
        found = shapely.union_all(parts)  # mended parts may share an edge, which is no valid multipolygon
        notes.append(_("the outline crossed or touched itself and was mended"))
    if not found.is_valid or found.geom_type not in KINDS or (found.geom_type != "Point" and not found.area):
        raise NoOutline(_("Its outline encloses nothing."), _("Draw it again, or leave it out."))
    return Outline(shapely.normalize(found), tuple(notes))


def _check_seam(found: BaseGeometry) -> None:
    """Refuse a ring that jumps from one end of the world to the other: it was not cut at the 180th meridian."""
    for ring in rings(found):
        if (np.abs(np.diff(ring[:, 0])) > 180).any():
            what = _("Its outline runs over the 180th meridian.")
            raise NoOutline(what, _("Cut it there in two, for example: ogr2ogr -wrapdateline new old."))


def rings(found: BaseGeometry) -> Iterator[np.ndarray[Any, np.dtype[np.float64]]]:
    """Coordinates of every ring, holes included; none of a point."""
    for part in shapely.get_parts(found):
        if part.geom_type == "Polygon":
            yield from (shapely.get_coordinates(ring) for ring in shapely.get_rings(part))
