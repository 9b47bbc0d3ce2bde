"""Acts in processes that die after their first statement, their second, and so on, until one lives to the end.

Run by `test_audit_killing.py` with the address of its database; prints how many died.
"""

import itertools
import os
import sys
from collections.abc import Callable
from datetime import date

import django
from django.db import connection

from decapolis.plumbing.acting import OPERATOR, Actor, action

KILLED = 9


def die_after(statements: int) -> None:
    """End this process, without any cleaning up, once it has run so many statements."""
    left = itertools.count(statements, -1)

    def run_or_die(execute: Callable[..., object], *arguments: object) -> object:
        if next(left) == 0:
            os._exit(KILLED)
        return execute(*arguments)

    connection.execute_wrappers.append(run_or_die)


def die_before_commit() -> None:
    """End this process when all is written and nothing is committed."""
    connection.ensure_connection()
    connection.commit = lambda: os._exit(KILLED)  # type: ignore[method-assign]  # this process ends here


@action
def do_something(*, by: Actor) -> None:
    """Write something, record it, and write something more."""
    from decapolis.city.audit.actions import record  # noqa: PLC0415  # models stand only after django.setup
    from decapolis.city.audit.models import DeniedRequests  # noqa: PLC0415  # as above

    DeniedRequests.objects.create(day=date(2001, 1, 1), count=1)
    record(by=by, act="listening.close_conversation", subject="listening.conversation:3")
    DeniedRequests.objects.create(day=date(2001, 1, 2), count=1)


def status_of(prepare: Callable[[], None]) -> int:
    """Act in a process of its own; answers how it ended."""
    child = os.fork()
    if child == 0:
        prepare()
        do_something(by=OPERATOR)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main() -> int:
    """Kill until one lives."""
    django.setup()
    if status_of(die_before_commit) != KILLED:
        return 1
    for statements in itertools.count():
        status = status_of(lambda after=statements: die_after(after))  # type: ignore[misc]  # bound now
        if status == 0:
            print(statements + 1)  # noqa: T201  # what the test reads
            return 0
        if status != KILLED:
            return 1
    return 1


if __name__ == "__main__":
    sys.exit(main())
