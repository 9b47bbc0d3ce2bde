"""The table of the ten steps is tied to the code, the site and the documents."""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, reverse

from decapolis.steps import PARTS, STEPS, Step
from tests.architecture.reading import ROOT, SRC


def loose_ends(step: Step) -> Iterator[str]:
    """Complain of a step whose table entry leads nowhere."""
    given = {"app": step.app, "page": step.page, "document": step.document}
    if not step.stands:
        yield from (f"step {step.number} is planned and has a {name}." for name, value in given.items() if value)
        return
    yield from (f"step {step.number} stands and has no {name}." for name, value in given.items() if not value)
    if not any(config.name == step.app for config in apps.get_app_configs()):
        yield f"step {step.number}: the application {step.app} is not installed."
    if not f"{step.app}.".startswith(f"decapolis.{step.part}."):
        yield f"step {step.number}: {step.app} does not lie in the part {step.part}."
    if not (ROOT / "docs" / str(step.document)).is_file():
        yield f"step {step.number}: there is no docs/{step.document}."
    yield from _page(step)
    yield from _standing(step)


def _standing(step: Step) -> Iterator[str]:
    try:
        declared = import_module(f"{step.app}.declarations")
    except ModuleNotFoundError:
        declared = None
    if not callable(getattr(declared, "standing", None)):
        yield f"step {step.number}: {step.app} does not say where it stands: declarations.py has no standing(viewer)."


def _page(step: Step) -> Iterator[str]:
    try:
        reverse(str(step.page))
    except NoReverseMatch:
        yield f"step {step.number}: there is no page {step.page}."


def folders() -> set[str]:
    """Applications that lie in the four parts."""
    return {
        f"decapolis.{part}.{config.parent.name}"
        for part in PARTS
        for config in (SRC / "decapolis" / part).glob("*/apps.py")
    }


def test_there_are_ten_steps_in_the_order_of_the_parts():
    assert [step.number for step in STEPS] == list(range(1, 11))
    assert [step.part for step in STEPS] == sorted((step.part for step in STEPS), key=list(PARTS).index)
    assert {step.part for step in STEPS} == set(PARTS)


def test_every_name_and_sentence_is_said_once():
    words = [text for step in STEPS for text in (step.name, step.sentence)]

    assert len(set(words)) == 2 * len(STEPS)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_the_table_leads_to_what_is_there(step):
    assert not list(loose_ends(step))


def test_every_folder_of_a_step_is_in_the_table():
    assert folders() <= {step.app for step in STEPS}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"app": "decapolis.understand.hearing"}, "is not installed"),
        ({"app": "decapolis.web"}, "does not lie in the part understand"),
        ({"app": "decapolis.city.places"}, "does not say where it stands"),
        ({"app": "decapolis.understand.hearing"}, "does not say where it stands"),
        ({"page": "nowhere"}, "there is no page nowhere"),
        ({"document": "nowhere.md"}, "there is no docs/nowhere.md"),
        ({"document": None}, "stands and has no document"),
        ({"app": None}, "is planned and has a page"),
    ],
)
def test_a_planted_loose_end_is_found(change, complaint):
    found = list(loose_ends(replace(STEPS[1], **change)))

    assert any(complaint in each for each in found)
