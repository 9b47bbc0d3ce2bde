"""Reading the audit: pages of it, who looked at a record, and whether it still is what was written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol, cast

from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Max, QuerySet
from django.db.models.functions import Cast

from decapolis.city.audit.files import Anchor
from decapolis.city.audit.models import BODIES_KEPT, FIRST_LINK, Body, DeniedRequests, Entry, hash_of_body, link
from decapolis.plumbing.acting import Actor, Kind
from decapolis.plumbing.clock import today

State = Literal["intact", "broken", "anchor", "gap"]
Fault = tuple[State, str]

A_PAGE = 50
READ = "audit.read"
"""Permission to read the audit, as roles know it."""
AT_ONCE = 10_000
"""Rows that are held in memory while verifying."""
HEARD, LOOKED_AT = 100, 10_000
"""So many acts are told to colleagues, of so many of the last entries."""


class Viewer(Protocol):
    """Who reads. The noun that makes viewers of accounts stands above this one; here is only what is asked of them."""

    def may(self, permission: str, /) -> bool:
        """Whether the viewer holds a permission."""


class AtTheMachine:
    """Whoever has the command line has the machine, and may read all."""

    def may(self, _permission: str, /) -> bool:
        """Hold every permission."""
        return True


@dataclass(frozen=True)
class Filters:
    """Which entries are asked for; what is empty does not narrow. A filter on the body leaves out erased ones."""

    since: date | None = None
    until: date | None = None
    by: Actor | None = None
    act: str = ""
    subject: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class Line:
    """One entry; `at` and `by` are none and the rest empty once its body is erased."""

    number: int
    day: date
    at: datetime | None = None
    by: Actor | None = None
    act: str = ""
    subject: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class Happening:
    """What was done on a day, and to what; not by whom."""

    day: date
    act: str
    subject: str


@dataclass(frozen=True)
class Page:
    """Entries, newest first, and the number to give as `before` for the older ones."""

    lines: tuple[Line, ...]
    older: int | None


@dataclass(frozen=True)
class Verdict:
    """Whether the audit is whole: how much was looked at, and of the first fault the entry, a sentence and a remedy."""

    state: State
    entries: int
    erased: int
    sentence: str
    entry: int | None = None


def entries(viewer: Viewer, filters: Filters | None = None, before: int | None = None, size: int = A_PAGE) -> Page:
    """Page of the audit; by number and not by offset, so that it does not move while entries are added."""
    found = _narrowed(_all(viewer), filters or Filters())
    if before is not None:
        found = found.filter(number__lt=before)
    lines = tuple(map(_line, found.order_by("-number")[: size + 1]))
    return Page(lines[:size], lines[size - 1].number if len(lines) > size else None)


def readings(viewer: Viewer, *subjects: str, size: int = A_PAGE) -> tuple[Line, ...]:
    """Who looked at a record, which may go by several subjects, the last first."""
    return _of(viewer, subjects, "read", size)


def deeds(viewer: Viewer, *subjects: str, size: int = A_PAGE) -> tuple[Line, ...]:
    """What was done with a record, which may go by several subjects, the last first."""
    return _of(viewer, subjects, "done", size)


def happenings(viewer: Viewer, permissions: Mapping[str, str], since: date) -> tuple[Happening, ...]:
    """What was done since a day, the newest first: of the acts in `permissions`, those that the viewer may hear of."""
    heard = [act for act, permission in permissions.items() if viewer.may(permission)]
    last = Entry.objects.aggregate(last=Max("number"))["last"] or 0
    found = Body.objects.filter(
        entry__number__gt=last - LOOKED_AT, entry__day__gte=since, act__in=heard, outcome="done"
    )
    rows = found.order_by("-entry").values_list("entry__day", "act", "subject")[:HEARD]
    return tuple(Happening(*row) for row in rows)


def denied_requests(viewer: Viewer) -> QuerySet[DeniedRequests]:
    """Refused requests of participants, a number a day, the last day first."""
    found = DeniedRequests.objects.order_by("-day")
    return found if _may_read(viewer) else found.none()


def last_entry(viewer: Viewer) -> Entry | None:
    """Entry that the next anchor holds."""
    return _all(viewer).order_by("-number").first()


def verify(viewer: Viewer, anchors: Iterable[Anchor] = ()) -> Verdict:
    """Walk through the whole audit in constant memory, and stop at the first fault."""
    if not _may_read(viewer):
        raise PermissionDenied(READ)
    return _walk(_anchored(anchors))


def _may_read(viewer: Viewer) -> bool:
    return viewer.may(READ)


def _all(viewer: Viewer) -> QuerySet[Entry]:
    found = Entry.objects.select_related("body")
    return found if _may_read(viewer) else found.none()


def _of(viewer: Viewer, subjects: Sequence[str], outcome: str, size: int) -> tuple[Line, ...]:
    found = _all(viewer).filter(body__subject__in=subjects, body__outcome=outcome)
    return tuple(map(_line, found.order_by("-number")[:size]))


def _narrowed(found: QuerySet[Entry], filters: Filters) -> QuerySet[Entry]:
    asked = {
        "day__gte": filters.since,
        "day__lte": filters.until,
        "body__actor_kind": filters.by and filters.by.kind,
        "body__actor_key": filters.by and filters.by.key,
        "body__act": filters.act or None,
        "body__subject": filters.subject or None,
        "body__outcome": filters.outcome or None,
    }
    return found.filter(**{name: value for name, value in asked.items() if value is not None})


def _line(entry: Entry) -> Line:
    body: Body | None = getattr(entry, "body", None)
    if body is None:
        return Line(entry.number, entry.day)
    by = Actor(cast("Kind", body.actor_kind), body.actor_key)
    return Line(entry.number, entry.day, body.at, by, body.act, body.subject, body.outcome)


def _anchored(anchors: Iterable[Anchor]) -> dict[int, list[Anchor]]:
    by_number: dict[int, list[Anchor]] = {}
    for anchor in anchors:
        by_number.setdefault(anchor.number, []).append(anchor)
    return by_number


def _rows() -> Iterator[tuple[Any, ...]]:
    """Stream entries with their bodies; days and times as the text that was hashed, whatever is written there."""
    columns = ("number", "day_text", "body_hash", "chain", "at_text", *(f"body__{part}" for part in Body.PARTS[1:]))
    texts = {"day_text": Cast("day", CharField()), "at_text": Cast("body__at", CharField())}
    found = Entry.objects.annotate(**texts).order_by("number").values_list(*columns)
    return found.iterator(chunk_size=AT_ONCE)


def _walk(anchored: dict[int, list[Anchor]]) -> Verdict:
    """Follow the chain from the first entry to the last."""
    kept_since = (today() - BODIES_KEPT).isoformat()
    number, chain, erased = 0, FIRST_LINK, 0
    for row in _rows():
        fault = _gap(number + 1, row) or _break(chain, row, kept_since) or _mismatch(row, anchored)
        if fault:
            return Verdict(fault[0], number, erased, fault[1], entry=number + 1)
        number, chain = row[0], row[3]
        erased += row[4] is None
    return _end(number, erased, anchored)


def _gap(expected: int, row: tuple[Any, ...]) -> Fault | None:
    if row[0] == expected:
        return None
    return "gap", f"Entry {expected} is missing: the next one is entry {row[0]}."


def _break(previous: str, row: tuple[Any, ...], kept_since: str) -> Fault | None:
    number, day, body_hash, chain, at, *parts = row
    if at is None:
        if day > kept_since:
            return (
                "broken",
                f"The body of entry {number} is missing, {BODIES_KEPT.days} days have not passed since {day}.",
            )
    elif hash_of_body((at.removesuffix("+00"), *parts)) != body_hash:
        return "broken", f"The body of entry {number} is not the one that was written."
    if link(previous, number, day, body_hash) != chain:
        return "broken", f"Entry {number} does not follow from the one before it: it was changed, moved or put in."
    return None


def _mismatch(row: tuple[Any, ...], anchored: dict[int, list[Anchor]]) -> Fault | None:
    for anchor in anchored.get(row[0], ()):
        if anchor.chain != row[3]:
            return (
                "anchor",
                f"Entry {row[0]} is not the one that was anchored on {anchor.day}: the audit was rewritten.",
            )
    return None


def _end(number: int, erased: int, anchored: dict[int, list[Anchor]]) -> Verdict:
    """Judge what follows the last entry: nothing, unless an anchor knows of more."""
    missing = min((beyond for beyond in anchored if beyond > number), default=None)
    if missing is None:
        return Verdict(
            "intact", number, erased, f"The audit is intact: {number} entries, {erased} of them without body."
        )
    day = anchored[missing][0].day
    sentence = f"The audit ends with entry {number}, but on {day} entry {missing} was anchored: its end was cut off."
    return Verdict("anchor", number, erased, sentence, entry=number + 1)
