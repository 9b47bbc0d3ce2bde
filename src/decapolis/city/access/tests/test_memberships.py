"""Memberships: nobody gives a role to themselves, a second person confirms, police and listening are apart."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from decapolis.city.access.actions import LONGEST, Term, confirm_role, end_role, give_role, invite_colleague
from decapolis.city.access.factories import as_actor, make_member
from decapolis.city.access.models import Membership
from decapolis.city.access.permissions import OF_EVERYBODY, Permission
from decapolis.city.access.queries import holders, may, needs_two, permissions_of, require
from decapolis.city.access.roles import BY_KEY, ROLES, conflict
from decapolis.city.audit.models import Body
from decapolis.city.people.factories import make_account
from decapolis.city.people.models import Account
from decapolis.plumbing import clock
from decapolis.plumbing.acting import OPERATOR, Actor, act

pytestmark = pytest.mark.django_db


def term(days: int = 90) -> Term:
    return Term(clock.today(), clock.today() + timedelta(days=days))


@pytest.fixture
def city() -> dict[str, Account]:
    """A city that is set up: two administrators and a coordinator."""
    with act():
        return {
            "first": make_member(make_account("First Admin"), "administrator"),
            "second": make_member(make_account("Second Admin"), "administrator"),
            "coordinator": make_member(make_account("Mina Roos"), "coordinator"),
            "newcomer": make_account("Karim B"),
        }


def test_role_counts_only_when_a_second_person_confirmed(city: dict[str, Account]):
    newcomer = city["newcomer"]
    given = give_role(account=newcomer, role="analyst", term=term(), by=as_actor(city["first"]))
    assert permissions_of(newcomer.pk) == OF_EVERYBODY

    confirm_role(membership=given.pk, by=as_actor(city["coordinator"]))

    assert permissions_of(newcomer.pk) == OF_EVERYBODY | BY_KEY["analyst"].permissions


def test_role_is_not_confirmed_by_its_giver_nor_its_holder(city: dict[str, Account]):
    given = give_role(account=city["coordinator"], role="administrator", term=term(), by=as_actor(city["first"]))

    for wrong in ("first", "coordinator"):
        with pytest.raises(ValidationError, match="neither gave it nor receives it"):
            confirm_role(membership=given.pk, by=as_actor(city[wrong]))
    assert confirm_role(membership=given.pk, by=as_actor(city["second"])).confirmed_on == clock.today()


def test_nobody_gives_a_role_to_themselves(city: dict[str, Account]):
    with pytest.raises(ValidationError, match="Nobody gives a role to themselves"):
        give_role(account=city["first"], role="analyst", term=term(), by=as_actor(city["first"]))


def test_only_those_who_may_give_and_confirm(city: dict[str, Account]):
    with pytest.raises(PermissionDenied):
        give_role(account=city["newcomer"], role="analyst", term=term(), by=as_actor(city["coordinator"]))
    given = give_role(account=city["newcomer"], role="analyst", term=term(), by=as_actor(city["first"]))
    with pytest.raises(PermissionDenied):
        confirm_role(membership=given.pk, by=as_actor(city["newcomer"]))
    with pytest.raises(PermissionDenied):
        invite_colleague(email="x@example.org", name="X", language="en", by=as_actor(city["newcomer"]))


@pytest.mark.parametrize("other", [role.key for role in ROLES if role.hears or role.supports])
def test_police_liaison_holds_no_listening_or_support_role(city: dict[str, Account], other: str):
    with act():
        make_member(city["newcomer"], "police_liaison")

    with pytest.raises(ValidationError, match="speaks for the police"):
        give_role(account=city["newcomer"], role=other, term=term(), by=as_actor(city["first"]))


def test_conflict_is_the_same_both_ways_and_names_four_hearing_roles():
    pairs = [(a, b) for a in ROLES for b in ROLES]

    assert all(bool(conflict(a, b)) == bool(conflict(b, a)) for a, b in pairs)
    apart = {b.key for a, b in pairs if a.key == "police_liaison" and conflict(a, b)}
    assert apart == {"coordinator", "facilitator", "analyst", "practitioner", "support_lead"}
    assert conflict(BY_KEY["overseer"], BY_KEY["coordinator"])


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(0, -1), (0, LONGEST.days + 1), (-20, -10)],
    ids=["ends before it begins", "longer than a year", "ended already"],
)
def test_term_that_cannot_be_is_refused(city: dict[str, Account], starts: int, ends: int):
    day = clock.today()
    wrong = Term(day + timedelta(days=starts), day + timedelta(days=ends))

    with pytest.raises(ValidationError, match="a year at most"):
        give_role(account=city["newcomer"], role="analyst", term=wrong, by=as_actor(city["first"]))


def test_role_that_is_held_is_not_given_twice(city: dict[str, Account]):
    with pytest.raises(ValidationError, match="already held"):
        give_role(account=city["coordinator"], role="coordinator", term=term(), by=as_actor(city["first"]))


def test_unknown_role_is_refused(city: dict[str, Account]):
    with pytest.raises(ValidationError, match="does not exist"):
        give_role(account=city["newcomer"], role="superuser", term=term(), by=as_actor(city["first"]))


def test_role_lapses_by_itself(city: dict[str, Account]):
    with act():
        Membership.objects.update(starts_on=date(2026, 1, 1), ends_on=clock.today() - timedelta(days=1))

    assert permissions_of(city["coordinator"].pk) == OF_EVERYBODY


def test_set_up_is_over_when_two_can_give_or_confirm(city: dict[str, Account]):
    assert needs_two()
    with act():
        Membership.objects.exclude(account=city["first"]).delete()
    assert not needs_two()

    given = give_role(account=city["newcomer"], role="coordinator", term=term(), by=as_actor(city["first"]))

    assert given.confirmed_on == clock.today()
    assert needs_two()


def test_end_role_takes_it_at_once_and_the_last_one_closes_the_account(city: dict[str, Account]):
    coordinator = city["coordinator"]
    row = Membership.objects.get(account=coordinator)

    end_role(membership=row.pk, by=as_actor(coordinator))

    coordinator.refresh_from_db()
    assert permissions_of(coordinator.pk) == OF_EVERYBODY
    assert (coordinator.is_active, coordinator.left_on) == (False, clock.today())


def test_end_role_of_somebody_else_needs_the_permission(city: dict[str, Account]):
    row = Membership.objects.get(account=city["first"])

    with pytest.raises(PermissionDenied):
        end_role(membership=row.pk, by=as_actor(city["coordinator"]))


def test_constraints_hold_in_the_database(city: dict[str, Account]):
    row = Membership.objects.get(account=city["first"])
    first, second = city["first"].pk, city["second"].pk
    wrong: list[dict[str, object]] = [
        {"ends_on": row.starts_on - timedelta(days=1)},
        {"given_by_id": first},
        {"given_by_id": second, "confirmed_by_id": second},
        {"confirmed_by_id": first},
    ]
    for values in wrong:
        with act(), pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.filter(pk=row.pk).update(**values)


@pytest.mark.usefixtures("city")
def test_holders_are_numbers_without_names():
    numbers = {holder.role.key: holder.number for holder in holders()}

    assert len(numbers) == len(ROLES)
    assert (numbers["administrator"], numbers["coordinator"], numbers["analyst"]) == (2, 1, 0)


def test_require_asks_all_four_kinds_of_actor(city: dict[str, Account]):
    wanted = Permission.GIVE_ROLE

    assert may(OPERATOR, wanted)
    assert may(Actor("job", "x"), wanted)
    assert may(as_actor(city["first"]), wanted)
    for nobody in (Actor("participant", "x"), as_actor(city["newcomer"])):
        with pytest.raises(PermissionDenied):
            require(nobody, wanted)


def test_every_act_and_every_denial_leaves_its_line(city: dict[str, Account]):
    given = give_role(account=city["newcomer"], role="analyst", term=term(), by=as_actor(city["first"]))
    confirm_role(membership=given.pk, by=as_actor(city["coordinator"]))
    end_role(membership=given.pk, by=as_actor(city["first"]))
    with pytest.raises(PermissionDenied):
        invite_colleague(email="x@example.org", name="X", language="en", by=as_actor(city["newcomer"]))

    lines = list(Body.objects.order_by("entry").values_list("act", "outcome"))

    assert [act for act, outcome in lines if outcome == "done" and act.startswith("access.")] == [
        "access.give_role",
        "access.confirm_role",
        "access.end_role",
    ]
    assert lines[-1] == ("access.invite_colleague", "denied")


def test_every_role_says_why_it_exists_and_has_a_short_key():
    assert len(BY_KEY) == len(ROLES) == 15
    assert all(role.why.endswith(".") and role.key.isidentifier() for role in ROLES)
    assert not any(role.is_police and role.permissions - {Permission.WORKSPACE} for role in ROLES)
