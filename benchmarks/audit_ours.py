"""Append to an audit, fill it, verify it: the figures as one line of JSON. Run by benchmarks/audit.py."""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

import decapolis.web.application  # noqa: F401  # loads the settings and the models, before those below are read
from decapolis.city.audit.actions import record
from decapolis.city.audit.factories import make_entries
from decapolis.city.audit.models import Entry, hash_of_body, link
from decapolis.city.audit.queries import AtTheMachine, verify
from decapolis.plumbing.acting import OPERATOR, act

APPENDS, BATCH, DAY = 500, 10_000, "2026-03-01"
TO_ENTRIES = "INSERT INTO audit_entry (number, day, body_hash, chain) VALUES (%s, %s, %s, %s)"
TO_BODIES = (
    "INSERT INTO audit_body (entry_id, at, actor_kind, actor_key, act, subject, outcome, salt) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
)
ROWS = "SELECT * FROM audit_entry JOIN audit_body ON number = entry_id ORDER BY number"


def peak() -> float:
    """Peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def watch() -> Iterator[dict[str, float]]:
    """Seconds on the clock and of CPU, and how much the peak of memory rose."""
    figures: dict[str, float] = {}
    clock, cpu, memory = time.perf_counter(), time.process_time(), peak()
    yield figures
    figures |= {"s": time.perf_counter() - clock, "cpu_s": time.process_time() - cpu, "more_mb": peak() - memory}


def milliseconds(function: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    function()
    return (time.perf_counter() - started) * 1000


def recordings() -> list[float]:
    """How long each of many recordings takes that are part of an act, sorted; the act commits anyway."""
    taken = []
    for _ in range(APPENDS):
        with act():
            taken.append(milliseconds(record_once))
    return sorted(taken)


def record_once() -> None:
    """Record as the last line of an action does."""
    record(by=OPERATOR, act="listening.close_conversation", subject="listening.conversation:1")


def fill(entries: int) -> None:
    """Add entries as `record` does, but many in one transaction and by plain statements, up to so many."""
    number, chain = Entry.objects.order_by("-number").values_list("number", "chain").latest("number")
    while number < entries:
        with transaction.atomic(), connection.cursor() as cursor:
            for each in range(number + 1, min(number + BATCH, entries) + 1):
                chain = add(cursor, each, chain)
                number = each


def add(cursor: CursorWrapper, number: int, previous: str) -> str:
    """Add one entry; answers what the next is chained to."""
    subject = f"listening.conversation:{number % 900}"
    body = [f"{DAY} 12:00:00", "person", str(number % 40), "listening.read", subject, "read", f"{number:032x}"]
    body_hash = hash_of_body(body)
    chain = link(previous, number, DAY, body_hash)
    cursor.execute(TO_ENTRIES, [number, DAY, body_hash, chain])
    cursor.execute(TO_BODIES, [number, *body])
    return chain


def read_and_hash() -> None:
    """Read every row and hash it twice: less than that nobody can do."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        while rows := cursor.fetchmany(BATCH):
            for row in rows:
                sha256(row[2].encode() + row[11].encode()).hexdigest()
                sha256(row[3].encode() + row[2].encode()).hexdigest()


def middle_and_slowest(taken: list[float]) -> dict[str, float]:
    """Median and 99th percentile of sorted figures."""
    return {"p50_ms": statistics.median(taken), "p99_ms": taken[int(len(taken) * 0.99) - 1]}


def main(entries: int) -> dict[str, object]:
    """Append, fill, verify."""
    call_command("migrate", verbosity=0)
    acts = sorted(milliseconds(lambda: make_entries(1)) for _ in range(APPENDS))
    parts = recordings()
    fill(entries)
    with watch() as verifying:
        verdict = verify(AtTheMachine())
    with watch() as reading:
        read_and_hash()
    if (verdict.state, verdict.entries) != ("intact", entries):
        raise SystemExit(verdict.sentence)
    return {
        "database": connection.vendor,
        "entries": entries,
        "record": middle_and_slowest(parts),
        "act": middle_and_slowest(acts),
        "verify": verifying,
        "floor": reading,
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
