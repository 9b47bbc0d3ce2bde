"""The only lines that write the audit."""

import re
import secrets
from typing import Literal

from django.db import connection
from django.db.models import F

from decapolis.city.audit.models import FIRST_LINK, Body, DeniedRequests, Entry, hash_of_body, link
from decapolis.plumbing.acting import Actor, action, is_acting
from decapolis.plumbing.clock import now, today

Outcome = Literal["done", "denied", "read"]

_NAME = r"[a-z][a-z0-9_]{0,47}\.[a-z][a-z0-9_]{0,49}"
_ACT = re.compile(_NAME)
_SUBJECT = re.compile(_NAME + r":(\d{1,19}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_KEYS = {
    "person": re.compile(_SUBJECT.pattern.rpartition(":")[2]),
    "job": re.compile(_NAME),
    "operator": re.compile(""),
}
_ONE_AT_A_TIME = 0x6465_6361  # any number that no other lock in this database uses


class NotRecordable(ValueError):  # noqa: N818  # says what the record is not, as a plain word
    """A slip of the programmer: the audit was asked to hold what it must never hold, or outside of an act."""


def record(*, by: Actor, act: str, subject: str, outcome: Outcome = "done") -> int:
    """Add an entry to the audit in the transaction of the open act; answers its number.

    It is the last line of an action: from here to the end of the act no other act can be recorded.

    Raises
    ------
    NotRecordable
        No act is open, `by` is a participant, or a name or id has not the form of one.
    """
    _refuse_what_is_not_ours(by, act, subject, outcome)
    _wait_for_turn()
    number, previous = Entry.objects.order_by("-number").values_list("number", "chain").first() or (0, FIRST_LINK)
    at = now().replace(microsecond=0)
    body = Body(at=at, actor_kind=by.kind, actor_key=by.key, act=act, subject=subject, outcome=outcome)
    body.salt = secrets.token_hex(16)
    return _append(number + 1, previous, body)


@action
def note_reading(*, by: Actor, subject: str) -> int:
    """Note that somebody looked at a record, before they are shown it."""
    return record(by=by, act=subject.partition(".")[0] + ".read", subject=subject, outcome="read")


@action
def note_denial(*, by: Actor, act: str) -> None:
    """Note that an act was refused: who and what; of participants only that it happened, on which day."""
    if by.kind == "participant":
        _count_denied()
    else:
        record(by=by, act=act, subject="", outcome="denied")


def settle() -> None:
    """Bring all that is committed to the disk, before it is anchored.

    SQLite may lose the last moments with the power; an anchor of them would then tell of a cut that nobody made.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(FULL)")


def _refuse_what_is_not_ours(by: Actor, act: str, subject: str, outcome: Outcome) -> None:
    if not is_acting():
        raise NotRecordable("the audit is written inside an open act only")
    if by.kind == "participant":
        raise NotRecordable("acts of participants are never recorded")
    if not _KEYS[by.kind].fullmatch(by.key):
        raise NotRecordable(f"the key of a {by.kind} does not have this form")
    if not _ACT.fullmatch(act):
        raise NotRecordable("an act is named like listening.import_conversation")
    if not (_SUBJECT.fullmatch(subject) or (outcome == "denied" and not subject)):
        raise NotRecordable("a subject is a type and an id, like listening.conversation:3")


def _wait_for_turn() -> None:
    """Let one act append at a time. SQLite has one writer anyway; PostgreSQL holds a lock to the end of the act."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])


def _append(number: int, previous: str, body: Body) -> int:
    day = body.at.date()
    values = (f"{body.at:%Y-%m-%d %H:%M:%S}", *(getattr(body, part) for part in Body.PARTS[1:]))
    body_hash = hash_of_body(values)
    body.entry = Entry.objects.create(
        number=number, day=day, body_hash=body_hash, chain=link(previous, number, day.isoformat(), body_hash)
    )
    body.save(force_insert=True)
    return number


def _count_denied() -> None:
    counted, is_new = DeniedRequests.objects.get_or_create(day=today(), defaults={"count": 1})
    if not is_new:
        DeniedRequests.objects.filter(pk=counted.pk).update(count=F("count") + 1)
