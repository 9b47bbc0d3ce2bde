"""Times that a city decides on, and holds: who may, how long, and what they stop."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404

from decapolis.city.access.factories import as_actor, make_member
from decapolis.city.access.models import Membership
from decapolis.city.access.public import Viewer
from decapolis.city.people.factories import make_account
from decapolis.city.people.models import Account
from decapolis.city.retention.actions import (
    LONGEST_HOLD,
    Wish,
    ask_for_hold,
    confirm_hold,
    decide_period,
    end_hold,
    open_certificate,
    purge_batch,
)
from decapolis.city.retention.models import Certificate, CertificateLine, Hold, Period
from decapolis.city.retention.public import purge
from decapolis.city.retention.queries import certificates, proof, standings
from decapolis.city.retention.tests.test_purge import TODAY, TWO_YEARS, make_old_member
from decapolis.plumbing.acting import OPERATOR, Actor, act
from decapolis.plumbing.dues import Rule
from decapolis.plumbing.fates import Blur, Scrub, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock")]

RULE = "access.membership.erase"
OF_RESIDENTS = "listening.vote.erase"
OVERSIGHT = Viewer("operator")


def member(name: str, role: str) -> Actor:
    with act():
        return as_actor(make_member(make_account(name), role))


@pytest.fixture
def coordinator() -> Actor:
    return member("Mina", "coordinator")


@pytest.fixture
def overseer() -> Actor:
    return member("Ada", "overseer")


@pytest.fixture
def due_member() -> Membership:
    return make_old_member("Idris", ended=TODAY - TWO_YEARS - timedelta(days=1))


def wish(rule: str = RULE, *, ends_on: date = TODAY + timedelta(days=30), row: object = "") -> Wish:
    return Wish(rule, ends_on, "A court asked to see them.", str(row))


def opened_certificate() -> Certificate:
    """The certificate of a purge that has just begun."""
    opened = open_certificate(due_on=TODAY, by=OPERATOR)
    assert opened is not None
    return opened


class TestPeriods:
    def test_a_shorter_one_needs_no_reason_and_is_kept_to(self, coordinator):
        row = make_old_member("Idris", ended=TODAY - timedelta(days=31))

        decide_period(rule=RULE, days=30, reason="", by=coordinator)

        assert purge(on=TODAY, by=OPERATOR) is not None
        assert not Membership.objects.filter(pk=row.pk).exists()

    def test_a_longer_one_says_why_in_public(self, coordinator, due_member):
        decide_period(rule=RULE, days=800, reason=" The auditor looks at three years. ", by=coordinator)

        assert purge(on=TODAY, by=OPERATOR) is None
        standing = next(each for each in standings(OVERSIGHT) if each.rule.key == RULE)
        assert (standing.after, standing.reason) == (timedelta(days=800), "The auditor looks at three years.")

    @pytest.mark.parametrize(
        ("rule", "days", "reason", "why"),
        [
            (RULE, 800, " ", "say why"),
            (RULE, -1, "x", "0 or more"),
            (OF_RESIDENTS, 1, "for research", "never kept longer"),
            ("listening.person.erase", 1, "", "no such rule"),
        ],
    )
    def test_what_cannot_be_decided(self, coordinator, rule, days, reason, why):
        with pytest.raises(ValidationError, match=why):
            decide_period(rule=rule, days=days, reason=reason, by=coordinator)
        assert not Period.objects.exists()

    def test_deciding_twice_leaves_the_last(self, coordinator):
        for number in (100, 50):
            decide_period(rule=RULE, days=number, reason="", by=coordinator)
        assert Period.objects.get().days == 50

    def test_only_who_may(self, overseer):
        with pytest.raises(PermissionDenied):
            decide_period(rule=RULE, days=30, reason="", by=overseer)


class TestHolds:
    def test_a_hold_counts_once_a_second_person_confirmed_it(self, coordinator, overseer, due_member):
        hold = ask_for_hold(wish=wish(), by=coordinator)
        confirm_hold(hold=hold.pk, by=overseer)

        assert purge(on=TODAY, by=OPERATOR) is None
        assert next(each for each in standings(OVERSIGHT) if each.rule.key == RULE).holds == (hold,)

    def test_a_hold_that_nobody_confirmed_stops_nothing(self, coordinator, due_member):
        ask_for_hold(wish=wish(), by=coordinator)

        assert purge(on=TODAY, by=OPERATOR) is not None

    def test_a_hold_ends_by_itself(self, coordinator, overseer, due_member):
        hold = ask_for_hold(wish=wish(ends_on=TODAY), by=coordinator)
        confirm_hold(hold=hold.pk, by=overseer)

        assert purge(on=TODAY, by=OPERATOR) is None
        assert purge(on=TODAY + timedelta(days=1), by=OPERATOR) is not None

    def test_a_hold_of_one_row_leaves_the_others_and_keeps_what_it_hangs_on(self, coordinator, overseer):
        kept = make_old_member("Idris", ended=TODAY - TWO_YEARS - timedelta(days=1), left=TODAY - TWO_YEARS)
        other = make_old_member("Tom", ended=TODAY - TWO_YEARS - timedelta(days=1), left=TODAY - TWO_YEARS)
        hold = ask_for_hold(wish=wish(row=kept.pk), by=coordinator)
        confirm_hold(hold=hold.pk, by=overseer)

        purge(on=TODAY, by=OPERATOR)

        assert Membership.objects.filter(pk=kept.pk).exists()
        assert Account.objects.filter(pk=kept.account_id).exists()
        assert not Account.objects.filter(pk=other.account_id).exists()

    def test_a_hold_that_was_ended_stops_nothing(self, coordinator, overseer, due_member, freeze_clock, frozen_clock):
        early, late = (ask_for_hold(wish=wish(), by=coordinator) for _ in range(2))
        confirm_hold(hold=early.pk, by=overseer)
        end_hold(hold=early.pk, by=coordinator)
        freeze_clock(frozen_clock + timedelta(days=1))
        end_hold(hold=late.pk, by=coordinator)

        assert Hold.objects.get().ends_on == TODAY
        assert purge(on=TODAY + timedelta(days=1), by=OPERATOR) is not None

    def test_nobody_confirms_what_they_asked_for(self):
        officer = member("Noor", "data_protection_officer")
        hold = ask_for_hold(wish=wish(), by=officer)

        with pytest.raises(ValidationError, match="did not ask"):
            confirm_hold(hold=hold.pk, by=officer)

    @pytest.mark.parametrize(
        ("wanted", "why"),
        [
            (wish(OF_RESIDENTS), "Nothing that residents said"),
            (wish("listening.participant.erase"), "Nothing that residents said"),
            (wish(ends_on=TODAY - timedelta(days=1)), "within a year"),
            (wish(ends_on=TODAY + LONGEST_HOLD + timedelta(days=1)), "within a year"),
            (Wish(RULE, TODAY, " "), "Say why"),
            (wish("no.such.rule"), "no such rule"),
        ],
    )
    def test_what_cannot_be_held(self, coordinator, wanted, why):
        with pytest.raises(ValidationError, match=why):
            ask_for_hold(wish=wanted, by=coordinator)

    def test_only_who_may(self, coordinator, overseer):
        hold = ask_for_hold(wish=wish(), by=coordinator)
        for deed in (
            lambda: ask_for_hold(wish=wish(), by=overseer),
            lambda: confirm_hold(hold=hold.pk, by=coordinator),
            lambda: end_hold(hold=hold.pk, by=overseer),
        ):
            with pytest.raises(PermissionDenied):
                deed()

    @pytest.mark.parametrize(
        "changes", [{"reason": ""}, {"ends_on": TODAY - timedelta(days=9)}, {"confirmed_by": "same"}]
    )
    def test_the_database_refuses_a_hold_that_cannot_be(self, coordinator, changes):
        hold = ask_for_hold(wish=wish(), by=coordinator)
        if "confirmed_by" in changes:
            changes = {"confirmed_by": hold.asked_by_id}
        with pytest.raises(IntegrityError), act(), transaction.atomic():
            Hold.objects.filter(pk=hold.pk).update(**changes)


class TestValues:
    def test_a_scrubbed_value_is_empty_and_the_row_stays(self, due_member):
        rule = Rule(Membership, Scrub(after=days(10), since="ends_on"), "reason")
        opened = opened_certificate()

        assert [purge_batch(certificate=opened, rule=rule, by=OPERATOR) for _ in range(2)] == [1, 0]

        assert Membership.objects.get(pk=due_member.pk).reason == ""
        assert CertificateLine.objects.get().rule == "access.membership.reason.scrub"

    def test_a_scrubbed_value_that_may_be_nothing_is_nothing(self, due_member):
        with act():
            Membership.objects.filter(pk=due_member.pk).update(confirmed_on=TODAY)
        rule = Rule(Membership, Scrub(after=days(10), since="ends_on"), "confirmed_on")

        purge_batch(certificate=opened_certificate(), rule=rule, by=OPERATOR)

        assert Membership.objects.get(pk=due_member.pk).confirmed_on is None

    @pytest.mark.parametrize(("into", "expected"), [("month", date(2024, 2, 1)), ("year", date(2024, 1, 1))])
    def test_a_blurred_day_is_a_month_or_a_year(self, due_member, into, expected):
        with act():
            Membership.objects.filter(pk=due_member.pk).update(given_on=date(2024, 2, 28))
        rule = Rule(Membership, Blur(after=days(10), since="ends_on", into=into), "given_on")
        opened = opened_certificate()

        assert [purge_batch(certificate=opened, rule=rule, by=OPERATOR) for _ in range(2)] == [1, 0]
        assert Membership.objects.get(pk=due_member.pk).given_on == expected


class TestReading:
    def test_certificates_are_for_those_who_look_after_them(self, due_member):
        made = purge(on=TODAY, by=OPERATOR)
        assert made is not None
        facilitator = Viewer("person", permissions=frozenset())

        (line,) = proof(OVERSIGHT, made.pk).lines
        assert (line.called, line.count, line.days) == ("Roles of colleagues that have ended", 1, 730)
        assert proof(OVERSIGHT, made.pk).backups_until == TODAY + timedelta(days=35)
        assert not certificates(facilitator).exists()
        with pytest.raises(Http404):
            proof(facilitator, made.pk)

    def test_one_that_still_runs_is_not_shown(self, due_member):
        opened = opened_certificate()

        with pytest.raises(Http404):
            proof(OVERSIGHT, opened.pk)

    def test_standings_are_for_everybody_but_what_is_due_for_those_who_look_after_it(self, due_member):
        assert {each.rule.key: each.due for each in standings(OVERSIGHT) if each.due} == {RULE: 1}
        assert {each.due for each in standings(Viewer("anyone"))} == {None}

    def test_every_rule_has_words(self):
        for each in standings(OVERSIGHT):
            assert each.called not in (each.rule.kind, f"{each.rule.kind}.{each.rule.field}")
            assert each.since
            assert each.becomes
