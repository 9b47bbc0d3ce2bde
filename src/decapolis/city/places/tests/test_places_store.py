"""Storing and finding places: whole or not at all, by level, by point, as a tree."""

import json

import pytest
import shapely
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from decapolis.__main__ import main
from decapolis.city.access.factories import as_actor, make_member
from decapolis.city.access.public import ANYONE
from decapolis.city.audit.models import Body
from decapolis.city.people.factories import make_account
from decapolis.city.places import queries
from decapolis.city.places.actions import NotStored, PlacesFacts, import_places
from decapolis.city.places.factories import make_place, make_places
from decapolis.city.places.files import Fields, PlaceFault, Point, read_places
from decapolis.city.places.models import Level, Place, PlaceName
from decapolis.city.places.tests.collections_of_places import collection, feature, polygon, square, write
from decapolis.plumbing.acting import OPERATOR, act
from tests.data import shared_data

pytestmark = pytest.mark.django_db
QUAY, MILL = feature("Quay", people=120), feature("Mill", polygon(square(5.81)), people=80)
COUNTED = Fields({"en": "name"}, "people")
DISTRICTS = PlacesFacts(Level.DISTRICT, population_year=2024, population_source="Census")


def store(folder, *features, facts=DISTRICTS, fields=COUNTED, replace=False, by=OPERATOR):
    file = read_places(write(folder, collection(*features)), fields)
    return import_places(file=file, facts=facts, by=by, replace=replace)


def names(level=Level.DISTRICT):
    return [place.name for place in queries.places(ANYONE, level)]


def test_import_places_stores_all_of_a_file(tmp_path):
    report = store(tmp_path, QUAY, MILL)

    assert (report.new, report.renewed, report.removed) == (2, 0, 0)
    mill, quay = queries.places(ANYONE, Level.DISTRICT)
    assert (mill.name, mill.population, mill.population_year, mill.population_source) == ("Mill", 80, 2024, "Census")
    assert quay.point == pytest.approx((5.805, 50.405))
    assert Body.objects.get().act == "places.import_places"


def test_import_places_refuses_who_may_not(tmp_path):
    officer = as_actor(make_member(make_account("Ada"), "auditor"))

    with pytest.raises(PermissionDenied):
        store(tmp_path, QUAY, by=officer)

    assert names() == []


def test_a_coordinator_may_import(tmp_path):
    store(tmp_path, QUAY, by=as_actor(make_member(make_account("Ada"), "coordinator")))

    assert names() == ["Quay"]


def test_a_place_that_is_there_is_refused_and_all_stays(tmp_path):
    store(tmp_path, QUAY)

    with pytest.raises(NotStored, match=r"a district “quay” already\. Replace it \(--replace\)"):
        store(tmp_path, MILL, QUAY)

    assert names() == ["Quay"]


def test_replacing_keeps_numbers_and_removes_what_is_gone(tmp_path):
    store(tmp_path, QUAY, MILL)
    before = {place.name: place.number for place in queries.places(ANYONE, Level.DISTRICT)}

    report = store(tmp_path, feature("Quay", polygon(square(5.9)), people=7), feature("Weir", people=1), replace=True)

    assert (report.new, report.renewed, report.removed) == (1, 1, 1)
    quay, weir = queries.places(ANYONE, Level.DISTRICT)
    assert (quay.number, quay.population, weir.name) == (before["Quay"], 7, "Weir")
    assert quay.point.longitude == pytest.approx(5.905)
    assert PlaceName.objects.count() == 2


def test_replacing_refuses_to_remove_what_something_lies_in(tmp_path):
    city = make_place("Ardenne", level=Level.CITY)
    make_place("Quay", parent=city)

    with pytest.raises(NotStored, match="“ardenne” is not in the file, but something refers to it"):
        store(tmp_path, QUAY, facts=PlacesFacts(Level.CITY, None, 2024, "Census"), replace=True)

    assert names(Level.CITY) == ["Ardenne"]


def test_a_population_needs_year_and_source(tmp_path):
    with pytest.raises(NotStored, match="a year and a source"):
        store(tmp_path, QUAY, facts=PlacesFacts(Level.DISTRICT))


@pytest.mark.parametrize(("above", "level"), [(Level.DISTRICT, Level.CITY), (Level.SITE, Level.SITE)])
def test_no_place_lies_in_a_smaller_one(tmp_path, above, level):
    parent = make_place("Ardenne", level=above)

    with pytest.raises(NotStored, match="lies in it"):
        store(tmp_path, feature("Quay"), facts=PlacesFacts(level, parent.pk), fields=Fields({"en": "name"}))


