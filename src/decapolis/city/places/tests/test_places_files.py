"""Files of places: what is taken, what is mended, and that each fault names the feature and the remedy."""

import json

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from decapolis.city.places.files import Fields, PlaceFault, geojson, read_places
from decapolis.city.places.files import places as place_files
from decapolis.city.places.files.geometry import NoOutline, outline_of
from decapolis.city.places.tests.collections_of_places import SQUARE, collection, feature, polygon, square, write
from tests.data import shared_data

BY_NAME = Fields({"en": "name"})
BOWTIE = [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]
NAN, HUGE = float("nan"), float("inf")


def fault_of(path, fields=BY_NAME):
    with pytest.raises(PlaceFault) as caught:
        read_places(path, fields)
    return caught.value


def test_read_places_takes_names_and_outlines(tmp_path):
    path = write(tmp_path, collection(feature("Quay"), feature("Mill", polygon(square(5.82)))))

    found = read_places(path, BY_NAME)

    assert [(row.feature, row.name) for row in found.places] == [(1, "Quay"), (2, "Mill")]
    assert found.places[0].geometry.bounds == (5.80, 50.40, 5.81, 50.41)
    assert found.notes == ()


def test_read_places_takes_names_in_several_languages(tmp_path):
    path = write(tmp_path, collection(feature("Quay", nom="Le Quai"), feature("Mill", nom=None)))

    found = read_places(path, Fields({"en": "name", "fr": "nom"}))

    assert [dict(row.names) for row in found.places] == [{"en": "Quay", "fr": "Le Quai"}, {"en": "Mill"}]


def test_read_places_takes_a_number_as_name(tmp_path):
    assert read_places(write(tmp_path, collection(feature(7))), BY_NAME).places[0].name == "7"


def test_read_places_writes_a_name_on_one_line_and_in_one_form(tmp_path):
    path = write(tmp_path, collection(feature(" Lie\u0301ge\u202e\n Nord ")))

    assert read_places(path, BY_NAME).places[0].name == "Liége Nord"


@pytest.mark.parametrize(("given_number", "read"), [(12, 12), ("12", 12), (12.0, 12), (0, 0), (None, None)])
def test_read_places_takes_a_population(tmp_path, given_number, read):
    path = write(tmp_path, collection(feature(people=given_number)))

    assert read_places(path, Fields({"en": "name"}, "people")).places[0].population == read


@pytest.mark.parametrize("wrong", ["many", -1, 1.5, True, 2**40, NAN, [], ""])
def test_read_places_refuses_what_is_no_population(tmp_path, wrong):
    path = write(tmp_path, collection(feature(), feature("Mill", people=wrong)))

    fault = fault_of(path, Fields({"en": "name"}, "people"))

    assert "population" in fault.remedy or "people" in fault.what
    assert fault.feature in (1, 2)


def test_read_places_refuses_a_missing_population_field(tmp_path):
    fault = fault_of(write(tmp_path, collection(feature())), Fields({"en": "name"}, "people"))

    assert "people" in str(fault)


@pytest.mark.parametrize(
    ("geometry", "what"),
    [
        (None, "no geometry"),
        ({"type": "LineString", "coordinates": SQUARE}, "is a LineString"),
        ({"type": "GeometryCollection", "geometries": []}, "is a GeometryCollection"),
        ({"type": "Polygon", "coordinates": []}, "is empty"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}, "not those of a geometry"),
        ({"type": "Polygon", "coordinates": [[["a", "b"], [1, 1], [2, 2], ["a", "b"]]]}, "not those of a geometry"),
        ({"type": "Polygon", "coordinates": {"x": 1}}, "not those of a geometry"),
        ({"type": "Polygon"}, "not those of a geometry"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [2, 2], [0, 0]]]}, "encloses nothing"),
        ({"type": "Point", "coordinates": [NAN, 1]}, "not a number"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, HUGE], [0, 0]]]}, "not a number"),
        ({"type": "Point", "coordinates": [254000, 123000]}, "254000, 123000 is not a longitude and a latitude"),
        ({"type": "Point", "coordinates": [50.4, 95]}, "50.4, 95 is not"),
        (polygon([[179, 0], [-179, 0], [-179, 1], [179, 1], [179, 0]]), "180th meridian"),
    ],
)
def test_read_places_refuses_what_is_no_outline(tmp_path, geometry, what):
    broken = {**feature("Mill"), "geometry": geometry}

    fault = fault_of(write(tmp_path, collection(feature(), broken)))

    assert fault.feature == 2
    assert what in fault.what
    assert fault.remedy.endswith(".")


