from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from decapolis.city.audit.actions import note_reading, record
from decapolis.city.audit.factories import make_entries
from decapolis.city.audit.models import Body, DeniedRequests, Entry
from decapolis.city.audit.queries import AtTheMachine, verify
from decapolis.plumbing.acting import OPERATOR, Actor, act, action

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
THREADS, ACTS = 4, 25
PERSON = Actor("person", "7")


@action
def do_something(*, by: Actor, worker: int, fails: bool) -> None:
    """Write what no other thread writes, record, and sometimes be denied after that."""
    DeniedRequests.objects.update_or_create(day=date(2001, 1, 1 + worker), defaults={"count": 1})
    record(by=by, act="listening.close_conversation", subject="listening.conversation:3")
    if fails:
        raise PermissionDenied


def act_often(worker: int) -> None:
    try:
        for turn in range(ACTS):
            try:
                do_something(by=PERSON, worker=worker, fails=turn % 5 == worker % 5)
            except PermissionDenied:
                note_reading(by=PERSON, subject="listening.conversation:3")
    finally:
        connection.close()


def test_many_that_append_at_once_leave_no_gap():
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(act_often, range(THREADS)))
    denied = THREADS * ACTS // 5
    assert verify(AtTheMachine()).state == "intact"
    assert Entry.objects.count() == THREADS * ACTS + denied  # each denied act leaves a denial and a reading
    by_outcome = [Body.objects.filter(outcome=outcome).count() for outcome in ("done", "denied", "read")]
    assert by_outcome == [THREADS * ACTS - denied, denied, denied]


def test_an_act_waits_for_the_one_that_has_recorded_but_not_ended():
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            make_entries(1)
            waiting = pool.submit(append_elsewhere)
            assert not waiting.done()
        assert waiting.result(timeout=20) == [2]


def append_elsewhere() -> list[int]:
    try:
        return make_entries(1, by=OPERATOR)
    finally:
        connection.close()


def test_the_database_refuses_a_second_entry_of_one_number():
    make_entries(1)
    with pytest.raises(IntegrityError), act():
        Entry.objects.create(number=1, day="2026-03-01", body_hash="a" * 64, chain="b" * 64)
