"""Who holds what today."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext

from decapolis.city.access.models import Membership
from decapolis.city.access.permissions import OF_EVERYBODY, Permission
from decapolis.city.access.roles import BY_KEY, ROLES, Role, conflict
from decapolis.city.audit.public import Line, deeds, readings
from decapolis.city.people.public import Account, accounts
from decapolis.plumbing import clock
from decapolis.plumbing.acting import Actor
from decapolis.plumbing.declaring import sentences

if TYPE_CHECKING:
    from decapolis.city.access.gate import Viewer


SHOWN = 20
"""Deeds and readings that stand beside a record; the rest is in the record of what was done."""


@dataclass(frozen=True)
class Told:
    """A line of the record, with the name of the colleague who acted and what was done in words; empty if unknown."""

    line: Line
    name: str
    sentence: str


@dataclass(frozen=True)
class History:
    """What was done with a record, and who looked at it."""

    deeds: list[Told]
    readings: list[Told]


@dataclass(frozen=True)
class Holders:
    """How many accounts hold a role today: a public figure, without names."""

    role: Role
    number: int


def in_force(on: date | None = None) -> QuerySet[Membership]:
    """Memberships that count on a day: confirmed, begun, not ended, of an account that may sign in."""
    day = on or clock.today()
    return Membership.objects.filter(
        confirmed_on__isnull=False, starts_on__lte=day, ends_on__gte=day, account__is_active=True
    )


def permissions_of(account: int) -> frozenset[Permission]:
    """Everything that an account may do today, by its roles and for itself; asked anew at every request."""
    return OF_EVERYBODY.union(*(role.permissions for role in roles_of(account)))


def roles_of(account: int) -> list[Role]:
    """Roles that an account holds today."""
    keys = in_force().filter(account_id=account).values_list("role", flat=True)
    return [BY_KEY[key] for key in keys if key in BY_KEY]


def needs_second_factor(account: int) -> bool:
    """Whether one of the roles of an account asks for a second factor."""
    return any(role.needs_second_factor for role in roles_of(account))


def may(by: Actor, permission: Permission) -> bool:
    """Whether `by` holds a permission now.

    The operator at the command line and jobs hold all: they have the machine. A participant holds none.
    """
    if by.kind == "person":
        return permission in permissions_of(int(by.key))
    return by.kind in ("operator", "job")


def require(by: Actor, permission: Permission) -> None:
    """Refuse the act unless `by` holds the permission."""
    if not may(by, permission):
        raise PermissionDenied(permission.value)


def memberships_of(account: int) -> list[Membership]:
    """Memberships of an account that have not ended, also those that begin later or wait to be confirmed."""
    return list(Membership.objects.filter(account_id=account, ends_on__gte=clock.today()))


def holders() -> list[Holders]:
    """How many accounts hold each role today, in the order of the list of roles, also none."""
    numbers = dict(in_force().values_list("role").annotate(Count("account", distinct=True)))
    return [Holders(role, numbers.get(role.key, 0)) for role in ROLES]


def needs_two() -> bool:
    """Whether roles need a second person: from the day on which two people may give or confirm them.

    Before that, while a city is set up, the first administrator gives roles alone, and the record says so.
    """
    keys = [role.key for role in ROLES if role.permissions & {Permission.GIVE_ROLE, Permission.CONFIRM_ROLE}]
    return in_force().filter(role__in=keys).values("account").distinct().count() >= 2


@dataclass(frozen=True)
class Held:
    """A membership as it is shown: its role, and where it stands."""

    row: Membership
    role: Role
    state: Literal["in force", "waits", "begins later"]


@dataclass(frozen=True)
class Colleague:
    """An account with the memberships that have not ended."""

    account: Account
    held: tuple[Held, ...]

    def obstacles(self) -> list[tuple[Role, str]]:
        """Roles that go with none of those held, each with the reason why."""
        found = ((role, next(filter(None, (conflict(each.role, role) for each in self.held)), "")) for role in ROLES)
        return [(role, why) for role, why in found if why]


def colleagues(viewer: "Viewer", role: str = "") -> QuerySet[Account]:
    """Everybody who may sign in or was invited; or those who hold a role, or will."""
    if not viewer.may(Permission.READ_MEMBERSHIPS):
        return Account.objects.none()
    if not role:
        return accounts()
    holding = Membership.objects.filter(role=role, ends_on__gte=clock.today())
    return accounts().filter(pk__in=holding.values("account"))


def with_roles(found: Iterable[Account]) -> list[Colleague]:
    """Accounts with their roles; one question to the database, however many."""
    shown = list(found)
    rows: dict[int, list[Held]] = {account.pk: [] for account in shown}
    for row in Membership.objects.filter(account__in=rows, ends_on__gte=clock.today()).order_by("pk"):
        rows[row.account_id].append(held(row))
    return [Colleague(account, tuple(rows[account.pk])) for account in shown]


def colleague(viewer: "Viewer", number: int) -> Colleague:
    """One of them."""
    found = with_roles(colleagues(viewer).filter(pk=number))
    if not found:
        raise Http404
    return found[0]


def to_confirm(viewer: "Viewer") -> list[Membership]:
    """Memberships that wait for somebody who neither gave nor receives them: for the viewer."""
    if not viewer.may(Permission.CONFIRM_ROLE) or viewer.account is None:
        return []
    waiting = Membership.objects.filter(confirmed_on=None, ends_on__gte=clock.today(), role__in=BY_KEY)
    others = waiting.exclude(given_by=viewer.account).exclude(account=viewer.account)
    return list(others.select_related("account").order_by("starts_on", "pk"))


def running_out(viewer: "Viewer", within: timedelta) -> list[Membership]:
    """Memberships in force that end soon: one's own, and for those who give roles all."""
    if viewer.account is None:
        return []
    seen = Q() if viewer.may(Permission.GIVE_ROLE) else Q(account=viewer.account)
    found = in_force().filter(seen, ends_on__lte=clock.today() + within, role__in=BY_KEY)
    return list(found.select_related("account").order_by("ends_on", "pk"))


