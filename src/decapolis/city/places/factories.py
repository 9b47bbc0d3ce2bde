"""Places for tests and for the demo."""

from collections.abc import Mapping
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from decapolis.city.places.actions import PlacesFacts, import_places
from decapolis.city.places.files import PlaceFile, PlaceRow
from decapolis.city.places.models import Level, Place
from decapolis.plumbing.acting import OPERATOR


def make_places(level: Level, outlines: Mapping[str, BaseGeometry], *, parent: Place | None = None) -> dict[str, Place]:
    """Places by name, of given outlines."""
    rows = tuple(PlaceRow(number, {"en": name}, each) for number, (name, each) in enumerate(outlines.items(), 1))
    facts = PlacesFacts(level, parent.pk if parent else None)
    import_places(file=PlaceFile(Path("made.geojson"), rows, ()), facts=facts, by=OPERATOR)
    found = Place.objects.filter(level=level, names__name__in=outlines).prefetch_related("names")
    return {place.names.all()[0].name: place for place in found}


def make_place(name: str, *, level: Level = Level.DISTRICT, parent: Place | None = None) -> Place:
    """A square place of a kilometre or so."""
    return make_places(level, {name: shapely.box(5.80, 50.40, 5.81, 50.41)}, parent=parent)[name]
