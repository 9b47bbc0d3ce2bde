"""Places over the web: tried and drawn before anything is stored; damaged files are refused with feature and remedy."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decapolis.city.access.factories import make_member, make_second_factor
from decapolis.city.audit.models import Body
from decapolis.city.people.factories import make_account
from decapolis.city.places import forms
from decapolis.city.places.factories import make_place
from decapolis.city.places.models import Level, Place
from decapolis.plumbing.acting import act

pytestmark = pytest.mark.django_db
ADDRESS = "/places/bring/"
FACTS = {"level": "2", "name_field": "name"}


@pytest.fixture
def keeper(client):
    with act():
        account = make_second_factor(make_member(make_account("Mina Roos", password="x"), "coordinator"))
    client.force_login(account)
    return client


def square(west, name="Quay", **more):
    ring = [[west, 50], [west + 1, 50], [west + 1, 51], [west, 51], [west, 50]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"name": name, **more}, "geometry": geometry}


def text_with(*features):
    return json.dumps({"type": "FeatureCollection", "features": features})


def given(text):
    content = text if isinstance(text, bytes) else text.encode()
    return {**FACTS, "file": SimpleUploadedFile("districts.geojson", content, "application/geo+json")}


def shown(response):
    assert response.status_code == 200
    return response.content.decode()


def carried(response):
    """What the page of a trial sends to confirm it."""
    return {field.html_name: field.value() or "" for field in response.context["tried"] if field.value()}


def test_places_are_drawn_first_and_stored_once_that_is_confirmed(keeper):
    tried = keeper.post(ADDRESS, given(text_with(square(5), square(6, "Mill"))))

    assert shown(tried).count('<path d="M') >= 2
    assert "Mill" in shown(tried)
    assert not Place.objects.exists()
    assert keeper.post(ADDRESS, carried(tried)).status_code == 302
    assert Place.objects.count() == 2
    assert Body.objects.get(act="places.import_places").actor_kind == "person"


def test_the_place_they_lie_in_is_kept_to_the_confirmation(keeper):
    city = make_place("Ardenne", level=Level.CITY)
    keeper.post(ADDRESS, carried(keeper.post(ADDRESS, given(text_with(square(5.5))) | {"parent": str(city.pk)})))

    assert Place.objects.exclude(pk=city.pk).get().parent_id == city.pk


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (text_with(square(5), {"type": "Feature", "properties": {"name": "Mill"}}), "feature 2: It has no geometry."),
        (text_with(square(5), square(6)), "feature 2: “Quay” is the name of feature 1 too."),
        (text_with(square(500)), "feature 1: 500, 50 is not a longitude and a latitude. Transform it"),
        (text_with(square(5, "")), "feature 1: Its field “name” is empty."),
        (text_with(square(5))[:-9], "districts.geojson, feature 1: "),
        ("not a map", "districts.geojson: The file is not GeoJSON here. Export it again"),
        (b"\xff\xfe", "districts.geojson: The file is not text in UTF-8."),
        ("x" * 2_000_001, "This file is larger than 2 MB."),
    ],
)
def test_a_damaged_file_is_refused_with_feature_and_remedy(keeper, text, said):
    assert said in shown(keeper.post(ADDRESS, given(text)))
    assert not Place.objects.exists()


@pytest.mark.parametrize("limit", ["MOST_PLACES", "MOST_POINTS"])
def test_a_file_over_a_limit_is_refused(keeper, monkeypatch, limit):
    monkeypatch.setattr(forms, limit, 1)

    text = shown(keeper.post(ADDRESS, given(text_with(square(5), square(6, "Mill")))))

    assert "It has 2 places with 10 points." in text


def test_a_fault_is_told_in_the_language_of_the_reader(keeper):
    text = shown(keeper.post(f"/fr{ADDRESS}", given(text_with(square(5), square(6)))))

    assert "districts.geojson, élément 2 : « Quay » est aussi le nom de l'élément 1." in text.replace("&#x27;", "'")


def test_what_was_confirmed_is_checked_again(keeper):
    tried = carried(keeper.post(ADDRESS, given(text_with(square(5)))))
    keeper.post(ADDRESS, tried)

    assert "already. Replace it" in shown(keeper.post(ADDRESS, tried))
    assert keeper.post(ADDRESS, tried | {"replace": "on"}).status_code == 302
    assert Place.objects.count() == 1


@pytest.mark.parametrize("number", [1, 40])
def test_a_trial_asks_the_database_as_often_for_one_as_for_many(keeper, number):
    file = given(text_with(*(square(each, f"Quay {each}") for each in range(number))))

    with CaptureQueriesContext(connection) as asked:
        shown(keeper.post(ADDRESS, file))

    assert len(asked) <= 14
