"""A file of places: each feature with its names, its population and its outline, and what was mended or left out."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from decapolis.city.places.files.faults import PlaceFault
from decapolis.city.places.files.geojson import features
from decapolis.city.places.files.geometry import NoOutline, outline_of

MOST_PLACES = 50_000
LONGEST_NAME = 200
MOST_PEOPLE = 2**31 - 1


@dataclass(frozen=True)
class Fields:
    """Which properties of a feature hold what: `names` by language, the first of which must be there.

    With `whole`, all features together are one place of that name. `join` makes one place of features with the same
    name; `skip_unnamed` leaves out those that have none.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    population: str = ""
    whole: str = ""
    join: bool = False
    skip_unnamed: bool = False


@dataclass(frozen=True)
class PlaceRow:
    """One place as read. `names` are by language, its own first."""

    feature: int
    names: Mapping[str, str]
    geometry: BaseGeometry
    population: int | None = None

    @property
    def name(self) -> str:
        """Name in the language of the file."""
        return next(iter(self.names.values()))


@dataclass(frozen=True)
class Note:
    """What was mended, joined or left out: one line of the report."""

    feature: int
    name: str
    what: str


@dataclass(frozen=True)
class PlaceFile:
    """Everything that was read from a file."""

    path: Path
    places: tuple[PlaceRow, ...]
    notes: tuple[Note, ...]


def read_places(path: Path, fields: Fields, language: str = "en", content: bytes | None = None) -> PlaceFile:
    """Read and check all of a file, or of `content` that was handed in under its name.

    Raises
    ------
    PlaceFault
        The file is no GeoJSON in longitudes and latitudes, or a feature has no name, no outline, a name that another
        one has, or a population that is no number.
    """
    rows: list[PlaceRow] = []
    notes: list[Note] = []
    for number, found in features(path, content):
        if len(rows) >= MOST_PLACES:
            what = _("These are more than %(number)s places.") % {"number": f"{MOST_PLACES:,}"}
            raise PlaceFault(path, number, what, _("Split the file."))
        try:
            names = _names(found, fields, language)
            if not names:
                notes.append(Note(number, "", _("left out: it has no name")))
                continue
            rows.append(_row(number, names, found, fields, notes))
        except NoOutline as fault:
            raise PlaceFault(path, number, fault.what, fault.remedy) from None
    return PlaceFile(path, tuple(_each_once(path, rows, fields, notes)), tuple(notes))


def _row(number: int, names: dict[str, str], content: dict[str, object], fields: Fields, notes: list[Note]) -> PlaceRow:
    outline = outline_of(content.get("geometry"))
    name = next(iter(names.values()))
    notes += [Note(number, name, what) for what in outline.mended]
    return PlaceRow(number, names, outline.geometry, _population(content, fields))


def _names(content: dict[str, object], fields: Fields, language: str) -> dict[str, str]:
    """Names of a feature by language; empty where it has none and such are left out."""
    if fields.whole:
        return {language: fields.whole}
    given = _properties(content)
    names = {each: _text(given.get(key)) for each, key in fields.names.items()}
    own, key = next(iter(fields.names.items()))
    if not names[own]:
        if fields.skip_unnamed and key in given:
            return {}
        remedy = _("Name the right field (--name-field), or leave out what has no name (--skip-unnamed).")
        raise NoOutline(_nameless(key, given), remedy)
    if any(len(name) > LONGEST_NAME for name in names.values()):
        what = _("Its name has more than %(number)s letters.") % {"number": LONGEST_NAME}
        raise NoOutline(what, _("Name the right field (--name-field)."))
    return {each: name for each, name in names.items() if name}


def _nameless(key: str, given: dict[str, object]) -> str:
    if key in given:
        return _("Its field “%(field)s” is empty.") % {"field": key}
    there = ", ".join(sorted(given)[:12]) or _("none at all")
    return _("It has no field “%(field)s”, but %(there)s.") % {"field": key, "there": there}


def _properties(content: dict[str, object]) -> dict[str, object]:
    given = content.get("properties")
    return given if isinstance(given, dict) else {}


def _text(value: object) -> str:
    """A name as text on one line, in one form of its letters; numbers count as names, lists do not."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    seen = "".join(letter if unicodedata.category(letter)[0] != "C" else " " for letter in str(value))
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def _population(content: dict[str, object], fields: Fields) -> int | None:
    """Population of a feature; None where the file does not know it."""
    if not fields.population:
        return None
    given = _properties(content)
    value = given.get(fields.population)
    if value is None and fields.population in given:
        return None
    try:
        number = float(str(value))
    except ValueError:
        number = -1.0
    if isinstance(value, bool) or not number.is_integer() or not 0 <= number <= MOST_PEOPLE:
        said = {"field": fields.population, "value": repr(str(value)[:40])}
        what = _("Its field “%(field)s” is %(value)s, which is no number of people.") % said
        raise NoOutline(what, _("Correct it, leave it empty, or name the right field (--population-field)."))
    return int(number)


def _each_once(path: Path, rows: list[PlaceRow], fields: Fields, notes: list[Note]) -> Iterator[PlaceRow]:
    if not rows:
        raise PlaceFault(path, None, _("There is no place in it."), _("Export it again, or leave it out."))
    by_name: defaultdict[str, list[PlaceRow]] = defaultdict(list)
    for row in rows:
        by_name[row.name.casefold()].append(row)
    for same in by_name.values():
        if len(same) > 1 and not (fields.join or fields.whole):
            said = {"name": same[1].name, "feature": same[0].feature}
            what = _("“%(name)s” is the name of feature %(feature)s too.") % said
            raise PlaceFault(path, same[1].feature, what, _("Name another field, or make one place of both (--join)."))
        yield _joined(same, notes) if len(same) > 1 else same[0]


def _joined(same: list[PlaceRow], notes: list[Note]) -> PlaceRow:
    """Make one place of several features. Where one population is unknown, so is that of all."""
    first = same[0]
    kinds = Counter(row.geometry.geom_type == "Point" for row in same)
    parts = [row.geometry for row in same if row.geometry.geom_type != "Point"] or [first.geometry]
    people = [row.population for row in same]
    whole = None if None in people else sum(number or 0 for number in people)
    left = _(", %(number)s points left out") % {"number": kinds[True]} if kinds[True] else ""
    joined = _("joined from %(number)s features") % {"number": len(same)}
    notes.append(Note(first.feature, first.name, joined + left))
    return replace(first, geometry=shapely.normalize(shapely.union_all(parts)), population=whole)
