from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import F

from decapolis.city.audit.factories import make_entries
from decapolis.city.audit.files import Anchor
from decapolis.city.audit.models import FIRST_LINK, Body, Entry, hash_of_body, link
from decapolis.city.audit.queries import AtTheMachine, Verdict, last_entry, verify
from decapolis.city.audit.tests.tampering import unguarded

pytestmark = pytest.mark.django_db
OPERATOR = AtTheMachine()
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
LONG_AGO = datetime(2021, 5, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Nobody:
    def may(self, _permission: str, /) -> bool:
        return False


def anchor() -> Anchor:
    last = last_entry(OPERATOR)
    assert last is not None
    return Anchor.sign(KEY, day=last.day.isoformat(), number=last.number, chain=last.chain)


def found(*anchors: Anchor) -> tuple[str, int | None]:
    verdict = verify(OPERATOR, anchors)
    return verdict.state, verdict.entry


def rewrite(first: int) -> None:
    """Chain everything anew from an entry on, as one who knows how it is done."""
    previous = Entry.objects.filter(number=first - 1).values_list("chain", flat=True).first() or FIRST_LINK
    for body in Body.objects.filter(entry__gte=first).select_related("entry").order_by("entry"):
        parts = [str(getattr(body, part)) for part in Body.PARTS]
        entry = body.entry
        entry.body_hash = hash_of_body([parts[0].removesuffix("+00:00"), *parts[1:]])
        entry.chain = previous = link(previous, entry.number, entry.day.isoformat(), entry.body_hash)
        entry.save()


def delete(*numbers: int) -> None:
    Body.objects.filter(entry__in=numbers).delete()
    Entry.objects.filter(number__in=numbers).delete()


def swap(one: int, other: int) -> None:
    """Let two entries change places, with all that is in them."""
    first, second = (Body.objects.select_related("entry").get(pk=number) for number in (one, other))
    for body, number in ((first, other), (second, one)):
        body.entry_id = body.entry.number = number
        body.entry.save()
        body.save()


def test_verify_an_empty_audit_is_intact():
    sentence = "The audit is intact: 0 entries, 0 of them without body."
    assert verify(OPERATOR) == Verdict("intact", entries=0, erased=0, sentence=sentence)


def test_verify_what_was_only_recorded_is_intact():
    make_entries(5)
    assert verify(OPERATOR, [anchor()]).entries == 5
    assert found(anchor()) == ("intact", None)


@pytest.mark.parametrize("column", [part for part in Body.PARTS if part != "at"])
def test_verify_finds_an_edited_body(column):
    make_entries(4)
    with unguarded():
        Body.objects.filter(entry=3).update(**{column: {"actor_kind": "job", "outcome": "read"}.get(column, "x")})
    assert found() == ("broken", 3)


def test_verify_finds_what_is_no_text():
    if connection.vendor == "postgresql":
        pytest.skip("only SQLite lets bytes stand where text belongs")
    make_entries(4)
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_body SET act = CAST(act AS BLOB) WHERE entry_id = 3")
    assert found() == ("broken", 3)


def test_verify_finds_another_time_in_a_body():
    make_entries(4)
    with unguarded():
        Body.objects.filter(entry=3).update(at=F("at") + timedelta(seconds=1))
    assert found() == ("broken", 3)


@pytest.mark.parametrize("change", [{"day": "2020-01-01"}, {"body_hash": "e" * 64}, {"chain": "f" * 64}])
def test_verify_finds_an_edited_entry(change):
    make_entries(4)
    with unguarded():
        Entry.objects.filter(number=3).update(**change)
    assert found() == ("broken", 3)


def test_verify_finds_an_edited_body_whose_hash_was_made_to_fit():
    make_entries(4)
    with unguarded():
        Body.objects.filter(entry=3).update(act="listening.open_conversation")
        rewrite(first=3)
        Entry.objects.filter(number=4).update(chain="f" * 64)
    assert found() == ("broken", 4)


@pytest.mark.parametrize("number", [1, 3])
def test_verify_finds_a_deleted_entry(number):
    make_entries(4)
    with unguarded():
        delete(number)
    assert found() == ("gap", number)


def test_verify_finds_swapped_entries():
    make_entries(4)
    with unguarded():
        swap(2, 3)
    assert found() == ("broken", 2)


def test_verify_finds_an_entry_that_was_put_in():
    make_entries(2)
    with unguarded():
        Entry.objects.create(number=3, day="2020-01-01", body_hash="a" * 64, chain="b" * 64)
    assert found() == ("broken", 3)


def test_verify_knows_of_a_cut_tail_by_an_anchor_alone():
    make_entries(5)
    signed = anchor()
    with unguarded():
        delete(4, 5)
    assert found() == ("intact", None)
    assert found(signed) == ("anchor", 4)
    assert "on " + signed.day + " entry 5 was anchored" in verify(OPERATOR, [signed]).sentence


def test_verify_knows_of_an_emptied_audit_by_an_anchor():
    make_entries(2)
    signed = anchor()
    with unguarded():
        delete(1, 2)
    assert found(signed) == ("anchor", 1)


def test_verify_knows_of_a_rewritten_chain_by_an_anchor_alone():
    make_entries(3)
    signed = anchor()
    make_entries(2)
    with unguarded():
        Body.objects.filter(entry=2).update(act="listening.open_conversation")
        rewrite(first=2)
    assert found() == ("intact", None)
    assert found(signed) == ("anchor", 3)


def test_verify_looks_at_each_of_several_anchors_of_an_entry():
    make_entries(3)
    signed = anchor()
    assert found(signed, replace(signed, day="2026-04-01")) == ("intact", None)
    assert found(signed, replace(signed, chain="e" * 64)) == ("anchor", 3)


def test_verify_is_intact_without_bodies_whose_time_is_over(freeze_clock):
    freeze_clock(LONG_AGO)
    make_entries(3)
    freeze_clock(LONG_AGO + timedelta(days=730))
    make_entries(1)
    with unguarded():
        Body.objects.filter(entry__in=(1, 2)).delete()
    verdict = verify(OPERATOR, [anchor()])
    assert (verdict.state, verdict.entries, verdict.erased) == ("intact", 4, 2)


def test_verify_finds_a_body_that_went_a_day_too_early(freeze_clock):
    freeze_clock(LONG_AGO)
    make_entries(3)
    freeze_clock(LONG_AGO + timedelta(days=729))
    with unguarded():
        Body.objects.filter(entry=2).delete()
    assert found() == ("broken", 2)


def test_verify_finds_an_edited_entry_whose_body_was_erased(freeze_clock):
    freeze_clock(LONG_AGO)
    make_entries(3)
    freeze_clock(LONG_AGO + timedelta(days=800))
    with unguarded():
        Body.objects.all().delete()
        Entry.objects.filter(number=2).update(body_hash="e" * 64)
    assert found() == ("broken", 2)


def test_verify_is_intact_when_the_clock_went_back(freeze_clock):
    freeze_clock(LONG_AGO)
    make_entries(2)
    freeze_clock(LONG_AGO - timedelta(hours=30))
    assert make_entries(2) == [3, 4]
    assert found(anchor()) == ("intact", None)


def test_verify_asks_the_database_once(django_assert_num_queries):
    make_entries(60)
    with django_assert_num_queries(1):
        verify(OPERATOR, [anchor_of_nothing()])


def anchor_of_nothing() -> Anchor:
    return Anchor.sign(KEY, day="2026-01-01", number=1, chain="")


def test_verify_is_for_those_who_may():
    with pytest.raises(PermissionDenied):
        verify(Nobody())
