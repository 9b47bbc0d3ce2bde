"""Every field of every model says what becomes of it, those of other packages too."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from decapolis.plumbing.fates import Erase, Keep, days, faults

FOREIGN = "decapolis.city.retention.foreign"
"""Lists in ``FATES`` the fields of other packages' tables: ``{"app.Model": {"field": Keep(…)}}``."""
REMEDY = "Say it in `fates` of the model, with Keep, Erase, Scrub or Blur of decapolis.plumbing.fates."


def undeclared(model: type[models.Model], foreign: dict[str, dict[str, object]]) -> Iterator[str]:
    """Complain of fields without a fate."""
    if model.__module__.startswith("decapolis."):
        yield from (f"{model.__module__}: {fault} {REMEDY}" for fault in faults(model) if not _is_link(model))
        return
    declared = foreign.get(model._meta.label, {})
    for field in model._meta.fields:
        if field.name not in declared:
            yield f"{model._meta.label}.{field.name} is of another package and has no fate: declare it in {FOREIGN}."


def foreign_fates() -> dict[str, dict[str, object]]:
    """Fates of other packages' fields."""
    return dict(import_module(FOREIGN).FATES) if find_spec("decapolis.city.retention") and find_spec(FOREIGN) else {}


def _is_link(model: type[models.Model]) -> bool:
    """Whether Django made the table of a many-to-many field: its rows go with the two that they link."""
    return bool(model._meta.auto_created)


def test_every_field_has_a_fate():
    foreign = foreign_fates()
    every = apps.get_models(include_auto_created=True)

    found = [complaint for model in every for complaint in undeclared(model, foreign)]

    assert not found, "\n".join(found)


def model(module: str, **attributes: object) -> type[models.Model]:
    """A model that no migration knows."""
    meta = type("Meta", (), {"app_label": "web"})
    return type("Planted", (models.Model,), {"__module__": module, "Meta": meta, **attributes})


@isolate_apps("decapolis.web")
def test_a_planted_field_without_fate_is_found():
    fates = {"id": Keep(why="a test"), "name": Erase(after=days(1), since="day")}
    planted = model("decapolis.web.models", name=models.TextField(), day=models.DateField(), fates=fates)

    assert list(undeclared(planted, {})) == [f"decapolis.web.models: web.Planted.day has no fate. {REMEDY}"]


@pytest.mark.parametrize(
    ("declared", "wrong"), [({}, ["id", "name"]), ({"web.Planted": {"id": Keep(why="a test")}}, ["name"])]
)
@isolate_apps("decapolis.web")
def test_a_planted_field_of_another_package_is_found(declared, wrong):
    planted = model("stranger.models", name=models.TextField())

    found = [complaint.partition(" ")[0] for complaint in undeclared(planted, declared)]

    assert found == [f"web.Planted.{name}" for name in wrong]