def test_a_place_outside_of_its_parent_is_refused(tmp_path):
    city = make_place("Ardenne", level=Level.CITY)
    swapped = polygon([[y, x] for x, y in square()])

    with pytest.raises(PlaceFault, match="feature 2: “Mill” lies outside of “Ardenne”") as caught:
        store(tmp_path, QUAY, feature("Mill", swapped, people=1), facts=PlacesFacts(Level.DISTRICT, city.pk, 2024, "x"))

    assert "longitudes before latitudes" in caught.value.remedy


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"level": 5}, "places_place_level"),
        ({"parent_level": 1}, "places_place_lies_in_a_larger_one"),
        ({"east": 5.0}, "places_place_box_holds_its_point"),
        ({"north": 91.0, "latitude": 90.5}, "places_place_box_holds_its_point"),
        ({"population": 3}, "places_place_population_has_year_and_source"),
    ],
)
def test_the_database_refuses_what_is_no_place(change, constraint):
    place = make_place("Quay")

    with pytest.raises(IntegrityError, match=constraint), act():
        Place.objects.filter(pk=place.pk).update(**change)


def test_the_database_refuses_a_loop():
    city = make_place("Ardenne", level=Level.CITY)
    quay = make_place("Quay", parent=city)

    with pytest.raises(IntegrityError, match="places_place_lies_in_a_larger_one"), act():
        Place.objects.filter(pk=city.pk).update(parent=quay, parent_level=quay.level)


@pytest.mark.parametrize(("language", "name"), [("fr", ""), ("", "Quay"), ("en", "Pier")])
def test_the_database_refuses_what_is_no_name(language, name):
    place = make_place("Mill")

    with pytest.raises(IntegrityError, match=r"places_name_is_said|places_name_once_a_language|UNIQUE"), act():
        PlaceName.objects.create(place=place, language=language, name=name)


def test_a_name_is_in_the_language_of_the_reader_or_its_own(tmp_path):
    fields = Fields({"en": "name", "fr": "nom"})
    store(tmp_path, feature("Quay", nom="Le Quai"), feature("Mill"), fields=fields)

    with translation.override("fr"):
        assert names() == ["Le Quai", "Mill"]


def test_place_at_finds_the_smallest_place():
    city = make_places(Level.CITY, {"Ardenne": shapely.box(5, 50, 6, 51)})["Ardenne"]
    make_places(Level.DISTRICT, {"Quay": shapely.box(5.1, 50.1, 5.2, 50.2)}, parent=city)

    found = [queries.place_at(ANYONE, Point(*point)) for point in [(5.15, 50.15), (5.5, 50.5), (7, 50.5)]]

    assert [place and place.name for place in found] == ["Quay", "Ardenne", None]


def test_place_at_looks_at_the_outline_and_not_only_at_the_box():
    make_places(Level.DISTRICT, {"Bend": shapely.Polygon([(0, 0), (2, 0), (0, 2)])})

    assert queries.place_at(ANYONE, Point(0.5, 0.5))
    assert queries.place_at(ANYONE, Point(1.5, 1.5)) is None


def test_place_at_finds_both_sides_of_the_180th_meridian():
    both = shapely.MultiPolygon([shapely.box(179, 0, 180, 1), shapely.box(-180, 0, -179, 1)])
    make_places(Level.DISTRICT, {"Taveuni": both})

    assert queries.place_at(ANYONE, Point(179.5, 0.5)) == queries.place_at(ANYONE, Point(-179.5, 0.5)) is not None
    assert queries.place_at(ANYONE, Point(0, 0.5)) is None


def test_tree_holds_every_place_below_the_one_it_lies_in():
    city = make_place("Ardenne", level=Level.CITY)
    make_place("Park", level=Level.SITE, parent=make_place("Quay", parent=city))
    make_place("Mill", parent=city)

    (top,) = queries.tree(ANYONE)

    assert [branch.place.name for branch in top.parts] == ["Mill", "Quay"]
    assert [branch.place.name for branch in top.parts[1].parts] == ["Park"]


@pytest.mark.parametrize("number", [1, 30])
def test_reading_asks_the_database_as_often_for_one_place_as_for_many(number):
    make_places(Level.DISTRICT, {f"Quay {each}": shapely.box(each, 0, each + 1, 1) for each in range(number)})

    readings = ((lambda: queries.tree(ANYONE), 2), (lambda: queries.outlines(ANYONE, Level.DISTRICT), 3))
    for read, questions in readings:
        with CaptureQueriesContext(connection) as asked:
            read()
        assert len(asked) == questions


def test_a_wrong_number_is_not_found():
    for read in (queries.place, queries.box):
        with pytest.raises(Http404):
            read(ANYONE, 404)


