"""Giving, confirming and ending roles; inviting colleagues."""

from dataclasses import dataclass
from datetime import date, timedelta
from secrets import token_urlsafe

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from decapolis.city.access.models import Membership
from decapolis.city.access.permissions import Permission
from decapolis.city.access.queries import memberships_of, needs_two, require
from decapolis.city.access.roles import BY_KEY, conflict
from decapolis.city.audit.public import record
from decapolis.city.people.public import (
    Account,
    change_password,
    create_account,
    is_set_up,
    mark_left,
    welcome,
)
from decapolis.plumbing import clock
from decapolis.plumbing.acting import Actor, action
from decapolis.plumbing.jobs import public as jobs
from decapolis.plumbing.mail.public import Reader, write_letter

LONGEST = timedelta(days=366)
WELCOME_LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Term:
    """From when to when a role is held, both days included, and why."""

    starts_on: date
    ends_on: date
    reason: str = ""


@dataclass(frozen=True)
class Facts:
    """What is known of somebody who gets an account."""

    name: str
    email: str
    language: str


@action
def invite_colleague(*, email: str, name: str, language: str, by: Actor) -> tuple[Account, str]:
    """Make an account for a colleague; answers it with the secret of the link that sets its password."""
    require(by, Permission.INVITE_COLLEAGUE)
    account = create_account(email=email, name=name, language=language, by=by)
    return account, new_welcome(account=account, by=by)


@action
def new_welcome(*, account: Account, by: Actor) -> str:
    """Open a fresh link for an account that has lost its own; answers the secret, which is kept nowhere.

    A colleague can do this only as long as there is no password: who could set another's password could be the other.
    """
    require(by, Permission.INVITE_COLLEAGUE)
    if by.kind == "person" and account.has_usable_password():
        raise ValidationError(_("This account has a password. Only whoever runs the machine can open a new link."))
    secret = token_urlsafe(32)
    welcome(account=account, secret=secret, expires_on=clock.today() + WELCOME_LASTS, by=by)
    return secret


@action
def post_welcome(*, account: Account, link: str, by: Actor) -> bool:
    """Send the link that sets a password to whom it is for; answers whether mail reaches anybody here."""
    require(by, Permission.INVITE_COLLEAGUE)
    reader = Reader(account.email, account.language)
    return write_letter("access/mail/welcome.txt", reader, by=by, link=link, until=clock.today() + WELCOME_LASTS)


@action
def set_up_first_account(*, facts: Facts, password: str, by: Actor) -> Account:
    """Make the first account, with its password and the role of administrator: an act of the operator."""
    if is_set_up():
        raise PermissionDenied("people.first_account")
    account = create_account(email=facts.email, name=facts.name, language=facts.language, by=by)
    validate_password(password, account)
    change_password(account=account, password=password, by=by)
    today = clock.today()
    give_role(account=account, role="administrator", term=Term(today, today + timedelta(days=365)), by=by)
    return account


@action
def give_role(*, account: Account, role: str, term: Term, by: Actor) -> Membership:
    """Give a role for a time; it counts once somebody else has confirmed it. While a city is set up, at once."""
    require(by, Permission.GIVE_ROLE)
    _refuse_what_cannot_be(account, role, term, by)
    giver = int(by.key) if by.kind == "person" else None
    at_once = clock.today() if not needs_two() else None
    row = Membership.objects.create(
        account=account,
        role=role,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        reason=term.reason,
        given_by_id=giver,
        given_on=clock.today(),
        confirmed_on=at_once,
    )
    record(by=by, act="access.give_role", subject=_subject(row))
    return row


@action
def confirm_role(*, membership: int, by: Actor) -> Membership:
    """Confirm a role that somebody else gave to a third: from now on it counts."""
    require(by, Permission.CONFIRM_ROLE)
    row = Membership.objects.select_for_update().get(pk=membership, confirmed_on=None)
    if by.kind == "person":
        if int(by.key) in (row.account_id, row.given_by_id):
            raise ValidationError(_("A role is confirmed by somebody who neither gave it nor receives it."))
        row.confirmed_by_id = int(by.key)
    row.confirmed_on = clock.today()
    row.save(update_fields=["confirmed_by", "confirmed_on"])
    if row.account.left_on:
        mark_left(account=row.account, left_on=None, by=by)
    record(by=by, act="access.confirm_role", subject=_subject(row))
    return row


@action
def end_role(*, membership: int, by: Actor) -> Membership:
    """End a role: yesterday was its last day. Whoever holds it may end it too."""
    row = Membership.objects.select_for_update().get(pk=membership)
    if not (by.kind == "person" and int(by.key) == row.account_id):
        require(by, Permission.GIVE_ROLE)
    yesterday = clock.today() - timedelta(days=1)
    record(by=by, act="access.end_role", subject=_subject(row))
    if row.starts_on > yesterday:
        row.delete()
    else:
        row.ends_on = min(row.ends_on, yesterday)
        row.save(update_fields=["ends_on"])
    if not memberships_of(row.account_id):
        mark_left(account=row.account, left_on=clock.today(), by=by)
    return row


@action
def cancel_job(*, job: int, by: Actor) -> None:
    """End a job that waits or runs, whoever started it."""
    require(by, Permission.KEEP_INSTALLATION)
    jobs.cancel(job)
    record(by=by, act="access.cancel_job", subject=f"jobs.job:{job}")


@action
def retry_job(*, job: int, by: Actor) -> None:
    """Have a job that was not done tried again."""
    require(by, Permission.KEEP_INSTALLATION)
    jobs.retry(job)
    record(by=by, act="access.retry_job", subject=f"jobs.job:{job}")


def _subject(membership: Membership) -> str:
    return f"access.membership:{membership.pk}"


def _refuse_what_cannot_be(account: Account, role: str, term: Term, by: Actor) -> None:
    """Every reason why a role cannot be given, said to the one who gives it."""
    if role not in BY_KEY:
        raise ValidationError(_("This role does not exist."))
    if by.kind == "person" and int(by.key) == account.pk:
        raise ValidationError(_("Nobody gives a role to themselves."))
    if not timedelta(0) <= term.ends_on - term.starts_on <= LONGEST or term.ends_on < clock.today():
        raise ValidationError(_("A role ends after it begins, not before today, and lasts a year at most."))
    for held in memberships_of(account.pk):
        if held.role == role:
            raise ValidationError(_("This role is already held, or waits to be confirmed."))
        if why := conflict(BY_KEY[held.role], BY_KEY[role]):
            raise ValidationError(_(why))