def test_a_crossing_outline_is_mended_and_told(tmp_path):
    found = read_places(write(tmp_path, collection(feature("Quay", polygon(BOWTIE)))), BY_NAME)

    assert found.places[0].geometry.is_valid
    assert found.places[0].geometry.area == pytest.approx(2)
    assert [(note.feature, note.name) for note in found.notes] == [(1, "Quay")]
    assert "mended" in found.notes[0].what


def test_a_hole_within_a_hole_is_no_land():
    outline = outline_of(polygon(square(0, 0, 9), square(1, 1, 7), square(2, 2, 5)))

    assert outline.geometry.area == pytest.approx(81 - 49)
    assert outline.mended


def test_mended_parts_that_share_an_edge_become_one():
    outline = outline_of(polygon([[0, -1], [0, 0], [1, -2], [0, -1], [0, -2], [1, -2], [0, -1]]))

    assert outline.geometry.is_valid
    assert outline.geometry.area == pytest.approx(1)


def test_heights_are_left_out_and_told():
    outline = outline_of(polygon([[*point, 120.5] for point in SQUARE]))

    assert not outline.geometry.has_z
    assert outline.mended == ("heights were left out",)


def test_a_place_cut_at_the_180th_meridian_is_taken():
    parts = [[square(179, 0, 1)], [square(-180, 0, 1)]]

    assert outline_of({"type": "MultiPolygon", "coordinates": parts}).geometry.area == pytest.approx(2)


def test_an_outline_with_too_many_points_is_refused(monkeypatch):
    monkeypatch.setattr("decapolis.city.places.files.geometry.MOST_POINTS", 4)

    with pytest.raises(NoOutline, match="5 points"):
        outline_of(polygon(SQUARE))


def test_features_of_one_name_are_refused_unless_joined(tmp_path):
    path = write(tmp_path, collection(feature("Quay"), feature("quay", polygon(square(5.9)))))

    fault = fault_of(path)

    assert (fault.feature, "feature 1 too" in fault.what, "--join" in fault.remedy) == (2, True, True)
    joined = read_places(path, Fields({"en": "name"}, join=True))
    assert [row.geometry.geom_type for row in joined.places] == ["MultiPolygon"]
    assert joined.notes[0].what == "joined from 2 features"


@pytest.mark.parametrize(("people", "whole"), [((3, 4), 7), ((3, None), None)])
def test_joined_populations_are_added_where_all_are_known(tmp_path, people, whole):
    parts = [feature("Quay", polygon(square(5 + index)), people=number) for index, number in enumerate(people)]

    found = read_places(write(tmp_path, collection(*parts)), Fields({"en": "name"}, "people", join=True))

    assert found.places[0].population == whole


def test_a_point_joined_to_an_outline_is_left_out_and_told(tmp_path):
    point = {"type": "Point", "coordinates": [5.8, 50.4]}

    found = read_places(
        write(tmp_path, collection(feature(), feature("Quay", point))), Fields({"en": "name"}, join=True)
    )

    assert found.places[0].geometry.geom_type == "Polygon"
    assert found.notes[0].what == "joined from 2 features, 1 points left out"


