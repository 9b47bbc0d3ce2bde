"""Reads places: public geography, which everybody may see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import shapely
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower
from django.http import Http404
from django.utils.translation import get_language
from shapely.geometry.base import BaseGeometry

from decapolis.city.access.public import Viewer
from decapolis.city.places.files import Point
from decapolis.city.places.models import Level, Place, PlaceName

A_PAGE = 100
"""Places that are listed and drawn at once."""
OUTLINES = ("geometry", "sketch")


class Box(NamedTuple):
    """What a place lies within, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class PlaceFacts:
    """A place as it is shown, with its name in the reader's language or, where there is none, in its own."""

    number: int
    level: Level
    name: str
    parent: int | None
    point: Point
    population: int | None
    population_year: int | None
    population_source: str
    credit: str


@dataclass(frozen=True)
class Branch:
    """A place and all that lies in it."""

    place: PlaceFacts
    parts: "tuple[Branch, ...]"


@dataclass(frozen=True)
class Outlined:
    """A place with its outline as it is drawn, what it lies in, and whether others lie in it."""

    place: PlaceFacts
    outline: BaseGeometry
    above: PlaceFacts | None
    has_parts: bool


def places(viewer: Viewer, level: Level) -> tuple[PlaceFacts, ...]:
    """Places of a level, by name."""
    return _facts(_visible(viewer).filter(level=level).defer(*OUTLINES))


def place(viewer: Viewer, number: int) -> PlaceFacts:
    """One place."""
    found = _facts(_visible(viewer).filter(pk=number).defer(*OUTLINES))
    if not found:
        raise Http404
    return found[0]


def places_named(viewer: Viewer, name: str) -> tuple[PlaceFacts, ...]:
    """Places that are called `name` in any language."""
    numbers = _visible(viewer).filter(names__name__iexact=name.strip()).values("pk")
    return _facts(_visible(viewer).filter(pk__in=numbers).defer(*OUTLINES))


def are_there_places(viewer: Viewer) -> bool:
    """Whether any place was loaded."""
    return _visible(viewer).exists()


def levels(viewer: Viewer, within: int | None = None) -> tuple[Level, ...]:
    """Levels of which there are places, in the whole city or right within one of them, the largest first."""
    found = _within(viewer, within).order_by("level")
    return tuple(map(Level, found.values_list("level", flat=True).distinct()))


def outlines(viewer: Viewer, level: Level, within: int | None = None, page: str | None = None) -> Page[Any]:
    """A page of the places of a level with their outlines (each `Outlined`), by name in the reader's language."""
    found = _named(_within(viewer, within).filter(level=level))
    found = found.annotate(has_parts=Exists(Place.objects.filter(parent=OuterRef("pk"))))
    above = Prefetch("parent", Place.objects.defer(*OUTLINES).prefetch_related("names"))
    shown: Page[Any] = Paginator(found.defer("geometry").prefetch_related("names", above), A_PAGE).get_page(page)
    shown.object_list = [_outlined(row) for row in shown]
    return shown


def place_at(viewer: Viewer, point: Point) -> PlaceFacts | None:
    """The smallest place that holds a point; on a border, one of the two, and always the same.

    Boxes are compared first, by the database; only of the few that are left is the outline looked at.
    """
    x, y = point
    boxes = Q(west__lte=x, east__gte=x, south__lte=y, north__gte=y)
    for row in _visible(viewer).filter(boxes).order_by("-level", "pk"):
        if shapely.intersects_xy(_geometry(row), x, y):
            return place(viewer, row.pk)
    return None


def tree(viewer: Viewer) -> tuple[Branch, ...]:
    """All places, each below the one that it lies in."""
    below: dict[int | None, list[PlaceFacts]] = {}
    for facts in _facts(_visible(viewer).defer("geometry")):
        below.setdefault(facts.parent, []).append(facts)

    def branches(parent: int | None) -> Iterator[Branch]:
        for facts in below.get(parent, ()):
            yield Branch(facts, tuple(branches(facts.number)))

    return tuple(branches(None))


def siblings(viewer: Viewer, level: Level, parent: int | None) -> QuerySet[Place]:
    """Places of a level that lie in the same one, with their names."""
    return _visible(viewer).filter(level=level, parent=parent).prefetch_related("names")


def box(viewer: Viewer, number: int) -> Box:
    """What a place lies within."""
    found = _visible(viewer).filter(pk=number).values_list("west", "south", "east", "north").first()
    if found is None:
        raise Http404
    return Box(*found)


def _visible(_viewer: Viewer) -> QuerySet[Place]:
    """Everything: where the districts of a city lie is known to all."""
    return Place.objects.all()


def _within(viewer: Viewer, number: int | None) -> QuerySet[Place]:
    return _visible(viewer) if number is None else _visible(viewer).filter(parent=number)


def _named(found: QuerySet[Place]) -> QuerySet[Place]:
    """Places by name, in the reader's language where they have one in it."""
    own = PlaceName.objects.filter(place=OuterRef("pk")).order_by("pk").values("name")[:1]
    here = PlaceName.objects.filter(place=OuterRef("pk"), language=get_language() or "").values("name")
    return found.order_by(Lower(Coalesce(Subquery(here), Subquery(own))), "pk")


def _outlined(row: Any) -> Outlined:  # noqa: ANN401  # a place, with what its query adds
    above = _shown(row.parent) if row.parent else None
    return Outlined(_shown(row), shapely.from_wkb(bytes(row.sketch)), above, row.has_parts)


def _geometry(row: Place) -> BaseGeometry:
    return shapely.from_wkb(bytes(row.geometry))


def _facts(rows: "QuerySet[Place] | Iterable[Place]") -> tuple[PlaceFacts, ...]:
    """Facts of places, by level and name."""
    found = list(rows.prefetch_related("names") if isinstance(rows, QuerySet) else rows)
    return tuple(sorted(map(_shown, found), key=lambda facts: (facts.level, facts.name.casefold(), facts.number)))


def _shown(row: Place) -> PlaceFacts:
    names = {each.language: each.name for each in sorted(row.names.all(), key=lambda each: each.pk)}
    own = next(iter(names.values()), "")
    return PlaceFacts(
        row.pk,
        Level(row.level),
        names.get(get_language() or "", own),
        row.parent_id,
        Point(row.longitude, row.latitude),
        row.population,
        row.population_year,
        row.population_source,
        row.credit,
    )
