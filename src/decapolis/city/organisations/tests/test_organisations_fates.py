"""What becomes of organisations: two years after they were last known to be right they go, with all of their rows."""

from datetime import timedelta

import pytest

from decapolis.city.organisations.models import KEPT_FOR, LISTED_FOR, Offer, Organisation, SpokenLanguage
from decapolis.plumbing.fates import Erase, faults


@pytest.mark.parametrize("model", [Organisation, Offer, SpokenLanguage])
def test_every_field_is_erased_after_two_years(model):
    assert not list(faults(model))
    assert {type(fate) for fate in model.fates.values()} == {Erase}
    assert {fate.after for fate in model.fates.values()} == {timedelta(days=730)}


@pytest.mark.parametrize(
    ("model", "since"),
    [
        (Organisation, "current_on"),
        (Offer, "organisation__current_on"),
        (SpokenLanguage, "organisation__current_on"),
    ],
)
def test_rows_go_with_their_organisation(model, since):
    assert {fate.since for fate in model.fates.values()} == {since}


def test_it_leaves_the_directory_before_it_is_erased():
    assert LISTED_FOR < KEPT_FOR
