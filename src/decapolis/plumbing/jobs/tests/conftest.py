from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from decapolis.plumbing.acting import OPERATOR, Actor, act
from decapolis.plumbing.jobs.models import Job
from decapolis.plumbing.jobs.public import Context, enqueue
from decapolis.plumbing.jobs.tests import trial_jobs


@pytest.fixture(autouse=True)
def done() -> Iterator[list[object]]:
    """What the jobs of a test did."""
    trial_jobs.done.clear()
    yield trial_jobs.done
    trial_jobs.behaviour.clear()


@pytest.fixture
def ask() -> Callable[..., Job]:
    """Enqueue a job in an act of its own."""

    def ask(name: str, by: Actor = OPERATOR, **arguments: int) -> Job:
        with act():
            number = enqueue(name, by=by, **arguments)
        return Job.objects.get(pk=number)

    return ask


@pytest.fixture
def told(ask: Callable[..., Job]) -> Callable[..., Job]:
    """Enqueue a job that does what the test says."""

    def told(behave: Callable[[Context], object]) -> Job:
        trial_jobs.behaviour["now"] = behave
        return ask("trials.as_told")

    return told


@pytest.fixture
def traces() -> Iterator[Callable[[], list[int]]]:
    """Tables in which jobs of other processes leave traces."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE trial_keys (number integer PRIMARY KEY)")
        cursor.execute("CREATE TABLE trial_traces (number integer)")

    def read() -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM trial_traces ORDER BY number")
            return [row[0] for row in cursor.fetchall()]

    yield read
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE trial_keys")
        cursor.execute("DROP TABLE trial_traces")
