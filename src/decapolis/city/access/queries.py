"""Who holds what today."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet

from decapolis.city.access.models import Membership
from decapolis.city.access.permissions import Permission
from decapolis.city.access.roles import BY_KEY, ROLES, Role
from decapolis.plumbing import clock
from decapolis.plumbing.acting import Actor


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
    """Everything that the roles of an account allow today; asked anew at every request."""
    keys = in_force().filter(account_id=account).values_list("role", flat=True)
    return frozenset().union(*(BY_KEY[key].permissions for key in keys if key in BY_KEY))


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
