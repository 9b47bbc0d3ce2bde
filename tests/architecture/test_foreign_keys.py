"""Foreign keys follow the same direction as imports; `.importlinter` says which."""

import re
from collections.abc import Iterator
from configparser import ConfigParser
from functools import cache
from itertools import pairwise

import pytest
from django.apps import apps
from django.db.models import Model

from tests.architecture.reading import ROOT

CONTRACTS = ("flow", "order", "city")


@cache
def order(contract: str) -> dict[str, int]:
    """Place of each package in a contract of layers, the highest first."""
    settings = ConfigParser()
    settings.read(ROOT / ".importlinter", encoding="utf-8")
    section = settings[f"importlinter:contract:{contract}"]
    places: dict[str, int] = {}
    for place, line in enumerate(section["layers"].split("\n")):
        for name in re.findall(r"[\w.]+", line):
            places[f"{section['containers'].strip()}.{name}"] = place
    return places


def climbs(source: str, target: str) -> bool:
    """Whether code in package `source` may not know package `target`."""
    for contract in CONTRACTS:
        from_here, to_there = _place(source, contract), _place(target, contract)
        if from_here and to_there and from_here[0] != to_there[0] and from_here[1] >= to_there[1]:
            return True
    return False


def _place(package: str, contract: str) -> tuple[str, int] | None:
    """The longest prefix of a package that a contract names, and its place."""
    known = [(name, place) for name, place in order(contract).items() if f"{package}.".startswith(f"{name}.")]
    return max(known, key=lambda found: len(found[0]), default=None)


def relations(model: type[Model]) -> Iterator[tuple[str, type[Model]]]:
    """Name and target of every field that points to another table."""
    for field in model._meta.get_fields():
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type):
            yield field.name, field.related_model


def climbing(source: type[Model]) -> Iterator[str]:
    """Complain of fields of a model that point upwards."""
    for name, target in relations(source):
        if climbs(source.__module__, target.__module__):
            yield (
                f"{source.__module__}.{source.__name__}.{name} points up to {target.__module__}: "
                "let the upper table point here, or keep a row in city.record."
            )


def test_no_foreign_key_climbs():
    found = [complaint for model in apps.get_models() for complaint in climbing(model)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("decapolis.city.people.models", "decapolis.understand.listening.models"),
        ("decapolis.city.people.models", "decapolis.city.access.models"),
        ("decapolis.understand.listening.models", "decapolis.understand.assessment.models"),
        ("decapolis.understand.listening.models", "decapolis.understand.trust.models"),
        ("decapolis.plumbing.jobs.models", "decapolis.city.people.models"),
        ("decapolis.engage.support.models", "decapolis.engage.programmes.models"),
    ],
)
def test_a_planted_climb_is_found(source, target):
    assert climbs(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("decapolis.understand.listening.models", "decapolis.city.people.models"),
        ("decapolis.city.access.models", "decapolis.city.people.models"),
        ("decapolis.connect.exchange.models", "decapolis.understand.listening.models"),
        ("decapolis.understand.listening.models", "decapolis.understand.listening.models"),
        ("decapolis.understand.listening.models", "django.contrib.contenttypes.models"),
    ],
)
def test_what_points_down_is_not_found(source, target):
    assert not climbs(source, target)


def test_the_order_is_read_from_the_contracts():
    parts = ["web", "connect", "engage", "build", "understand", "city", "plumbing"]

    places = [order("flow")[f"decapolis.{part}"] for part in parts]

    assert all(upper < lower for upper, lower in pairwise(places))


def test_a_climbing_model_is_found(monkeypatch):
    model = next(model for model in apps.get_models() if list(relations(model)))
    name, target = next(relations(model))
    monkeypatch.setattr(target, "__module__", "decapolis.web.models")
    monkeypatch.setattr(model, "__module__", "decapolis.city.people.models")

    found = list(climbing(model))

    assert any(f"{model.__name__}.{name} points up to decapolis.web.models" in complaint for complaint in found)
