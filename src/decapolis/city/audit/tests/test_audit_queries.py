from datetime import timedelta

import pytest

from decapolis.city.audit.actions import note_denial, note_reading
from decapolis.city.audit.factories import make_entries
from decapolis.city.audit.models import Body
from decapolis.city.audit.public import Filters, denied_requests, entries, happenings, readings
from decapolis.city.audit.queries import HEARD, AtTheMachine, last_entry
from decapolis.city.audit.tests.tampering import unguarded
from decapolis.plumbing.acting import OPERATOR as OPERATOR_ACTS
from decapolis.plumbing.acting import Actor
from decapolis.plumbing.clock import today

pytestmark = pytest.mark.django_db
OPERATOR = AtTheMachine()
PERSON = Actor("person", "7")


class Overseer:
    def may(self, permission: str, /) -> bool:
        return permission == "audit.read"


class Member:
    def may(self, permission: str, /) -> bool:
        return permission == "listening.import"


def numbers(filters: Filters, viewer: object = OPERATOR) -> list[int]:
    return [line.number for line in entries(viewer, filters).lines]  # type: ignore[arg-type]  # any of the viewers above


def test_entries_come_newest_first_in_pages():
    make_entries(5)
    first = entries(OPERATOR, size=2)
    second = entries(OPERATOR, before=first.older, size=2)
    third = entries(OPERATOR, before=second.older, size=2)
    assert [[line.number for line in page.lines] for page in (first, second, third)] == [[5, 4], [3, 2], [1]]
    assert third.older is None


def test_entries_do_not_move_while_others_are_added():
    make_entries(4)
    first = entries(OPERATOR, size=2)
    make_entries(3)
    assert [line.number for line in entries(OPERATOR, before=first.older, size=2).lines] == [2, 1]


def test_entries_exactly_a_page_have_no_older():
    make_entries(2)
    assert entries(OPERATOR, size=2).older is None


@pytest.mark.parametrize("rows", [1, 100])
def test_entries_ask_the_database_once(rows, django_assert_num_queries):
    make_entries(rows)
    with django_assert_num_queries(1):
        entries(OPERATOR, Filters(act="listening.close_conversation"))


def test_entries_say_what_happened(frozen_clock):
    make_entries(1, by=PERSON)
    (line,) = entries(OPERATOR).lines
    assert (line.number, line.day, line.at) == (1, frozen_clock.date(), frozen_clock)
    assert (line.by, line.act, line.outcome) == (PERSON, "listening.close_conversation", "done")
    assert line.subject == "listening.conversation:1"


def test_entries_by_who_what_and_outcome():
    make_entries(2)
    make_entries(1, by=PERSON)
    note_denial(by=PERSON, act="listening.import_conversation")
    assert numbers(Filters(by=PERSON)) == [4, 3]
    assert numbers(Filters(by=OPERATOR_ACTS)) == [2, 1]
    assert numbers(Filters(subject="listening.conversation:1")) == [3, 1]
    assert numbers(Filters(act="listening.import_conversation")) == [4]
    assert numbers(Filters(outcome="denied", by=PERSON)) == [4]
    assert numbers(Filters(outcome="denied", by=OPERATOR_ACTS)) == []


def test_entries_by_day(freeze_clock, frozen_clock):
    for day in range(3):
        freeze_clock(frozen_clock + timedelta(days=day))
        make_entries(1)
    first = frozen_clock.date()
    assert numbers(Filters(since=first + timedelta(days=1))) == [3, 2]
    assert numbers(Filters(until=first)) == [1]
    assert numbers(Filters(since=first, until=first + timedelta(days=1))) == [2, 1]


def test_entries_show_that_a_body_was_erased():
    make_entries(2)
    with unguarded():
        Body.objects.filter(entry=1).delete()
    line = entries(OPERATOR).lines[1]
    assert (line.number, line.at, line.by, line.act) == (1, None, None, "")
    assert numbers(Filters(act="listening.close_conversation")) == [2]


def test_readings_say_who_looked_at_a_record_and_nothing_else():
    make_entries(1)
    for subject in ("listening.conversation:1", "listening.conversation:11", "listening.conversation:1"):
        note_reading(by=PERSON, subject=subject)
    assert [line.number for line in readings(OPERATOR, "listening.conversation:1")] == [4, 2]


def test_those_who_may_read_the_audit_do():
    make_entries(2)
    assert numbers(Filters(), Overseer()) == [2, 1]


def test_those_who_may_not_see_nothing():
    make_entries(2)
    note_reading(by=PERSON, subject="listening.conversation:1")
    note_denial(by=Actor("participant"), act="listening.vote")
    viewer = Member()
    assert entries(viewer).lines == ()
    assert readings(viewer, "listening.conversation:1") == ()
    assert last_entry(viewer) is None
    assert not denied_requests(viewer).exists()
    assert denied_requests(OPERATOR).get().count == 1


HEARD_OF = {"listening.close_conversation": "listening.import", "listening.read": "listening.import"}


def test_happenings_tell_what_was_done_and_not_by_whom():
    make_entries(2, by=PERSON)
    found = happenings(Member(), HEARD_OF, since=today())
    assert [(each.day, each.act, each.subject) for each in found] == [
        (today(), "listening.close_conversation", "listening.conversation:2"),
        (today(), "listening.close_conversation", "listening.conversation:1"),
    ]
    assert not any(hasattr(each, name) for each in found for name in ("by", "at"))


def test_happenings_are_told_to_whoever_may_hear_of_them():
    make_entries(1)
    assert happenings(Overseer(), HEARD_OF, since=today()) == ()


def test_happenings_are_acts_that_were_done_and_that_are_asked_for():
    make_entries(1)
    note_denial(by=PERSON, act="listening.close_conversation")
    note_reading(by=PERSON, subject="listening.conversation:1")
    assert len(happenings(OPERATOR, HEARD_OF, since=today())) == 1
    assert happenings(OPERATOR, {"places.import_places": "x"}, since=today()) == ()


def test_happenings_are_of_the_days_that_are_asked_for_and_a_hundred_at_most(monkeypatch):
    make_entries(HEARD + 1)
    assert happenings(OPERATOR, HEARD_OF, since=today() + timedelta(days=1)) == ()
    assert len(happenings(OPERATOR, HEARD_OF, since=today())) == HEARD
    monkeypatch.setattr("decapolis.city.audit.queries.LOOKED_AT", 3)
    assert len(happenings(OPERATOR, HEARD_OF, since=today())) == 3