def roles_in(viewer: "Viewer", numbers: Collection[int]) -> dict[int, Role]:
    """Roles of memberships, by their numbers, without who holds them."""
    if not viewer.may(Permission.READ_MEMBERSHIPS):
        return {}
    rows = Membership.objects.filter(pk__in=numbers, role__in=BY_KEY).values_list("pk", "role")
    return {number: BY_KEY[key] for number, key in rows}


def held(row: Membership) -> Held:
    """A membership with its role and where it stands."""
    state: Literal["in force", "waits", "begins later"] = "in force"
    if row.confirmed_on is None:
        state = "waits"
    elif row.starts_on > clock.today():
        state = "begins later"
    return Held(row, BY_KEY[row.role], state)


def told(lines: Sequence[Line]) -> list[Told]:
    """Lines of the record with names and words; one question to the database, however many."""
    numbers = {_person(line) for line in lines} - {0}
    names = dict(Account.objects.filter(pk__in=numbers).values_list("pk", "name"))
    return [Told(line, names.get(_person(line), ""), _sentence(line)) for line in lines]


def history(viewer: "Viewer", *subjects: str) -> History | None:
    """What was done with a record and who looked at it, the last first; None for who may not read the audit."""
    if not viewer.may(Permission.READ_AUDIT):
        return None
    return History(told(deeds(viewer, *subjects, size=SHOWN)), told(readings(viewer, *subjects, size=SHOWN)))


def history_of_colleague(viewer: "Viewer", found: Colleague) -> History | None:
    """The same of an account and its memberships."""
    memberships = (f"access.membership:{each.row.pk}" for each in found.held)
    return history(viewer, f"people.account:{found.account.pk}", *memberships)


def _person(line: Line) -> int:
    """Number of the account that acted; 0 where none did."""
    return int(line.by.key) if line.by and line.by.kind == "person" else 0


def _sentence(line: Line) -> str:
    """What was done, in words; of what was refused, nothing was."""
    if line.outcome == "read":
        return gettext("It was looked at.")
    sentence = sentences().get(line.act, "") if line.outcome == "done" else ""
    return gettext(sentence) if sentence else ""