def test_all_features_together_may_be_one_place(tmp_path):
    path = write(tmp_path, collection(feature(None), feature(None, polygon(square(5.9)))))

    found = read_places(path, Fields({"en": ""}, whole="Ardenne-sur-Lys"))

    assert [(row.name, row.geometry.geom_type) for row in found.places] == [("Ardenne-sur-Lys", "MultiPolygon")]


@pytest.mark.parametrize("nothing", [None, "", "  ", [], True])
def test_a_place_without_name_is_refused_or_left_out(tmp_path, nothing):
    path = write(tmp_path, collection(feature(), feature(nothing)))

    assert (fault_of(path).feature, "--skip-unnamed" in fault_of(path).remedy) == (2, True)
    left = read_places(path, Fields({"en": "name"}, skip_unnamed=True))
    assert [row.name for row in left.places] == ["Quay"]
    assert left.notes[0].what == "left out: it has no name"


def test_a_missing_name_field_names_those_that_are_there(tmp_path):
    fault = fault_of(write(tmp_path, collection(feature(district=1))), Fields({"en": "nom"}, skip_unnamed=True))

    assert fault.what == "It has no field “nom”, but district, name."


def test_a_name_of_a_whole_page_is_refused(tmp_path):
    assert "more than 200 letters" in fault_of(write(tmp_path, collection(feature("x" * 201)))).what


@pytest.mark.parametrize(
    "name",
    [
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "urn:ogc:def:crs:EPSG::4326",
        "EPSG:4326",
        "http://opengis.net/def/crs/OGC/0/CRS84",
    ],
)
@pytest.mark.parametrize("is_last", [True, False])
def test_longitudes_and_latitudes_are_taken(tmp_path, name, is_last):
    crs = {"crs": {"type": "name", "properties": {"name": name}}}
    content = {**collection(feature()), **crs} if is_last else {**crs, **collection(feature())}

    assert len(read_places(write(tmp_path, content), BY_NAME).places) == 1


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::31370"}},
        {"type": "name", "properties": {"name": "EPSG:3857"}},
        {"type": "link", "properties": {}},
        "EPSG:2056",
    ],
)
def test_another_system_of_coordinates_is_refused_by_name(tmp_path, crs):
    fault = fault_of(write(tmp_path, {**collection(feature()), "crs": crs}))

    assert "not in longitudes and latitudes of WGS 84" in fault.what
    assert "EPSG:4326" in fault.remedy


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "the file ends"),
        ("[]", "not GeoJSON"),
        ("hello", "not GeoJSON"),
        ('{"type": "FeatureCollection"}', "no place"),
        ('{"type": "FeatureCollection", "features": {}}', "not GeoJSON"),
        ('{"type": "FeatureCollection", "features": []} x', "not GeoJSON"),
        ('{"features": []}', "does not say what it is"),
        (collection(), "no place"),
        (feature(), "It is a Feature"),
        (polygon(SQUARE), "It is a Polygon"),
        ({"type": "Topology", "objects": {}}, "It is a Topology"),
        (collection("Quay"), "no feature"),
        (b"PK\x03\x04\xff\xfe", "not text in UTF-8"),
        (json.dumps(collection(feature("Liège")), ensure_ascii=False).encode("latin-1"), "not text in UTF-8"),
        (json.dumps(collection(feature())).encode("utf-16"), "not text in UTF-8"),
        ("[" * 100_000, "not GeoJSON"),
        ('{"type": ' + "[" * 100_000, "not GeoJSON"),
        ('{"type": "FeatureCollection", "features": [{"type": "Feature"', "not GeoJSON"),
        ('{"type": "FeatureCollection", "bbox": 1x}', "not GeoJSON"),
        ('{"type": "FeatureCollection", "bbox": ' + "9" * 5_000 + "}", "not GeoJSON"),
    ],
)
def test_what_is_no_collection_is_refused(tmp_path, content, what):
    fault = fault_of(write(tmp_path, content))

    assert what in fault.what
    assert fault.remedy.endswith(".")


