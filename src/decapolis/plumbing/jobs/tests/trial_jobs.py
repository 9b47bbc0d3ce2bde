"""Jobs that only tests know: they note what they did in a list, or in a table that outlives their process."""

import time
from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction

from decapolis.plumbing.jobs.public import Context, Patience, job

CANARY = "canary-Meriem-Haddad-0498123456"
"""Text as somebody may have written it: it must turn up nowhere."""

done: list[object] = []
"""What jobs of this process did."""
behaviour: dict[str, Callable[[Context], object]] = {}
"""What a test has `trials.as_told` do."""


class HopelessError(Exception):
    """An exception after which it is no use trying again."""


@job("trials.note")
def note(context: Context, /, *, number: int) -> None:
    """Note a number."""
    done.append(number)


@job("trials.one_per_conversation", one_per=("conversation",))
def one_per_conversation(context: Context, /, *, conversation: int, seed: int = 0) -> None:
    """Note two numbers."""
    done.append((conversation, seed))


@job(
    "trials.as_told",
    patience=Patience(retries=3, pause=timedelta(seconds=10), lease=timedelta(seconds=60), hopeless=(HopelessError,)),
    doing={"reading_votes": "Reading the answers"},
)
def as_told(context: Context, /) -> None:
    """Do what the test put into `behaviour`."""
    behaviour["now"](context)


@job("trials.leave_a_trace", patience=Patience(retries=20, lease=timedelta(seconds=2), pause=timedelta(seconds=0.1)))
def leave_a_trace(context: Context, /, *, number: int) -> None:
    """Leave a row once, however often it is done: the row of its key and the trace are written in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO trial_keys VALUES (%s) ON CONFLICT DO NOTHING", [number])
        if cursor.rowcount:
            cursor.execute("INSERT INTO trial_traces VALUES (%s)", [number])
        time.sleep(0.002)


@job("trials.leave_a_trace_at_last", patience=Patience(retries=20, lease=timedelta(seconds=2), pause=timedelta(0)))
def leave_a_trace_at_last(context: Context, /, *, number: int) -> None:
    """Leave a row each time it is done, in the last act of the job."""
    with context.last_act(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO trial_traces VALUES (%s)", [number])
        time.sleep(0.002)


@job("trials.sleep")
def sleep(context: Context, /, *, seconds: float) -> None:
    """Say that it has begun, take its time, and leave a trace."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO trial_traces VALUES (0)")
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        context.progress(1, 2)
        time.sleep(0.05)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO trial_traces VALUES (1)")


@job("trials.fail", patience=Patience(retries=0))
def fail(context: Context, /) -> None:
    """Fail with words that somebody wrote, in the exception and in its cause."""
    try:
        raise KeyError(CANARY)
    except KeyError as error:
        raise ValueError(f"cannot read {CANARY}") from error
