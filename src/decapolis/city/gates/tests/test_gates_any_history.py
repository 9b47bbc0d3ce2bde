"""Whatever is signed, refused, stopped and lifted in whatever order: a gate is open exactly when it may be."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from decapolis.city.access.public import ANYONE
from decapolis.city.gates.actions import Finding, GateClosed, lift, refuse, require_open, sign, stop
from decapolis.city.gates.declared import Kind, gate_of
from decapolis.city.gates.models import Stop
from decapolis.city.gates.queries import status
from decapolis.city.gates.tests.toys import TOY, make_actor

KINDS = {Kind.MANDATE: "toys", Kind.DATA_PROTECTION: TOY, Kind.DO_NO_HARM: TOY, Kind.EQUALITY: TOY}
ROLES = {Kind.MANDATE: "elected_member", Kind.DATA_PROTECTION: "data_protection_officer"}
FINDING = Finding("Because.", "Paper", "https://example.org/paper")


class History(RuleBasedStateMachine):
    """A toy and its step, and what we know of their gates."""

    freeze: Callable[[datetime], None]

    def __init__(self) -> None:
        super().__init__()
        self.atomic: AbstractContextManager[None] = transaction.atomic()
        self.atomic.__enter__()
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)
        self.until: dict[Kind, date] = {}
        self.stopped: set[str] = set()
        type(self).freeze(self.now)
        self.people = {kind: make_actor(kind, ROLES.get(kind, "overseer")) for kind in KINDS}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(kind=st.sampled_from(list(KINDS)))
    def agree(self, kind: Kind) -> None:
        sign(subject=KINDS[kind], kind=kind, finding=FINDING, by=self.people[kind])
        asked = next(each for each in gate_of(KINDS[kind]).requirements if each.kind == kind)
        self.until[kind] = self.now.date() + asked.valid

    @rule(kind=st.sampled_from(list(KINDS)))
    def disagree(self, kind: Kind) -> None:
        refuse(subject=KINDS[kind], kind=kind, finding=FINDING, by=self.people[kind])
        self.until.pop(kind, None)

    @rule()
    def agree_to_both_as_one(self) -> None:
        if Kind.EQUALITY in self.until:
            with pytest.raises(ValidationError):
                sign(subject=TOY, kind=Kind.DO_NO_HARM, finding=FINDING, by=self.people[Kind.EQUALITY])

    @rule(subject=st.sampled_from(["toys", TOY]))
    def stop_it(self, subject: str) -> None:
        if subject not in self.stopped:
            stop(subject=subject, reason="Wait.", by=self.people[Kind.EQUALITY])
            self.stopped.add(subject)

    @precondition(lambda self: self.stopped)
    @rule(data=st.data())
    def lift_it(self, data: st.DataObject) -> None:
        subject = data.draw(st.sampled_from(sorted(self.stopped)))
        row = Stop.objects.get(subject=subject, lifted_on=None)
        lift(stopped=row.pk, reason="Go on.", by=self.people[Kind.EQUALITY])
        self.stopped.remove(subject)

    @rule(days=st.integers(0, 200))
    def let_time_pass(self, days: int) -> None:
        self.now += timedelta(days=days)
        type(self).freeze(self.now)

    @invariant()
    def it_is_open_exactly_when_it_may_be(self) -> None:
        may = not self.stopped and all(self.until.get(kind, date.min) >= self.now.date() for kind in KINDS)
        assert all(status(ANYONE, subject).is_open for subject in ("toys", TOY)) == may
        with nullcontext() if may else pytest.raises(GateClosed):
            require_open(subject=TOY)


@pytest.mark.slow
@pytest.mark.django_db
def test_any_history(freeze_clock: Callable[[datetime], None]):
    History.freeze = staticmethod(freeze_clock)
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