COORDINATE = st.tuples(st.floats(-179, 179), st.floats(-89, 89))


class RoundTrip(TestCase):
    """Any outline comes out of the database as it went in."""

    @given(st.lists(COORDINATE, min_size=3, max_size=9, unique=True))
    def test_an_outline_is_what_was_stored(self, points):
        outline = shapely.MultiPoint(points).convex_hull
        if outline.geom_type == "Polygon" and outline.is_valid and outline.area > 1e-9:
            make_places(Level.DISTRICT, {"Quay": outline})
            (found,) = queries.outlines(ANYONE, Level.DISTRICT)
            assert shapely.from_wkb(bytes(Place.objects.get().geometry)).equals_exact(outline)
            assert found.outline.is_valid
            assert queries.place_at(ANYONE, found.place.point) == found.place


def test_the_command_imports_lists_and_tries(tmp_path, capsys):
    path = str(write(tmp_path, collection(QUAY, feature("Mill", polygon([[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]])))))
    command = ["places", "import", path, "--level", "district", "--name-field", "name"]

    assert main([*command, "--dry-run"]) == 0
    assert "Nothing was stored" in capsys.readouterr().out
    assert names() == []
    assert main(command) == 0
    assert "district: 2 new, 0 renewed, 0 removed.\n  feature 2 Mill: the outline crossed" in capsys.readouterr().out
    assert main(["places", "list"]) == 0
    assert [line.split(" [")[0] for line in capsys.readouterr().out.splitlines()] == ["Mill", "Quay"]


def test_the_command_finds_a_parent_by_name_or_number(tmp_path):
    city = make_place("Ardenne", level=Level.CITY)
    path = str(write(tmp_path, collection(QUAY)))
    command = ["places", "import", path, "--name-field", "name"]

    assert main([*command, "--level", "district", "--parent", "ardenne"]) == 0
    assert main([*command, "--level", "site", "--parent", str(city.pk)]) == 0
    assert Place.objects.filter(parent=city).count() == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "Say either --name-field"),
        (["--name", "x", "--name-field", "name"], "Say either --name-field"),
        (["--name-field", "name", "--name-in", "nom"], "Say --name-in LANGUAGE=FIELD"),
        (["--name-field", "name", "--name-in", "xx=nom"], "Say --name-in LANGUAGE=FIELD"),
        (["--name-field", "name", "--parent", "Atlantis"], "There is no place “Atlantis”"),
        (["--name-field", "name", "--parent", "404"], "There is no place “404”"),
    ],
)
def test_the_command_says_what_it_lacks(tmp_path, capsys, options, said):
    path = str(write(tmp_path, collection(QUAY)))

    assert main(["places", "import", path, "--level", "district", *options]) == 2
    assert said in capsys.readouterr().err


def test_the_command_asks_which_of_two_parents(tmp_path, capsys):
    city = make_place("Ardenne", level=Level.CITY)
    make_place("Ardenne", parent=city)
    path = str(write(tmp_path, collection(QUAY)))

    assert main(["places", "import", path, "--level", "site", "--name-field", "name", "--parent", "Ardenne"]) == 2
    assert "2 places are called “Ardenne”" in capsys.readouterr().err


@pytest.mark.data
@pytest.mark.slow
def test_a_real_city_is_imported_and_its_points_found(capsys):
    seattle = shared_data("spatial/seattle")
    limits, districts = seattle / "city-limits.geojson", seattle / "city-council-districts.geojson"
    inside = ["--level", "district", "--name-field", "district", "--parent", "Seattle"]

    assert main(["places", "import", str(limits), "--level", "city", "--name", "Seattle"]) == 0
    assert main(["places", "import", str(districts), *inside]) == 0

    assert names() == list("1234567")
    needle, harbour = Point(-122.3493, 47.6205), Point(-122.43, 47.60)
    assert [place and place.name for place in (queries.place_at(ANYONE, at) for at in (needle, harbour))] == ["7", None]


@pytest.mark.data
@pytest.mark.slow
def test_a_real_population_is_whole():
    path = str(shared_data("spatial/chicago/Chicago_2020.geojson"))
    options = ["--name-field", "GEOG", "--population-field", "TOT_POP", "--population-year", "2018"]
    raw = json.loads(shared_data("spatial/chicago/Chicago_2020.geojson").read_text(encoding="utf-8"))

    assert main(["places", "import", path, "--level", "neighbourhood", *options, "--population-source", "ACS"]) == 0

    stored = queries.places(ANYONE, Level.NEIGHBOURHOOD)
    assert sum(place.population or 0 for place in stored) == sum(
        each["properties"]["TOT_POP"] for each in raw["features"]
    )