def test_a_mark_of_byte_order_is_no_fault(tmp_path):
    path = write(tmp_path, b"\xef\xbb\xbf" + json.dumps(collection(feature())).encode())

    assert len(read_places(path, BY_NAME).places) == 1


def test_a_cut_file_names_the_feature_in_which_it_ends(tmp_path):
    text = json.dumps(collection(feature(), feature("Mill")))

    assert fault_of(write(tmp_path, text[:-40])).feature == 2


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert "cannot be read" in fault_of(tmp_path / "nowhere.geojson").what


def test_a_file_over_the_limit_is_refused_unread(tmp_path):
    path = tmp_path / "large.geojson"
    with path.open("wb") as file:
        file.truncate(geojson.LARGEST_FILE + 1)

    assert "at most 256 are read" in fault_of(path).what


def test_a_feature_over_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(geojson, "LARGEST_FEATURE", 1000)
    monkeypatch.setattr(geojson, "CHUNK", 100)

    fault = fault_of(write(tmp_path, collection(feature(), feature("x" * 5_000))))

    assert (fault.feature, "in one piece" in fault.what) == (2, True)


def test_too_many_places_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(place_files, "MOST_PLACES", 2)

    assert fault_of(write(tmp_path, collection(*map(feature, "abc")))).feature == 3


NUMBERS = st.integers(-9, 9).map(float) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.lists(JSON, max_size=6), st.integers(1, 40))
def test_members_come_out_as_they_were_written_whatever_the_chunks(tmp_path_factory, values, chunk):
    content = {**{f"m{number}": value for number, value in enumerate(values)}, "features": values}
    path = write(tmp_path_factory.mktemp("json"), json.dumps(content, ensure_ascii=False).encode())
    with pytest.MonkeyPatch.context() as patch, path.open("rb") as file:
        patch.setattr(geojson, "CHUNK", chunk)
        found = list(geojson.Reader(path, file).members())

    assert found == [
        *((f"m{number}", value) for number, value in enumerate(values)),
        *(("features", each) for each in values),
    ]


DEGREES = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(st.lists(DEGREES, min_size=3, max_size=12))
def test_an_outline_is_valid_or_refused(points):
    try:
        outline = outline_of(polygon([[*point] for point in [*points, points[0]]]))
    except NoOutline:
        return

    assert outline.geometry.is_valid
    assert outline.geometry.geom_type in ("Polygon", "MultiPolygon")
    assert shapely.from_wkb(shapely.to_wkb(outline.geometry)).equals_exact(outline.geometry)


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "fields", "number", "noted"),
    [
        ("seattle/city-council-districts", Fields({"en": "district"}), 7, 0),
        ("seattle/city-limits", Fields({"en": ""}, whole="Seattle"), 1, 1),
        ("chicago/Chicago_2020", Fields({"en": "GEOG"}, "TOT_POP"), 77, 1),
        ("sacramento/sacramento1", Fields({"en": "FIPS"}, "TOT_POP"), 403, 0),
    ],
)
@pytest.mark.slow
def test_real_files_are_read(name, fields, number, noted):
    found = read_places(shared_data(f"spatial/{name}.geojson"), fields)

    assert (len(found.places), len(found.notes)) == (number, noted)


@pytest.mark.data
@pytest.mark.slow
def test_real_parks_need_joining_and_leaving_out():
    path = shared_data("spatial/seattle/seattle-parks-osm.geojson")

    assert "--skip-unnamed" in str(fault_of(path))
    assert "--join" in str(fault_of(path, Fields({"en": "name"}, skip_unnamed=True)))
    found = read_places(path, Fields({"en": "name"}, join=True, skip_unnamed=True))
    assert len({row.name.casefold() for row in found.places}) == len(found.places)
    assert sum(note.what.startswith("left out") for note in found.notes) == 39
