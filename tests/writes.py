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

NAME = r"""(?:"(?:[^"]|"")+"|`[^`]+`|\[[^\]]+\]|\w+)"""
WRITTEN = re.compile(
    r"\b(?:INSERT (?:OR \w+ )?INTO|(?<!FOR )(?<!DO )UPDATE(?: OR \w+)?|DELETE FROM|REPLACE INTO|MERGE INTO|COPY|"
    r"TRUNCATE(?: TABLE)?|ALTER TABLE(?: IF EXISTS)?|DROP TABLE(?: IF EXISTS)?)(?: ONLY)?\b ?"
    rf"(?P<tables>{NAME}(?: ?[.,] ?{NAME})*)",
    re.IGNORECASE,
)
LAST = re.compile(rf"(?:{NAME} ?\. ?)*({NAME})")
UNSAID = re.compile(r"""'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/""", re.DOTALL)
"""Texts and comments, which name no table."""
EXCEPTIONS = re.compile(
    r"/decapolis/(?:city|understand|build|engage|connect)/\w+/factories(?:/\w+)?\.py$|/migrations/"
    r"|/decapolis/plumbing/\w+/store\.py$|/commands/flush\.py$|/test/testcases\.py$"
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
    ours = written_tables(sql) & our_tables()
    if ours and not is_acting() and not _is_exception():
        names = ", ".join(sorted(ours))
        raise WriteOutsideActError(f"{names} is written outside of an action: write in actions.py, marked @action.")
    return execute(sql, *others)


def written_tables(sql: str) -> frozenset[str]:
    """Names of the tables that a statement writes, without quotes and schema; none for reads."""
    said = " ".join(UNSAID.sub(" ", sql).split())
    return frozenset(_bare(name) for found in WRITTEN.finditer(said) for name in LAST.findall(found["tables"]))


def _bare(name: str) -> str:
    """A name without its quotes; both databases find what is not quoted whatever its case."""
    return name[1:-1] if name[0] in '"`[' else name.lower()


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
