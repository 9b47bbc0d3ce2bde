"""How jobs stand: for the page that started one, and for those who look after the machine."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from decapolis.plumbing.clock import now
from decapolis.plumbing.jobs.models import OPEN, Job, State
from decapolis.plumbing.jobs.registry import Number, find, words_of
from decapolis.plumbing.jobs.store import Run

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
    def is_open(self) -> bool:
        """Whether there is something to wait for, and to cancel."""
        return self.state in OPEN

    @property
    def percent(self) -> int | None:
        """Share that is done, or None where nobody knows."""
        return min(100 * self.done // self.total, 100) if self.total else None


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


def waiting(limit: int = 100) -> list[JobProgress]:
    """Jobs that run or wait, in the order in which they come."""
    rows = Job.objects.filter(state__in=OPEN).order_by("state", "not_before", "pk")
    return [_progress(row) for row in rows[:limit]]


def ended(limit: int = 100) -> list[JobProgress]:
    """Jobs that ended, the last first."""
    return [_progress(row) for row in Job.objects.exclude(state__in=OPEN).order_by("-finished_at", "-pk")[:limit]]


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
