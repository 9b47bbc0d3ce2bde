"""Whether the database is fit for a command: an empty one is made ready, one of another version is left alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from decapolis.plumbing.failures import Failure
from decapolis.plumbing.maintenance import current


@contextmanager
def usable() -> Iterator[None]:
    """Say of a database that cannot be used what to look at."""
    try:
        yield
    except DatabaseError as error:
        kind = type(error).__name__
        what = f"The database cannot be used ({kind}): see that it runs and DECAPOLIS_DATABASE_URL fits."
        raise Failure(what) from None


def make_ready(*, is_held: bool = False) -> None:
    """Lay out the tables of an empty database; refuse one that is not of this version, or that is worked on."""
    work = current(settings.DATA) if is_held else None
    if work:
        raise Failure(f"The site is being worked on ({work.reason}): wait, or run `decapolis maintenance off`.")
    with usable():
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
        if executor.loader.applied_migrations:
            raise Failure(
                "The database is not of this version: start the site once, or run `decapolis manage migrate`."
            )
        call_command("migrate", verbosity=0)
