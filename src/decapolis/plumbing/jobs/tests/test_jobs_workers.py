"""Workers as processes of their own: stopped, killed, two at a time."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from django.db import connection

from decapolis.plumbing.acting import OPERATOR, act
from decapolis.plumbing.jobs.models import Job, State
from decapolis.plumbing.jobs.public import cancel, enqueue
from decapolis.plumbing.jobs.tests.trial_jobs import CANARY
from decapolis.plumbing.jobs.worker import Worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
HERE = Path(__file__).parent
PATIENCE = 120
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """What the workers of a test write."""
    return tmp_path / "log"


@pytest.fixture
def start(tmp_path: Path, log: Path) -> Iterator[Start]:
    """Start a worker on the database of this test; none outlives it."""
    connection.ensure_connection()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(HERE.parents[3]),
        "DJANGO_SETTINGS_MODULE": "decapolis.web.settings",
        "DECAPOLIS_DATA": str(tmp_path),
        "DECAPOLIS_DATABASE_URL": address(),
    }
    started: list[subprocess.Popen[bytes]] = []

    def start(*words: str) -> "subprocess.Popen[bytes]":
        with log.open("ab") as file:
            started.append(
                subprocess.Popen([sys.executable, HERE / "working.py", *words], env=environment, stderr=file)
            )
        return started[-1]

    yield start
    for each in started:
        each.kill()
        each.wait()


def address() -> str:
    its = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{its['NAME']}"
    return f"postgres://{its['USER']}:{its['PASSWORD']}@{its['HOST']}:{its['PORT']}/{its['NAME']}"


def wait_until(is_so: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.01)


def enqueue_all(jobs: list[tuple[str, dict[str, float]]]) -> None:
    with act():
        for name, arguments in jobs:
            enqueue(name, by=OPERATOR, **arguments)


def count(**which: object) -> int:
    return Job.objects.filter(name__startswith="trials.", **which).count()


def are_done(jobs: int) -> bool:
    """Whether at least so many are done."""
    return count(state=State.DONE) >= jobs


def is_idle() -> bool:
    """Whether the job of the schedule, with which every new database begins, is done."""
    return Job.objects.filter(name="retention.purge", state=State.DONE).exists()


def is_stopped_in_a_job(worker: "subprocess.Popen[bytes]", before: set[int]) -> bool:
    """Hold a worker where it is; let it go on unless that is in a job, and in none that was hit before."""
    worker.send_signal(signal.SIGSTOP)
    if Job.objects.filter(state=State.RUNNING, name__startswith="trials.").exclude(pk__in=before).exists():
        return True
    worker.send_signal(signal.SIGCONT)
    return False


def test_a_thousand_jobs_are_done_once_each_though_their_worker_is_killed_five_times(start, traces):
    names = ("trials.leave_a_trace", "trials.leave_a_trace_at_last")
    enqueue_all([(names[number % 2], {"number": number}) for number in range(1_000)])

    hit: set[int] = set()
    for kill in range(1, 6):
        worker = start()
        wait_until(partial(are_done, 150 * kill))
        wait_until(partial(is_stopped_in_a_job, worker, hit))
        worker.send_signal(signal.SIGKILL)
        assert worker.wait(PATIENCE) == -signal.SIGKILL
        hit |= set(Job.objects.filter(state=State.RUNNING).values_list("pk", flat=True))
    start()
    wait_until(partial(are_done, 1_000))

    assert traces() == list(range(1_000))
    assert len(hit) >= 5  # each killing did hit a job, and they were done all the same
    assert set(Job.objects.filter(starts__gt=1).values_list("pk", flat=True)) <= hit


def test_two_workers_share_jobs_and_do_none_twice(start, traces):
    enqueue_all([("trials.leave_a_trace_at_last", {"number": number}) for number in range(200)])
    for _ in range(2):
        start()
    wait_until(partial(are_done, 200))

    assert traces() == list(range(200))
    assert count(starts=1) == 200
    assert Job.objects.filter(name="retention.purge").count() == 1  # the slot of the schedule had one job


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_worker_stops_cleanly(start, log, how):
    worker = start()
    wait_until(is_idle)
    began = time.monotonic()
    worker.send_signal(how)

    assert worker.wait(PATIENCE) == 0
    assert time.monotonic() - began < 3  # where the machine is busy, the end of a process alone takes long
    assert log.read_text() == ""


def test_an_idle_worker_stops_within_a_second():
    worker = Worker()
    threading.Timer(0.5, worker.stop).start()
    began = time.monotonic()
    worker.work()

    assert time.monotonic() - began < 1.5


def test_a_working_worker_finishes_its_job_first_and_takes_no_other(start, traces):
    enqueue_all([("trials.sleep", {"seconds": 1.5}), ("trials.leave_a_trace", {"number": 7})])
    worker = start()
    wait_until(lambda: traces() == [0])
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(PATIENCE) == 0
    assert traces() == [0, 1]
    assert (count(state=State.DONE), count(state=State.WAITING)) == (1, 1)


def test_a_running_job_says_how_far_it_is_and_is_cancelled_from_another_process(start, traces):
    enqueue_all([("trials.sleep", {"seconds": PATIENCE})])
    start()
    wait_until(lambda: count(steps_done=1, steps_total=2))
    with act():
        cancel(Job.objects.get(name="trials.sleep").pk)
    wait_until(lambda: count(state=State.CANCELLED))

    assert traces() == [0]


def test_a_worker_does_what_is_due_and_ends_if_it_is_told_so(start, traces):
    enqueue_all([("trials.leave_a_trace", {"number": 7})])

    assert start("--once").wait(PATIENCE) == 0
    assert traces() == [7]
    assert is_idle()


def test_a_worker_ends_when_the_process_that_started_it_is_gone(start):
    assert start("--parent", "1").wait(PATIENCE) == 0


def everything_stored() -> bytes:
    """All bytes of the database: the files of SQLite, every row of PostgreSQL."""
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        return b"".join(path.read_bytes() for path in file.parent.glob(file.name + "*"))
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found).encode()


def test_what_somebody_wrote_turns_up_neither_in_the_database_nor_in_the_log(start, log):
    with pytest.raises(TypeError), act():
        enqueue("trials.note", by=OPERATOR, number=CANARY)  # type: ignore[arg-type]  # what must not be
    enqueue_all([("trials.fail", {})])
    start("--once").wait(PATIENCE)

    stored, logged = everything_stored(), log.read_text()
    assert b"builtins.ValueError" in stored
    assert "error=ValueError" in logged
    for part in (CANARY, "canary", "Haddad", "0498123456"):
        assert part.encode() not in stored
        assert part not in logged
