"""A toy step with gates, as the next step would declare them: nothing of gates knows a word of it."""

from datetime import date

from decapolis.city.access.factories import as_actor, make_member
from decapolis.city.access.models import Membership
from decapolis.city.gates.declared import Gate, Kind, Requirement, declare
from decapolis.city.people.factories import make_account
from decapolis.plumbing.acting import Actor, act
from decapolis.plumbing.fates import days

TOY = "toys.toy:3"
AUTHORS: dict[str, int] = {}
"""Who wrote which toy."""


def make_actor(name: str, role: str) -> Actor:
    """Somebody who holds a role for as long as the tests last."""
    with act():
        account = make_member(make_account(name), role)
        Membership.objects.filter(account=account).update(ends_on=date(2100, 1, 1))
    return as_actor(account)


def declare_toys() -> None:
    """The step ``toys``, which needs a mandate, and its records, each with its own assessments."""
    declare(Gate("toys", "Toys", "Nobody plays without a mandate.", (Requirement(Kind.MANDATE),)))
    declare(
        Gate(
            "toys.toy",
            "A toy",
            "Nobody is harmed by a toy.",
            (
                Requirement(Kind.DATA_PROTECTION, differs_from=("author",)),
                Requirement(Kind.DO_NO_HARM, days(180), differs_from=("author", Kind.EQUALITY), needs_document=False),
                Requirement(Kind.EQUALITY, needs_document=False),
            ),
            people=lambda subject: {"author": AUTHORS[subject]} if subject in AUTHORS else {},
            is_there=lambda subject: not subject.endswith(":404"),
        )
    )
