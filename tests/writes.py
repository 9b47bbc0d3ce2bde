"""The rule at run time: our tables are written in acts, by migrations and by factories, and nowhere else."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from decapolis.plumbing.acting import is_acting

WRITTEN = re.compile(
    r"""(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO|TRUNCATE(?:\s+TABLE)?)\s+["`]?(\w+)""",
    re.IGNORECASE,
)
EXCEPTIONS = re.compile(
    r"/factories\.py$|/migrations/|/plumbing/\w+/store\.py$|/commands/flush\.py$|/test/testcases\.py$"
)


class WriteOutsideActError(AssertionError):
    """Our table was written, and no action was open."""


@contextmanager
def watch_writes() -> Iterator[None]:
    """Refuse writes outside of acts, on every connection of every thread, until the block ends."""
    connection_created.connect(_watch, dispatch_uid="watch-writes")
    known = connections.all(initialized_only=True)
    for connection in known:
        _watch(connection=connection)
    try:
        yield
    finally:
        connection_created.disconnect(dispatch_uid="watch-writes")
        for connection in connections.all(initialized_only=True):
            connection.execute_wrappers[:] = [each for each in connection.execute_wrappers if each is not refuse]


def refuse(execute: Callable[..., object], sql: str, *others: object) -> object:
    """Stand between Django and the database: let reads pass, and writes that are in order."""
    table = written_table(sql)
    if table in our_tables() and not is_acting() and not _is_exception():
        raise WriteOutsideActError(f"{table} is written outside of an action: write in actions.py, marked @action.")
    return execute(sql, *others)


def written_table(sql: str) -> str:
    """Name of the table that a statement writes; empty for reads."""
    found = WRITTEN.search(sql)
    return found.group(1) if found else ""


@cache
def our_tables() -> frozenset[str]:
    """Names of the tables of our models, those of many-to-many fields included."""
    models = apps.get_models(include_auto_created=True)
    return frozenset(model._meta.db_table for model in models if model.__module__.startswith("decapolis."))


def _watch(connection: BaseDatabaseWrapper, **_sent: object) -> None:
    if refuse not in connection.execute_wrappers:
        connection.execute_wrappers.append(refuse)


def _is_exception() -> bool:
    frame = sys._getframe()
    while frame := frame.f_back:  # type: ignore[assignment]
        if EXCEPTIONS.search(frame.f_code.co_filename):
            return True
    return False
