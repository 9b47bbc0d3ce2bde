"""Every write of a job.

A running job moves on only under the number of its lease, so that a worker that was given up cannot end it any more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from django.db import IntegrityError, transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from decapolis.plumbing.acting import Actor, act, is_acting
from decapolis.plumbing.clock import now
from decapolis.plumbing.jobs.models import OPEN, Job, Sign, State
from decapolis.plumbing.jobs.registry import Number, Registered, find, patience_of

LOST = "WorkerLost"
"""The error of a job whose worker gave no sign any more."""
AGAIN = (State.FAILED, State.CANCELLED)
"""Ends after which a job can be tried again."""
TASK = "decapolis.plumbing.jobs.running.run_job"
"""The one task of the Tasks API. Its message, the number of a job, is in the queue while the job waits."""
BATCH = 1_000
PROCESS = token_hex(8)
"""Name of this process among the workers."""


@dataclass(frozen=True)
class Run:
    """A job in the hands of a worker, under the number of its lease."""

    job: int
    start: int
    name: str
    arguments: Mapping[str, Number]


@dataclass(frozen=True)
class Ending:
    """How a run ended; of an error its class and the places in the code, never its message."""

    state: State
    error: str = ""
    frames: Sequence[str] = ()
    is_hopeless: bool = False


@dataclass(frozen=True)
class Step:
    """How far a run is: so many of so many (0 where nobody knows), and what it is doing."""

    done: int = 0
    total: int = 0
    doing: str = ""


def enqueue(name: str, /, *, by: Actor, **arguments: Number) -> int:
    """Have a worker do the job `name`, once the open act has ended well; answers the number of the job.

    Where the same is waiting already, that one is answered, with these arguments. Where it is running, it is done once
    more afterwards: it may have read before what this act writes.
    """
    if not is_acting():
        raise RuntimeError("Jobs are enqueued inside an act only: it is the act that is to be followed by them.")
    registered = find(name)
    numbers = registered.checked(arguments)
    known = {"name": name, "key": registered.key(numbers)}
    while (job := _asked_again(known, numbers) or _new(known, arguments=numbers, by=by)) is None:
        pass  # somebody else enqueued the same in this moment
    return job


def enqueue_slot(registered: Registered, slot: datetime) -> None:
    """Enqueue a job of the schedule, unless this slot had its job, or the one before is not done yet."""
    known = {"name": registered.name, "key": registered.key({})}
    if not Job.objects.filter(Q(slot=slot) | Q(key=known["key"], state__in=OPEN), name=registered.name).exists():
        with act():
            _new(known, by=Actor("job", registered.name), slot=slot)


def take() -> Run | None:
    """Take the next message with its job, for one worker alone."""
    due = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=TASK, run_after__lte=now())
    if not due.exists():  # looked at first, as SQLite would stop all others for the transaction
        return None
    with act():
        message = due.order_by("run_after", "enqueued_at").get_locked()
        if message is None:
            return None
        (job,) = message.args_kwargs["args"]
        message.delete()
        return lease(job)


def lease(job: int) -> Run | None:
    """Take a job that waits."""
    with act():
        row = Job.objects.select_for_update().filter(pk=job, state=State.WAITING).first()
        if row is None:
            return None
        row.state, row.starts, row.started_at = State.RUNNING, row.starts + 1, now()
        row.lease_until = now() + patience_of(row.name).lease
        row.steps_done, row.steps_total, row.doing = 0, 0, ""
        row.save()
        return Run(row.pk, row.starts, row.name, row.arguments)


def renew(run: Run, step: Step) -> None:
    """Give a sign of life, and say how far the run is."""
    with act():
        Job.objects.filter(pk=run.job, starts=run.start, state=State.RUNNING).update(
            lease_until=now() + patience_of(run.name).lease,
            steps_done=step.done,
            steps_total=step.total,
            doing=step.doing,
        )
    sign()


def sign() -> None:
    """Say that this worker is alive."""
    with act():
        Sign.objects.update_or_create(
            process=PROCESS, defaults={"seen_at": now()}, create_defaults={"seen_at": now(), "started_at": now()}
        )


def leave() -> None:
    """Say that this worker has ended in good order."""
    with act():
        Sign.objects.filter(process=PROCESS).delete()


def end(run: Run, ending: Ending) -> bool:
    """Write down how a run ended; answers whether the job was still its own."""
    with act():
        row = Job.objects.select_for_update().filter(pk=run.job, starts=run.start, state=State.RUNNING).first()
        if row is None:
            return False
        _move_on(row, ending)
        return True


def reap() -> int:
    """Take the jobs of lost workers back; answers how many."""
    expired = Job.objects.filter(state=State.RUNNING, lease_until__lt=now())
    if not expired.exists():
        return 0
    with act():
        rows = list(expired.select_for_update(skip_locked=True)[:BATCH])
        for row in rows:
            _move_on(row, Ending(State.FAILED, LOST))
        return len(rows)


def cancel(job: int) -> None:
    """Have a job not done, or ended soon where it is running already; the permission was asked by the open act."""
    if not is_acting():
        raise RuntimeError("Jobs are cancelled inside an act only.")
    row = Job.objects.select_for_update().filter(pk=job, state__in=OPEN).first()
    if row is None:
        return
    row.is_cancel_asked, row.is_wanted_again = True, False
    if row.state == State.WAITING:
        _close(row, State.CANCELLED)
    row.save()


def retry(job: int) -> None:
    """Have a job that failed or was cancelled done after all; the permission was asked by the open act."""
    if not is_acting():
        raise RuntimeError("Jobs are tried again inside an act only.")
    row = Job.objects.select_for_update().filter(pk=job, state__in=AGAIN).first()
    if row is None or Job.objects.filter(name=row.name, key=row.key, state__in=OPEN).exists():
        return
    row.finished_at, row.failures, row.error, row.frames = None, 0, "", []
    _wait(row, now())
    row.save()


def _asked_again(known: dict[str, str], arguments: Mapping[str, Number]) -> int | None:
    """Number of the same job where it is open, which is then asked for again."""
    same = Job.objects.filter(**known, state__in=OPEN)
    is_running = ExpressionWrapper(Q(state=State.RUNNING), BooleanField())
    same.update(arguments=arguments, is_wanted_again=is_running)
    return same.values_list("pk", flat=True).first()


def _new(known: dict[str, str], *, by: Actor, **values: object) -> int | None:
    """Number of a new job, or None where somebody else was quicker."""
    moment = now()
    row = Job(**known, **values, started_by_kind=by.kind, started_by_key=by.key)
    row.enqueued_at, row.not_before = moment, moment + patience_of(row.name).rest
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    _send(row)
    return row.pk


def _send(row: Job) -> None:
    import_string(TASK).using(run_after=row.not_before).enqueue(row.pk)


def _move_on(row: Job, ending: Ending) -> None:
    """Change a running job to what comes after this ending: its end, or another turn."""
    patience = patience_of(row.name)
    row.lease_until, row.error, row.frames = None, ending.error, list(ending.frames)
    row.failures += ending.state == State.FAILED
    if row.is_wanted_again:
        _wait(row, now() + patience.rest)
        row.failures = 0
    elif row.is_cancel_asked and ending.state == State.FAILED:
        _close(row, State.CANCELLED)
    elif ending.state == State.FAILED and row.failures <= patience.retries and not ending.is_hopeless:
        _wait(row, now() + patience.pause_after(row.failures))
    else:
        _close(row, ending.state)
    row.save()


def _wait(row: Job, not_before: datetime) -> None:
    row.state, row.not_before = State.WAITING, not_before
    row.is_wanted_again = row.is_cancel_asked = False
    _send(row)


def _close(row: Job, state: State) -> None:
    row.state, row.finished_at = state, now()
