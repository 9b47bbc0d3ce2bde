"""Whatever happens in whatever order: the audit is intact, and one thing changed by hand is found."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from decapolis.city.audit.actions import note_reading, record
from decapolis.city.audit.files import Anchor
from decapolis.city.audit.models import BODIES_KEPT, Body, DeniedRequests, Entry
from decapolis.city.audit.queries import AtTheMachine, entries, last_entry, verify
from decapolis.city.audit.tests.tampering import unguarded
from decapolis.plumbing.acting import OPERATOR, Actor, action

VIEWER = AtTheMachine()
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
BEGINNING = datetime(2015, 1, 1, tzinfo=UTC)  # so early that the database, with its own clock, lets every body go
ACTORS = st.sampled_from([OPERATOR, Actor("person", "7"), Actor("person", "8"), Actor("job", "listening.recompute")])
SUBJECTS = st.integers(1, 3).map("listening.conversation:{}".format)


@action
def do_something(*, by: Actor, subject: str, error: type[Exception] | None) -> None:
    """Record, and fail after that where it is asked for."""
    if by.kind != "participant":
        record(by=by, act="listening.close_conversation", subject=subject)
    if error:
        raise error


class History(RuleBasedStateMachine):
    """An audit in a transaction that is rolled back at the end, and what we know must be in it."""

    freeze: Callable[[datetime], None]

    def __init__(self) -> None:
        super().__init__()
        self.atomic: AbstractContextManager[None] = transaction.atomic()
        self.atomic.__enter__()
        self.now = BEGINNING
        self.known: list[tuple[str, str, str]] = []
        self.denied = 0
        self.anchors: list[Anchor] = []
        type(self).freeze(self.now)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(by=ACTORS, subject=SUBJECTS)
    def act(self, by: Actor, subject: str) -> None:
        do_something(by=by, subject=subject, error=None)
        self.known.append((by.key, subject, "done"))

    @rule(by=ACTORS, subject=SUBJECTS)
    def fail(self, by: Actor, subject: str) -> None:
        with pytest.raises(ZeroDivisionError):
            do_something(by=by, subject=subject, error=ZeroDivisionError)

    @rule(by=ACTORS, subject=SUBJECTS)
    def be_denied(self, by: Actor, subject: str) -> None:
        with pytest.raises(PermissionDenied):
            do_something(by=by, subject=subject, error=PermissionDenied)
        self.known.append((by.key, "", "denied"))

    @rule(subject=SUBJECTS)
    def be_denied_as_participant(self, subject: str) -> None:
        with pytest.raises(PermissionDenied):
            do_something(by=Actor("participant"), subject=subject, error=PermissionDenied)
        self.denied += 1

    @rule(by=ACTORS, subject=SUBJECTS)
    def look(self, by: Actor, subject: str) -> None:
        note_reading(by=by, subject=subject)
        self.known.append((by.key, subject, "read"))

    @rule(days=st.integers(-3, 500))
    def let_time_pass(self, days: int) -> None:
        self.now += timedelta(days=days)
        type(self).freeze(self.now)

    @rule()
    def erase_what_is_old(self) -> None:
        with unguarded():
            Body.objects.filter(entry__day__lte=(self.now - BODIES_KEPT).date()).delete()

    @precondition(lambda self: self.known)
    @rule()
    def anchor(self) -> None:
        last = last_entry(VIEWER)
        assert last is not None
        day = self.now.date().isoformat()
        self.anchors.append(Anchor.sign(KEY, day=day, number=last.number, chain=last.chain))

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def change_one_thing_by_hand(self, data: st.DataObject) -> None:
        """It is found, and then undone."""
        number = data.draw(st.integers(1, len(self.known)))
        change = data.draw(st.sampled_from([change_entry, change_body, erase_young, delete]))
        with transaction.atomic():
            with unguarded():
                is_changed = change(number, self.now, len(self.known))
            assert (verify(VIEWER, self.anchors).state != "intact") == is_changed
            transaction.set_rollback(True)

    @invariant()
    def is_intact(self) -> None:
        verdict = verify(VIEWER, self.anchors)
        assert (verdict.state, verdict.entries) == ("intact", len(self.known)), verdict.sentence

    @invariant()
    def says_what_happened(self) -> None:
        lines = reversed(entries(VIEWER, size=1000).lines)
        for number, (line, known) in enumerate(zip(lines, self.known, strict=True), 1):
            assert line.number == number
            assert line.by is None or (line.by.key, line.subject, line.outcome) == known

    @invariant()
    def counts_participants_only(self) -> None:
        assert sum(day.count for day in DeniedRequests.objects.all()) == self.denied


def change_entry(number: int, _now: datetime, _last: int) -> bool:
    return bool(Entry.objects.filter(number=number).update(body_hash="e" * 64))


def change_body(number: int, _now: datetime, _last: int) -> bool:
    return bool(Body.objects.filter(entry=number).update(act="listening.open_conversation"))


def erase_young(number: int, now: datetime, _last: int) -> bool:
    young = Body.objects.filter(entry=number, entry__day__gt=(now - BODIES_KEPT).date())
    return bool(young.delete()[0])


def delete(number: int, _now: datetime, last: int) -> bool:
    """An entry that is not the last: of a tail that was cut only an anchor could know."""
    if number == last:
        return False
    Body.objects.filter(entry=number).delete()
    return bool(Entry.objects.filter(number=number).delete()[0])


@pytest.mark.slow
@pytest.mark.django_db
def test_any_history_is_intact_and_any_change_is_found(freeze_clock):
    History.freeze = staticmethod(freeze_clock)
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=10,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
