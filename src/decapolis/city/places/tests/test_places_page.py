"""The page of places: a map that can be read, and a list with the same content."""

import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from decapolis.city.places.drawing import HIGHEST, SKETCHED, WIDTH, drawn, sketched
from decapolis.city.places.factories import make_place, make_places
from decapolis.city.places.files import Fields, read_places
from decapolis.city.places.models import Level, Place, PlaceName
from decapolis.plumbing.acting import act
from tests.data import shared_data

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def corners(path):
    return np.array(list(map(float, NUMBER.findall(path)))).reshape(-1, 2)


def size(found):
    return tuple(map(float, found.view_box.split()[2:]))


def test_drawn_puts_north_at_the_top_and_east_at_the_right():
    found = drawn([("North-west", shapely.box(0, 1, 1, 2)), ("South-east", shapely.box(1, 0, 2, 1))])

    north_west, south_east = found.shapes
    assert float(north_west.x) < float(south_east.x)
    assert float(north_west.y) < float(south_east.y)
    assert [shape.number for shape in found.shapes] == [1, 2]


def test_a_square_on_the_ground_is_a_square_on_the_map():
    width, height = size(drawn([("Quay", shapely.box(5, 59.9, 5.2, 60.0))]))

    assert width == pytest.approx(height, rel=0.01)


def test_a_hole_is_drawn():
    outline = shapely.Polygon([(0, 0), (3, 0), (3, 3), (0, 3)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])

    assert drawn([("Ring", outline)]).shapes[0].path.count("M") == 2


def test_a_point_is_a_dot():
    assert "a4 4" in drawn([("Park", shapely.Point(5, 50)), ("Quay", shapely.box(4, 49, 6, 51))]).shapes[0].path


def test_a_city_on_the_180th_meridian_is_drawn_in_one_piece():
    both = drawn([("West", shapely.box(179.8, 0, 180, 0.2)), ("East", shapely.box(-180, 0, -179.8, 0.2))])

    assert float(both.shapes[0].x) < float(both.shapes[1].x)
    assert size(both)[1] > 300


def test_no_place_is_an_empty_map():
    assert drawn([]).shapes == ()


def test_what_cannot_be_seen_is_not_drawn():
    angles = np.linspace(0, 2 * np.pi, 20_000)
    circle = shapely.Polygon(np.column_stack([np.cos(angles), np.sin(angles)]))

    assert 20 < len(corners(drawn([("Round", circle)]).shapes[0].path)) < 300


BOXES = st.tuples(st.floats(-170, 169), st.floats(-80, 79), st.floats(0.001, 1), st.floats(0.001, 1))


@given(st.lists(BOXES, min_size=1, max_size=6))
def test_everything_is_drawn_inside_of_the_picture(boxes):
    found = drawn([(str(each), shapely.box(each[0], each[1], each[0] + each[2], each[1] + each[3])) for each in boxes])

    width, height = size(found)
    assert (width <= WIDTH + 0.1, height <= HIGHEST + 0.1) == (True, True)
    for shape in found.shapes:
        points = corners(shape.path) if "a4" not in shape.path else np.zeros((1, 2))
        assert (points >= 0).all()
        assert (points <= [width + 0.1, height + 0.1]).all()


@pytest.fixture
def page(client, db):
    def read(query=""):
        answer = client.get(reverse("places") + query)
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def svg(text):
    (found,) = re.findall(r'<svg viewBox="[^"]*" width.*?</svg>', text, re.DOTALL)
    return ET.fromstring(found)  # noqa: S314  # our own page


def test_the_page_shows_the_same_as_a_map_and_as_a_list(page):
    make_places(Level.DISTRICT, {"Quay & <Mill>": shapely.box(5, 50, 6, 51), "Weir": shapely.box(6, 50, 7, 51)})

    text = page()

    listed = re.findall(r'<td data-number>(\d+)</td><th scope="row"><bdi>(.*?)</bdi>', text)
    assert listed == [("1", "Quay &amp; &lt;Mill&gt;"), ("2", "Weir")]
    assert [path[0].text for path in svg(text) if path.tag == "path"] == ["1 Quay & <Mill>", "2 Weir"]
    assert "not known" in text
    assert not re.search(r"<[^>]+\sstyle=", text)


def test_the_map_has_a_title_and_a_description(page):
    make_place("Quay")

    title, description, *_ = svg(page())
    assert title.text == "Map of the city's places"
    assert description.text.startswith("North is at the top")


def test_the_page_shows_another_level(page):
    make_place("Ardenne", level=Level.CITY)
    make_place("Quay")

    assert "<bdi>Quay</bdi>" in page()
    assert "<bdi>Ardenne</bdi>" in page("?level=city")
    assert "<bdi>Quay</bdi>" in page("?level=site")
    assert 'href="?level=district" aria-current="page"' in page("?level=nowhere")


def test_the_page_shows_the_city_where_there_are_no_districts(page):
    make_place("Ardenne", level=Level.CITY)

    assert "<bdi>Ardenne</bdi>" in page()


