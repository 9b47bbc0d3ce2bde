"""How jobs stand: for the page that started one, and for those who look after the machine."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, OuterRef, Subquery

from decapolis.plumbing.clock import now
from decapolis.plumbing.jobs.models import OPEN, Job, Sign, State
from decapolis.plumbing.jobs.registry import Number, find, scheduled, title_of, words_of
from decapolis.plumbing.jobs.store import AGAIN, Run

ALIVE_FOR = timedelta(minutes=2)
"""How long after its last sign a worker is believed to be alive: in the middle of a job it signs less often."""
SURE_AFTER = timedelta(seconds=3)
"""Before that, how long a job may still take is not guessed."""


@dataclass(frozen=True)
class JobProgress:
    """How a job stands. `doing` is in the reader's language; `left` is an estimate, or None."""

    job: int
    name: str
    state: State
    enqueued_at: datetime
    not_before: datetime
    started_at: datetime | None
    finished_at: datetime | None
    failures: int
    doing: str
    done: int
    total: int
    left: timedelta | None
    is_cancel_asked: bool

    @property
    def title(self) -> str:
        """What the job is, in the language of the reader."""
        return title_of(self.name)

    @property
    def can_be_retried(self) -> bool:
        """Whether it ended without having been done."""
        return self.state in AGAIN

    @property
    def is_open(self) -> bool:
        """Whether there is something to wait for, and to cancel."""
        return self.state in OPEN

    @property
    def percent(self) -> int | None:
        """Share that is done, or None where nobody knows."""
        return min(100 * self.done // self.total, 100) if self.total else None


@dataclass(frozen=True)
class Planned:
    """A job that is due by itself: how often, how its last turn stands (None before the first), and the next moment."""

    title: str
    every: timedelta
    last: JobProgress | None
    next: datetime


@dataclass(frozen=True)
class WorkerHealth:
    """A worker by its last sign of life."""

    started_at: datetime
    seen_at: datetime
    is_alive: bool


def progress_of(job: int) -> JobProgress | None:
    """How a job stands; None once it was deleted."""
    row = Job.objects.filter(pk=job).first()
    return _progress(row) if row else None


def latest(name: str, /, **arguments: Number) -> JobProgress | None:
    """How the last job of this name and these arguments stands, for the page that starts such jobs.

    Of the arguments those that the job is one per are enough.
    """
    row = Job.objects.filter(name=name, key=find(name).key(arguments)).order_by("-pk").first()
    return _progress(row) if row else None


def latest_of(name: str, argument: str, values: Iterable[Number]) -> dict[Number, JobProgress]:
    """How the last job of this name stands for each of many values of the one argument that it is one per."""
    keys = {find(name).key({argument: value}): value for value in values}
    rows = Job.objects.filter(name=name, key__in=keys).order_by("pk")
    return {keys[row.key]: _progress(row) for row in rows}


def waiting(limit: int = 100) -> list[JobProgress]:
    """Jobs that run or wait, in the order in which they come."""
    rows = Job.objects.filter(state__in=OPEN).order_by("state", "not_before", "pk")
    return [_progress(row) for row in rows[:limit]]


def ended(limit: int = 100, state: State | None = None) -> list[JobProgress]:
    """Jobs that ended, all or in one way, the last first."""
    rows = Job.objects.filter(state=state) if state else Job.objects.exclude(state__in=OPEN)
    return [_progress(row) for row in rows.order_by("-finished_at", "-pk")[:limit]]


def planned() -> list[Planned]:
    """Jobs of the schedule, the next first; one question to the database, however many."""
    every = [(each, each.schedule) for each in scheduled() if each.schedule]
    newest = Job.objects.filter(name=OuterRef("name")).values("name").annotate(last=Max("slot")).values("last")
    last = {row.name: _progress(row) for row in Job.objects.filter(slot=Subquery(newest))}
    moment = now()
    found = [Planned(title_of(one.name), plan.every, last.get(one.name), plan.after(moment)) for one, plan in every]
    return sorted(found, key=lambda each: each.next)


def workers() -> list[WorkerHealth]:
    """Workers that gave a sign within a day, those that are alive first."""
    last = now() - ALIVE_FOR
    return [WorkerHealth(row.started_at, row.seen_at, row.seen_at >= last) for row in Sign.objects.order_by("-seen_at")]


def is_wanted(run: Run) -> bool:
    """Whether a run still has its job, and nobody cancelled it."""
    mine = Job.objects.filter(pk=run.job, starts=run.start, state=State.RUNNING)
    return mine.filter(is_cancel_asked=False).exists()


def _progress(row: Job) -> JobProgress:
    return JobProgress(
        job=row.pk,
        name=row.name,
        state=State(row.state),
        enqueued_at=row.enqueued_at,
        not_before=row.not_before,
        started_at=row.started_at,
        finished_at=row.finished_at,
        failures=row.failures,
        doing=words_of(row.name, row.doing),
        done=row.steps_done,
        total=row.steps_total,
        left=_left(row),
        is_cancel_asked=row.is_cancel_asked,
    )


def _left(row: Job) -> timedelta | None:
    """How long a job may still take, if it goes on as it began."""
    if row.state != State.RUNNING or row.started_at is None or not 0 < row.steps_done < row.steps_total:
        return None
    passed = now() - row.started_at
    return passed * (row.steps_total / row.steps_done - 1) if passed >= SURE_AFTER else None
