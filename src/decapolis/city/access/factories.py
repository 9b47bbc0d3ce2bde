"""Memberships for tests and for the demo."""

from datetime import timedelta
from typing import NamedTuple

from allauth.mfa.totp.internal.auth import TOTP

from decapolis.city.access.actions import Term, confirm_role, give_role
from decapolis.city.access.models import Membership
from decapolis.city.people.models import Account
from decapolis.city.people.public import change_password, create_account
from decapolis.plumbing import clock
from decapolis.plumbing.acting import OPERATOR, Actor, act


def make_member(account: Account, *roles: str) -> Account:
    """Let an account hold roles today, confirmed; answers the account."""
    today = clock.today()
    Membership.objects.bulk_create(
        Membership(
            account=account,
            role=role,
            starts_on=today,
            ends_on=today + timedelta(days=90),
            given_on=today,
            confirmed_on=today,
        )
        for role in roles
    )
    return account


def as_actor(account: Account) -> Actor:
    """The account as somebody who acts."""
    return Actor("person", str(account.pk))


def make_second_factor(account: Account, secret: str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") -> Account:  # noqa: S107  # the example secret of RFC 6238
    """Let an account have an app that shows codes; answers the account."""
    TOTP.activate(account, secret)
    return account


class Member(NamedTuple):
    """One of the cast of the fictional city, and the role held."""

    name: str
    role: str


CAST = (
    Member("Lena Moor", "administrator"),
    Member("Mina Roos", "coordinator"),
    Member("Sofie Brandt", "facilitator"),
    Member("Idris Hale", "analyst"),
    Member("Karim B", "practitioner"),
    Member("Nora Aksel", "support_lead"),
    Member("Mill Street Association", "organisation"),
    Member("Tom Vael", "police_liaison"),
    Member("Jo Petit", "grants_officer"),
    Member("Piet Lamers", "finance"),
    Member("Vera Nys", "elected_member"),
    Member("Ada Lind", "data_protection_officer"),
    Member("Ombuds Office", "overseer"),
    Member("Court of Audit", "auditor"),
    Member("National Desk", "national_coordinator"),
)


def address_of(name: str) -> str:
    """Address of one of the cast."""
    return name.lower().replace(" ", ".") + "@ardenne.example"


def make_cast(password: str) -> None:
    """Make an account for each role of the fictional city, by the operator, as a real city would."""
    today = clock.today()
    term = Term(today, today + timedelta(days=365), "For the show.")
    with act():
        for name, role in CAST:
            account = create_account(email=address_of(name), name=name, language="en", by=OPERATOR)
            change_password(account=account, password=password, by=OPERATOR)
            given = give_role(account=account, role=role, term=term, by=OPERATOR)
            if given.confirmed_on is None:
                confirm_role(membership=given.pk, by=OPERATOR)
