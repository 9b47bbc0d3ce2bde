"""Whatever happens in whatever order: what is due and not held is gone after a purge, and nothing else is."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from decapolis.city.access.factories import as_actor, make_member
from decapolis.city.access.models import Membership
from decapolis.city.people.factories import make_account
from decapolis.city.retention.actions import Wish, ask_for_hold, confirm_hold, decide_period, end_hold
from decapolis.city.retention.models import Certificate, CertificateLine
from decapolis.city.retention.public import purge
from decapolis.plumbing.acting import OPERATOR, Actor, act

RULE = "access.membership.erase"
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)  # so early that the database, with its own clock, lets old bodies go


class History(RuleBasedStateMachine):
    """Memberships with their last days, holds of them, and what we know must be left."""

    freeze: Callable[[datetime], None]

    def __init__(self) -> None:
        super().__init__()
        self.atomic: AbstractContextManager[None] = transaction.atomic()
        self.atomic.__enter__()
        self.now, self.after, self.gone = BEGINNING, 730, 0
        self.ends: dict[int, date] = {}
        self.holds: dict[int, tuple[int, date, bool]] = {}
        type(self).freeze(self.now)
        with act():
            self.asks, self.confirms = (self.colleague(role) for role in ("coordinator", "overseer"))
            Membership.objects.update(ends_on=date(2100, 1, 1))

    def colleague(self, role: str) -> Actor:
        return as_actor(make_member(make_account(role), role))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(ago=st.integers(0, 900))
    def add(self, ago: int) -> None:
        ends_on = self.now.date() - timedelta(days=ago)
        with act():
            row = make_member(make_account(f"n{len(self.ends)}{self.gone}"), "analyst").memberships.get()
            Membership.objects.filter(pk=row.pk).update(starts_on=ends_on, ends_on=ends_on)
        self.ends[row.pk] = ends_on

    @precondition(lambda self: self.ends)
    @rule(data=st.data(), days=st.integers(0, 366))
    def hold(self, data: st.DataObject, days: int) -> None:
        row, ends_on = data.draw(st.sampled_from(sorted(self.ends))), self.now.date() + timedelta(days=days)
        made = ask_for_hold(wish=Wish(RULE, ends_on, "A court asked.", str(row)), by=self.asks)
        self.holds[made.pk] = row, ends_on, False

    @precondition(lambda self: any(not confirmed for *_, confirmed in self.holds.values()))
    @rule(data=st.data())
    def confirm(self, data: st.DataObject) -> None:
        waiting = sorted(hold for hold, (*_, confirmed) in self.holds.items() if not confirmed)
        hold = data.draw(st.sampled_from(waiting))
        confirm_hold(hold=hold, by=self.confirms)
        self.holds[hold] = *self.holds[hold][:2], True

    @precondition(lambda self: self.holds)
    @rule(data=st.data())
    def end(self, data: st.DataObject) -> None:
        hold = data.draw(st.sampled_from(sorted(self.holds)))
        end_hold(hold=hold, by=self.asks)
        del self.holds[hold]

    @rule(days=st.integers(0, 900))
    def decide(self, days: int) -> None:
        decide_period(rule=RULE, days=days, reason="Because.", by=self.asks)
        self.after = days

    @rule(days=st.integers(0, 400))
    def let_time_pass(self, days: int) -> None:
        self.now += timedelta(days=days)
        type(self).freeze(self.now)
        with act():  # those who decide are still there
            Membership.objects.exclude(pk__in=self.ends).update(starts_on=self.now.date())

    @rule()
    def erase(self) -> None:
        today = self.now.date()
        held = {row for row, ends_on, confirmed in self.holds.values() if confirmed and ends_on >= today}
        due = {row for row, last in self.ends.items() if last + timedelta(days=self.after) < today} - held
        purge(on=today, by=OPERATOR)
        self.gone += len(due)
        self.ends = {row: last for row, last in self.ends.items() if row not in due}
        self.holds = {hold: facts for hold, facts in self.holds.items() if facts[0] in self.ends}

    @invariant()
    def what_is_left_is_what_must_be(self) -> None:
        left = Membership.objects.filter(role="analyst").values_list("pk", flat=True)
        assert set(left) == set(self.ends)

    @invariant()
    def certificates_count_what_went(self) -> None:
        counts = CertificateLine.objects.filter(rule=RULE).values_list("count", flat=True)
        assert sum(counts) == self.gone
        assert not Certificate.objects.filter(finished_on=None).exists()


@pytest.mark.slow
@pytest.mark.django_db
def test_any_history(freeze_clock: Callable[[datetime], None]):
    History.freeze = staticmethod(freeze_clock)
    run_state_machine_as_test(
        History,
        settings=settings(
            deadline=None,
            max_examples=10,
            stateful_step_count=20,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
