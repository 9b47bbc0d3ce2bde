import pytest
from django.apps.registry import Apps
from django.db import models

from decapolis.plumbing.fates import Blur, Erase, Fates, Keep, Scrub, days, faults

KEPT = Keep("an example")


def make_model(name: str, apps: Apps, fates: Fates, **fields: object) -> type[models.Model]:
    meta = type("Meta", (), {"app_label": "examples", "apps": apps})
    return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, "fates": fates, **fields})


def model_with(fates: Fates) -> type[models.Model]:
    return make_model("Visit", Apps(), fates, day=models.DateField(), place=models.CharField(max_length=10))


def test_faults_finds_none_where_every_field_has_a_fate():
    gone = Erase(after=days(90), since="day")
    assert list(faults(model_with({"id": gone, "day": gone, "place": Scrub(after=days(1), since="day")}))) == []


def test_faults_names_each_field_without_a_fate():
    assert list(faults(model_with({"id": KEPT}))) == [
        "examples.Visit.day has no fate.",
        "examples.Visit.place has no fate.",
    ]


def test_faults_names_a_model_that_declares_nothing():
    assert len(list(faults(model_with({})))) == 3


def test_faults_names_a_fate_without_a_field():
    declared: Fates = dict.fromkeys(("id", "day", "place", "weather"), KEPT)
    assert list(faults(model_with(declared))) == ["examples.Visit.weather has a fate and is no field."]


@pytest.mark.parametrize("since", ["place", "night", "day__year", "place__opened_on"])
def test_faults_refuses_to_count_from_what_is_no_day(since: str):
    blurred = Blur(after=days(30), since=since, into="month")
    declared: Fates = {"id": KEPT, "day": blurred, "place": KEPT}
    assert list(faults(model_with(declared))) == [
        f"examples.Visit.day counts from “{since}”, which is no day of this model."
    ]


def test_faults_follows_a_relation_to_its_day():
    apps = Apps()
    place = make_model("Place", apps, {}, closed_on=models.DateField())
    declared: Fates = dict.fromkeys(("id", "place"), Erase(after=days(0), since="place__closed_on"))
    seat = make_model("Seat", apps, declared, place=models.ForeignKey(place, models.CASCADE))
    assert list(faults(seat)) == []


def test_days_is_a_span_of_whole_days():
    assert days(90).total_seconds() == 90 * 24 * 3600


def test_faults_refuses_to_empty_or_blur_what_cannot_be():
    declared: Fates = {
        "id": Scrub(after=days(30), since="day"),
        "day": KEPT,
        "place": Blur(after=days(30), since="day", into="month"),
    }
    assert list(faults(model_with(declared))) == [
        "examples.Visit.id is to be emptied, and has no empty value.",
        "examples.Visit.place is to be made coarser, and is no day.",
    ]
