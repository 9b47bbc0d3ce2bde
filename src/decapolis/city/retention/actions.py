"""Erasing what is due, in batches, with a certificate; deciding on times and holds."""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F, Model, QuerySet
from django.utils.translation import gettext as _

from decapolis.city.access.public import Permission, require
from decapolis.city.audit.public import record
from decapolis.city.retention.models import Certificate, CertificateLine, Hold, Period
from decapolis.city.retention.rules import due, every_rule, find_rule, period_of
from decapolis.plumbing import clock
from decapolis.plumbing.acting import Actor, action
from decapolis.plumbing.dues import Rule, blurred, emptied

BATCH = 5_000
LONGEST_HOLD = timedelta(days=366)
PATIENCE = 50
"""How often the log of SQLite is asked to empty itself, a tenth of a second apart, while others still read it."""


@dataclass(frozen=True)
class Wish:
    """A hold that somebody asks for: of a rule, or of one row of it, until a day, and why."""

    rule: str
    ends_on: date
    reason: str
    row: str = ""


@action
def open_certificate(*, due_on: date, by: Actor) -> Certificate | None:
    """Begin a purge; None where nothing is due. One that was broken off goes on under its own certificate.

    So certificates are numbered without a gap.
    """
    require(by, Permission.PURGE)
    broken_off = Certificate.objects.select_for_update().filter(finished_on=None).first()
    if broken_off or not any(due(rule, due_on).exists() for rule in every_rule()):
        return broken_off
    return Certificate.objects.create(due_on=due_on, started_on=clock.today())


@action
def purge_batch(*, certificate: Certificate, rule: Rule, by: Actor) -> int:
    """Apply a rule to some of the rows that are due, and note on the certificate how many; answers 0 at the end.

    Rows and note are there together, or neither: a purge that is killed has said of each row that went.
    """
    require(by, Permission.PURGE)
    days = period_of(rule).days
    done = _apply(rule, due(rule, certificate.due_on).order_by("pk")[:BATCH])
    for kind, count in done.items():
        _note(CertificateLine(certificate=certificate, rule=rule.key, kind=kind, days=days), count)
    return done.total()


@action
def close_certificate(*, certificate: Certificate, is_settled: bool, by: Actor) -> None:
    """End a purge: the audit knows that it was."""
    require(by, Permission.PURGE)
    certificate.finished_on, certificate.is_settled = clock.today(), is_settled
    certificate.save(update_fields=["finished_on", "is_settled"])
    record(by=by, act="retention.purge", subject=f"retention.certificate:{certificate.pk}")


def settle(kinds: list[type[Model]]) -> bool:
    """Have the database let go of what was erased; answers whether it did.

    SQLite overwrites what is deleted, but its log holds it until it is emptied, which waits for those who read.
    PostgreSQL overwrites what is vacuumed; its log and backups follow in their own time.
    """
    if connection.in_atomic_block:
        return False
    if connection.vendor == "sqlite":
        return _empty_log()
    with connection.cursor() as cursor:
        for model in kinds:
            cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: SLF001 - name of a table of ours
    return True


@action
def decide_period(*, rule: str, days: int, reason: str, by: Actor) -> None:
    """Decide how long the city keeps what a rule is about: shorter as it likes, longer with a public reason."""
    require(by, Permission.SET_RETENTION)
    decided = _rule(rule)
    usual = decided.fate.after.days
    if days < 0:
        raise ValidationError(_("Give a number of days, 0 or more."))
    if days > usual and decided.is_fixed:
        raise ValidationError(_("What residents said is never kept longer."))
    if days > usual and not reason.strip():
        raise ValidationError(_("To keep it longer, say why."))
    period, _is_new = Period.objects.update_or_create(
        rule=rule, defaults={"days": days, "reason": reason.strip(), "decided_on": clock.today()}
    )
    record(by=by, act="retention.decide_period", subject=f"retention.period:{period.pk}")


@action
def ask_for_hold(*, wish: Wish, by: Actor) -> Hold:
    """Ask that what a rule is about is not erased until a day; it counts once somebody else has confirmed it."""
    require(by, Permission.HOLD_RECORDS)
    if _rule(wish.rule).is_fixed:
        raise ValidationError(_("Nothing that residents said is put on hold."))
    if not clock.today() <= wish.ends_on <= clock.today() + LONGEST_HOLD:
        raise ValidationError(_("A hold ends on a day within a year; it can be asked for again."))
    if not wish.reason.strip():
        raise ValidationError(_("Say why."))
    hold = Hold.objects.create(
        rule=wish.rule,
        row=wish.row,
        reason=wish.reason.strip(),
        asked_by_id=int(by.key) if by.kind == "person" else None,
        asked_on=clock.today(),
        ends_on=wish.ends_on,
    )
    record(by=by, act="retention.ask_for_hold", subject=f"retention.hold:{hold.pk}")
    return hold


@action
def confirm_hold(*, hold: int, by: Actor) -> None:
    """Confirm a hold that somebody else asked for."""
    require(by, Permission.CONFIRM_HOLD)
    row = Hold.objects.select_for_update().get(pk=hold, confirmed_on=None)
    person = int(by.key) if by.kind == "person" else None
    if person == row.asked_by_id:
        raise ValidationError(_("A hold is confirmed by somebody who did not ask for it."))
    row.confirmed_by_id, row.confirmed_on = person, clock.today()
    row.save(update_fields=["confirmed_by", "confirmed_on"])
    record(by=by, act="retention.confirm_hold", subject=f"retention.hold:{row.pk}")


@action
def end_hold(*, hold: int, by: Actor) -> None:
    """End a hold: what is due goes with the next purge."""
    require(by, Permission.HOLD_RECORDS)
    row = Hold.objects.select_for_update().get(pk=hold)
    record(by=by, act="retention.end_hold", subject=f"retention.hold:{row.pk}")
    yesterday = clock.today() - timedelta(days=1)
    if row.asked_on > yesterday:
        row.delete()
        return
    row.ends_on = min(row.ends_on, yesterday)
    row.save(update_fields=["ends_on"])


def _rule(key: str) -> Rule:
    try:
        return find_rule(key)
    except KeyError:
        raise ValidationError(_("There is no such rule.")) from None


def _apply(rule: Rule, rows: "QuerySet[Any]") -> Counter[str]:
    """Erase, scrub or blur rows; answers how many of each kind."""
    manager = rule.model._base_manager  # noqa: SLF001 - every row, whatever the manager hides
    if rule.verb == "erase":
        _all, gone = manager.filter(pk__in=rows.values("pk")).delete()
        return Counter({label.lower(): count for label, count in gone.items() if count})
    changed = list(rows)
    for row in changed:
        value = emptied(rule) if rule.verb == "scrub" else blurred(rule, getattr(row, rule.field))
        setattr(row, rule.field, value)
    manager.bulk_update(changed, [rule.field], batch_size=500)
    return Counter({rule.kind: len(changed)}) if changed else Counter()


def _note(line: CertificateLine, count: int) -> None:
    same = CertificateLine.objects.filter(certificate=line.certificate, rule=line.rule, kind=line.kind)
    if not same.update(count=F("count") + count):
        line.count = count
        line.save()


def _empty_log() -> bool:
    """Ask SQLite to bring its log to the disk and cut it to nothing, until nobody reads it."""
    for _try in range(PATIENCE):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if cursor.fetchone()[0] == 0:
                return True
        time.sleep(0.1)
    return False
