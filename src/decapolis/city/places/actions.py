"""Writes places: a whole file of them, or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import shapely
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from decapolis.city.access.public import ANYONE, Permission, require
from decapolis.city.audit.public import record
from decapolis.city.places import queries
from decapolis.city.places.drawing import sketched
from decapolis.city.places.files import Note, PlaceFault, PlaceFile, PlaceRow
from decapolis.city.places.models import Level, Place, PlaceName
from decapolis.plumbing import clock
from decapolis.plumbing.acting import Actor, action
from decapolis.plumbing.failures import Failure

BATCH = 500
YEARS = range(1800, 2200)
RENEWED = (
    *("geometry", "sketch", "west", "south", "east", "north", "longitude", "latitude", "credit", "imported_on"),
    *("population", "population_year", "population_source"),
)


@dataclass(frozen=True)
class PlacesFacts:
    """What a file of places does not say: their level, what they lie in, and where the figures come from."""

    level: Level
    parent: int | None = None
    population_year: int | None = None
    population_source: str = ""
    credit: str = ""


@dataclass(frozen=True)
class ImportReport:
    """How many places are new, were there before and got new outlines, or are gone; and what was mended."""

    new: int
    renewed: int
    removed: int
    notes: tuple[Note, ...]


class NotStored(Failure):
    """Places that cannot be stored as asked; what was there is as it was."""


@action
def import_places(*, file: PlaceFile, facts: PlacesFacts, by: Actor, replace: bool = False) -> ImportReport:
    """Store all places of a file at one level, inside one place.

    With `replace`, those of the same name keep their number, and others at this level inside the same place go.
    """
    report, before = _checked(file, facts, by, replace=replace)
    rows = {row.name.casefold(): row for row in file.places}
    above = queries.place(ANYONE, facts.parent).level if facts.parent else None
    _remove(place for name, place in before.items() if name not in rows)
    stored = {name: before.get(name) or _empty(facts, above) for name in rows}
    sketches = sketched([rows[name].geometry for name in stored])
    for (name, place), sketch in zip(stored.items(), sketches, strict=True):
        place.sketch = shapely.to_wkb(sketch)
        _fill(place, rows[name], facts)
    Place.objects.bulk_update([place for name, place in stored.items() if name in before], RENEWED, BATCH)
    Place.objects.bulk_create([place for name, place in stored.items() if name not in before], BATCH)
    _name(stored, rows, is_again=bool(before))
    record(
        by=by,
        act="places.import_places",
        subject=f"places.place:{facts.parent or min(place.pk for place in stored.values())}",
    )
    return report


def check_import(*, file: PlaceFile, facts: PlacesFacts, by: Actor, replace: bool = False) -> ImportReport:
    """Say what an import would do; nothing is written."""
    return _checked(file, facts, by, replace=replace)[0]


def _checked(
    file: PlaceFile, facts: PlacesFacts, by: Actor, *, replace: bool
) -> tuple[ImportReport, Mapping[str, Place]]:
    require(by, Permission.IMPORT_PLACES)
    _check_facts(file, facts)
    _check_inside(file, facts)
    before = {_own_name(place): place for place in queries.siblings(ANYONE, facts.level, facts.parent)}
    names = {row.name.casefold() for row in file.places}
    again = names & before.keys()
    if again and not replace:
        raise NotStored(
            _("There is a %(level)s “%(name)s” already. Replace it (--replace) if this file is to take its place.")
            % {"level": facts.level.label, "name": min(again)}
        )
    removed = len(before.keys() - names) if replace else 0
    kept = before if replace else {}
    return ImportReport(len(names) - len(again), len(again), removed, file.notes), kept


def _check_facts(file: PlaceFile, facts: PlacesFacts) -> None:
    counted = any(row.population is not None for row in file.places)
    if counted and not (facts.population_year in YEARS and facts.population_source.strip()):
        raise NotStored(_("A population needs a year and a source (--population-year, --population-source)."))


def _check_inside(file: PlaceFile, facts: PlacesFacts) -> None:
    """Refuse places that cannot lie in their parent: a smaller parent, or an outline that is somewhere else."""
    if facts.parent is None:
        return
    parent = queries.place(ANYONE, facts.parent)
    if parent.level >= facts.level:
        said = {"name": parent.name, "larger": parent.level.label, "smaller": facts.level.label}
        raise NotStored(_("“%(name)s” is a %(larger)s: no %(smaller)s lies in it.") % said)
    around = shapely.box(*queries.box(ANYONE, parent.number))
    for row in file.places:
        if not shapely.box(*row.geometry.bounds).intersects(around):
            what = _("“%(name)s” lies outside of “%(parent)s”.") % {"name": row.name, "parent": parent.name}
            remedy = _("Choose another place it lies in (--parent), or put longitudes before latitudes.")
            raise PlaceFault(file.path, row.feature, what, remedy)


def _own_name(place: Place) -> str:
    return min(place.names.all(), key=lambda each: each.pk).name.casefold()


def _empty(facts: PlacesFacts, above: Level | None) -> Place:
    return Place(level=facts.level, parent_id=facts.parent, parent_level=above)


def _fill(place: Place, row: PlaceRow, facts: PlacesFacts) -> None:
    """Give a place what a row and the import say of it."""
    inside = row.geometry.representative_point()
    place.geometry = shapely.to_wkb(row.geometry)
    place.west, place.south, place.east, place.north = row.geometry.bounds
    place.longitude, place.latitude = inside.x, inside.y
    place.population = row.population
    place.population_year = None if row.population is None else facts.population_year
    place.population_source = "" if row.population is None else facts.population_source.strip()
    place.credit, place.imported_on = facts.credit.strip(), clock.today()


def _name(stored: Mapping[str, Place], rows: Mapping[str, PlaceRow], *, is_again: bool) -> None:
    """Write what places are called; names that they had before go."""
    if is_again:
        PlaceName.objects.filter(place__in=stored.values()).delete()
    names = (
        PlaceName(place=stored[key], language=language, name=name)
        for key, row in rows.items()
        for language, name in row.names.items()
    )
    PlaceName.objects.bulk_create(names, BATCH)


def _remove(places: Iterable[Place]) -> None:
    for place in places:
        try:
            place.delete()
        except ProtectedError:
            raise NotStored(
                _(
                    "“%(name)s” is not in the file, but something refers to it. "
                    "Keep it in the file, or move what lies in it first."
                )
                % {"name": _own_name(place)}
            ) from None
