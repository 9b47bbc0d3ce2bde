"""Memberships for tests and for the demo."""

from datetime import timedelta

from allauth.mfa.totp.internal.auth import TOTP

from decapolis.city.access.models import Membership
from decapolis.city.people.models import Account
from decapolis.plumbing import clock
from decapolis.plumbing.acting import Actor


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
