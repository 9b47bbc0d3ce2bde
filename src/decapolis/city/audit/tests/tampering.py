"""What somebody who owns the database could do to the audit: take the triggers away."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from decapolis.city.audit.models import Body, Entry
from decapolis.plumbing.acting import act

TABLES = ("audit_entry", "audit_body")


@contextmanager
def unguarded() -> Iterator[None]:
    """Let everything be done to the audit; afterwards the triggers stand again."""
    with act():
        if connection.vendor == "postgresql":
            yield from _disabled()
        else:
            yield from _dropped()


def empty() -> None:
    """Delete everything, for Django empties all tables after a test with real transactions."""
    if Entry.objects.exists():
        with transaction.atomic(), unguarded():
            Body.objects.all().delete()
            Entry.objects.all().delete()


def triggers() -> dict[str, str]:
    """Triggers of the audit in an SQLite database, by name, and the statements that made them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)", TABLES)
        return dict(cursor.fetchall())


def _dropped() -> Iterator[None]:
    standing = triggers()
    _run(f"DROP TRIGGER {name}" for name in standing)
    yield
    _run(standing.values())


def _disabled() -> Iterator[None]:
    # What is deferred has to be checked first: a table with checks that still wait cannot be altered.
    _run(["SET CONSTRAINTS ALL IMMEDIATE", *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES)])
    yield
    _run(["SET CONSTRAINTS ALL IMMEDIATE", *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in TABLES)])


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
