"""Doing a job: what it is given, signs of life while it runs, and how it ended."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Self

import structlog
from django.db import Error, connections
from django_tasks import task

from decapolis.plumbing.acting import Actor, act
from decapolis.plumbing.clock import now
from decapolis.plumbing.jobs import queries, store
from decapolis.plumbing.jobs.models import State
from decapolis.plumbing.jobs.registry import DOING, find, patience_of
from decapolis.plumbing.jobs.store import Ending, Run, Step
from decapolis.plumbing.logs import places

BEAT = 1.0
"""Seconds between two signs of life."""

log = structlog.get_logger("decapolis.plumbing.jobs")


class Stopped(Exception):  # noqa: N818  # not an error: the job is to end here
    """Ends a job that was cancelled, or that was given to another worker as this one gave no sign."""


class Context:
    """What a job is given: who it acts as, and how to say how far it is."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.by = Actor("job", run.name)
        self.step = Step()
        self.is_stopped = False

    def progress(self, done: int, total: int = 0, doing: str = "") -> None:
        """Say how far the job is; costs nothing, and ends a job that was cancelled by `Stopped`."""
        if doing and not DOING.fullmatch(doing):
            raise ValueError("What a job is doing is said in a word of the code, like reading_votes.")
        self.step = Step(done, total, doing or self.step.doing)
        self.stop_if_asked()

    def stop_if_asked(self) -> None:
        """End the job here if it was cancelled."""
        if self.is_stopped:
            raise Stopped

    @contextmanager
    def last_act(self) -> Iterator[None]:
        """Open the last act of the job: what it writes and that it is done are there together, or neither.

        So a job whose only act this is has its effect once, whatever becomes of its workers.
        """
        with act():
            yield
            if not store.end(self.run, Ending(State.DONE)):
                raise Stopped


class Pulse:
    """Gives signs of life from a thread of its own while a job runs, and asks whether it is to stop."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.told = context.step
        self.told_at = now()
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._beat_on, name="pulse", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._thread.join()

    def beat(self) -> None:
        """Write where the job stands if that is news or time for a sign; then see whether it is still wanted."""
        step, moment = self.context.step, now()
        if step != self.told or self._is_due(moment):
            store.renew(self.context.run, step)
            self.told, self.told_at = step, moment
        if not queries.is_wanted(self.context.run):
            self.context.is_stopped = True

    def _is_due(self, moment: datetime) -> bool:
        passed = moment - self.told_at
        return not passed * 0 <= passed < patience_of(self.context.run.name).lease / 3  # also where a clock went back

    def _beat_on(self) -> None:
        while not self._is_over.wait(BEAT):
            try:
                self.beat()
            except Error:
                log.warning("job gave no sign", job=self.context.run.job, exc_info=True)  # the next beat may pass
        connections.close_all()


def perform(run: Run) -> None:
    """Do a job and write down how it ended."""
    context = Context(run)
    with Pulse(context):
        ending = _attempt(context)
    if ending:
        store.end(run, ending)


def _attempt(context: Context) -> Ending | None:
    run = context.run
    try:
        find(run.name).function(context, **run.arguments)
    except Stopped:
        return Ending(State.CANCELLED)
    except Exception as error:  # whatever a job does, its worker lives on
        log.error("job failed", job=run.job, name=run.name, start=run.start, exc_info=True)
        return _failure(run, error)
    return Ending(State.DONE)


def _failure(run: Run, error: Exception) -> Ending:
    """What is kept of an error: its class and places in the code."""
    kind = type(error)
    return Ending(
        State.FAILED,
        error=f"{kind.__module__}.{kind.__qualname__}"[:200],
        frames=places(error.__traceback__),
        is_hopeless=isinstance(error, patience_of(run.name).hopeless),
    )


@task
def run_job(job: int) -> None:
    """Do a job that waits: for a worker that takes messages of the Tasks API from elsewhere than our queue."""
    run = store.lease(job)
    if run:
        perform(run)