def test_the_page_says_that_nothing_is_there(page):
    assert "The city has not loaded its places yet" in page()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_page_speaks_every_language(client, db, language):
    make_place("Quay")

    text = client.get(f"/{language}/places/").content.decode()

    assert "Places of the city" not in text
    assert "Number on the map" not in text


@pytest.mark.parametrize("number", [1, 140])
def test_the_page_asks_the_database_as_often_for_one_place_as_for_many(page, number):
    city = make_place("Ardenne", level=Level.CITY)
    squares = {f"Quay {each}": shapely.box(5.8, 50.4, 5.81 + each / 1000, 50.41) for each in range(number)}
    make_places(Level.DISTRICT, squares, parent=city)

    with CaptureQueriesContext(connection) as asked:
        page()
    assert len(asked) == 6


def test_a_long_list_is_shown_in_pages_and_the_map_shows_what_is_listed(page):
    squares = {f"Quay {each:03}": shapely.box(5.8, 50.4, 5.81 + each / 1000, 50.41) for each in range(130)}
    make_places(Level.DISTRICT, squares)

    first, second = page(), page("?page=2")

    assert (first.count("<path"), second.count("<path")) == (101, 31)  # and the mark of the site
    assert "<bdi>Quay 099</bdi>" in first
    assert "<bdi>Quay 100</bdi>" in second


def test_places_lead_to_those_that_lie_in_them_and_back(page):
    city = make_place("Ardenne", level=Level.CITY)
    quay = make_place("Quay", parent=city)
    make_place("Old Mill", level=Level.NEIGHBOURHOOD, parent=quay)
    make_place("Elsewhere", level=Level.NEIGHBOURHOOD)

    assert f'<a class="ds-link" href="?within={quay.pk}"><bdi>Quay</bdi></a>' in page()
    inside = page(f"?within={quay.pk}")
    assert "Places in Quay" in inside
    assert "<bdi>Old Mill</bdi>" in inside
    assert "Elsewhere" not in inside
    assert f'href="?within={quay.pk}"' in page("?level=neighbourhood")
    assert "No smaller places lie in it" in page(f"?within={Place.objects.get(names__name='Old Mill').pk}")


@pytest.mark.parametrize("within", ["999999999", "9" * 18])
def test_a_place_that_is_not_there_is_not_found(client, db, within):
    assert client.get(reverse("places"), {"within": within}).status_code == 404


def test_places_are_in_the_order_of_the_names_that_are_shown(client, db):
    make_places(Level.DISTRICT, {"apple": shapely.box(5, 50, 6, 51), "Zoo": shapely.box(6, 50, 7, 51)})
    with act():
        PlaceName.objects.create(place=Place.objects.get(names__name="Zoo"), language="fr", name="Animaux")

    found = re.findall(r'<th scope="row"><bdi>(.*?)</bdi>', client.get("/fr/places/").content.decode())

    assert found == ["Animaux", "apple"]


def ragged(number, corners):
    """An outline with many corners, as a river or a coast has them."""
    angles = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    far = 0.4 + 0.1 * np.sin(37 * angles + number) + 0.002 * np.sin(2111 * angles)
    x, y = number % 10 + far * np.cos(angles), number // 10 + far * np.sin(angles)
    return shapely.Polygon(np.column_stack([5 + 0.01 * x, 50 + 0.01 * y]))


@pytest.mark.slow
def test_half_a_million_corners_make_a_light_page(page):
    make_places(Level.DISTRICT, {f"Quay {each}": ragged(each, 5_000) for each in range(100)})

    assert len(page()) < 200_000
    assert sum(len(bytes(row.geometry)) for row in Place.objects.all()) > 8_000_000


@pytest.mark.slow
def test_a_sketch_is_near_the_outline():
    outlines = [ragged(each, 5_000) for each in range(4)]
    extent = 0.04

    for outline, sketch in zip(outlines, sketched(outlines), strict=True):
        assert outline.hausdorff_distance(sketch) < extent / 640
        assert shapely.get_num_coordinates(sketch) < 1_000


def test_sketches_of_many_corners_are_coarser_and_a_point_stays_one():
    many = [ragged(each, 2_000) for each in range(30)]

    found = sketched([*many, shapely.Point(5, 50)])

    assert shapely.get_num_coordinates(found).sum() < SKETCHED * 31 + 5 * 31
    assert found[-1] == shapely.Point(5, 50)


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "field", "number"),
    [("seattle/city-council-districts", "district", 7), ("chicago/Chicago_2020", "GEOG", 77)],
)
def test_real_districts_are_drawn_small_enough_for_a_phone(name, field, number):
    read = read_places(shared_data(f"spatial/{name}.geojson"), Fields({"en": field}))

    found = drawn([(row.name, row.geometry) for row in read.places])

    assert len(found.shapes) == number
    assert sum(len(shape.path) for shape in found.shapes) < 120_000
