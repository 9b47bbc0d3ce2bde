"""Drafts: found by their account alone, sealed, replaced, bounded, and gone after 30 days."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from decapolis.plumbing import clock
from decapolis.plumbing.acting import act
from decapolis.plumbing.drafts import store
from decapolis.plumbing.drafts.models import Draft
from decapolis.plumbing.drafts.sealing import Content, place_of
from decapolis.plumbing.dues import due, rules_of

pytestmark = pytest.mark.django_db

WORDS = {"what": ["Two groups argue at the stop · خلاف"]}


def keep(account=1, key="signal", typed=WORDS):
    store.keep(Content(account, key, typed))


def test_draft_is_found_by_its_account_and_form():
    keep()

    found = store.kept(1, "signal")

    assert found is not None
    assert (found.typed, found.kept_on) == (WORDS, clock.today())


@pytest.mark.parametrize(("account", "key"), [(2, "signal"), (1, "other")])
def test_draft_is_found_by_nobody_else(account, key):
    keep()

    assert store.kept(account, key) is None


def test_new_draft_takes_the_place_of_the_old_one():
    keep()
    keep(typed={"what": ["Shorter"]})

    assert Draft.objects.count() == 1
    found = store.kept(1, "signal")
    assert found is not None
    assert found.typed == {"what": ["Shorter"]}


def test_table_says_neither_what_was_typed_nor_into_what():
    keep(key="support-case:17")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM drafts_draft")
        row = " ".join(map(str, cursor.fetchone()))

    assert [word for word in ("argue", "support", "17:") if word in row] == []


def test_row_given_to_another_account_or_form_opens_for_nobody():
    keep()
    with act():
        Draft.objects.update(account=2, place=place_of(2, "signal"))
    assert store.kept(2, "signal") is None
    with act():
        Draft.objects.update(account=1, place=place_of(1, "other"))
    assert store.kept(1, "other") is None


def test_row_that_was_changed_opens_for_nobody():
    keep()
    with act():
        Draft.objects.update(sealed="gAAAA" + Draft.objects.get().sealed[5:-4] + "AAAA")

    assert store.kept(1, "signal") is None


def test_hundred_drafts_are_kept_of_an_account_and_the_oldest_gives_way():
    keep(account=2)
    for number in range(store.MOST + 1):
        keep(key=f"form {number}")

    assert Draft.objects.filter(account=1).count() == store.MOST
    assert store.kept(1, "form 0") is None
    assert store.kept(1, f"form {store.MOST}") is not None
    assert store.kept(2, "signal") is not None


@pytest.mark.parametrize(("age", "stays"), [(29, True), (30, False)])
def test_draft_goes_after_thirty_days(age, stays, freeze_clock):
    keep()
    freeze_clock(clock.now() + timedelta(days=age))

    assert (store.kept(1, "signal") is not None) is stays
    (rule,) = rules_of(Draft, Draft.fates)
    assert due(rule, clock.today(), rule.fate.after).exists() is not stays


def test_forgotten_draft_is_gone():
    keep()
    keep(key="other")

    store.forget(1, "signal")

    assert store.kept(1, "signal") is None
    assert store.kept(1, "other") is not None


def test_draft_without_content_cannot_be_stored():
    keep()
    with pytest.raises(IntegrityError, match="drafts_draft_is_sealed"), act(), transaction.atomic():
        Draft.objects.update(sealed="")


def test_form_has_one_draft():
    keep()
    with pytest.raises(IntegrityError), act(), transaction.atomic():
        Draft.objects.create(account=1, place=place_of(1, "signal"), sealed="x", kept_on=clock.today())
