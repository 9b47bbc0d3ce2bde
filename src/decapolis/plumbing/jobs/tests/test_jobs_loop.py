import os
import signal
import time
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connections

from decapolis.plumbing.jobs import worker
from decapolis.plumbing.jobs.models import Job, State
from decapolis.plumbing.jobs.worker import Worker


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    """Neither sleep nor close the connection that the test itself needs."""
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    monkeypatch.setattr(connections, "close_all", lambda: None)


def stop_after(turns, of: Worker, monkeypatch) -> None:
    """Let a worker stop when it rests for the n-th time."""
    rests: list[float] = []

    def sleep(seconds: float) -> None:
        rests.append(seconds)
        if len(rests) == turns:
            of.stop()

    monkeypatch.setattr(time, "sleep", sleep)


@pytest.mark.django_db
def test_a_worker_does_all_jobs_before_it_rests(ask, done, monkeypatch):
    for number in range(3):
        ask("trials.note", number=number)
    each = Worker()
    stop_after(1, each, monkeypatch)
    each.work()

    assert done == [0, 1, 2]


@pytest.mark.django_db
def test_a_worker_that_was_told_to_stop_takes_no_job(ask, done):
    ask("trials.note", number=3)
    each = Worker()
    each.stop()
    each.work()
    each.work_off()

    assert done == []


@pytest.mark.django_db
def test_a_worker_enqueues_what_the_schedule_says(monkeypatch):
    each = Worker()
    stop_after(1, each, monkeypatch)
    each.work()

    assert Job.objects.get(name="retention.purge").state == State.DONE


def test_a_worker_looks_after_schedule_and_lost_jobs_now_and_then(monkeypatch):
    moments, looks = iter([0.0, 0.0, 1.0, 4.9, 5.0, 5.0, 6.0]), []
    monkeypatch.setattr("decapolis.plumbing.jobs.worker.time", SimpleNamespace(monotonic=lambda: next(moments)))
    monkeypatch.setattr(worker, "tend", lambda: looks.append(1))
    each = Worker()
    for _ in range(5):
        each._tend()

    assert len(looks) == 2


@pytest.mark.django_db
def test_a_database_that_is_away_ends_no_worker_and_is_logged_once(monkeypatch, caplog):
    troubles = iter([OperationalError("canary"), OperationalError("canary")])

    def work_once() -> bool:
        for trouble in troubles:
            raise trouble
        return False

    each = Worker()
    monkeypatch.setattr(worker, "tend", lambda: None)
    monkeypatch.setattr(worker, "work_once", work_once)
    stop_after(4, each, monkeypatch)
    each.work()

    events = [record.msg["event"] for record in caplog.records]
    assert events == ["worker lost the database", "worker reached the database again"]


def test_a_worker_listens_to_term_and_ctrl_c():
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    each = Worker()
    try:
        each.listen()
        os.kill(os.getpid(), signal.SIGTERM)
        assert each.is_stopping
        assert signal.getsignal(signal.SIGINT) == each.stop
    finally:
        for which, handler in before.items():
            signal.signal(which, handler)


@pytest.mark.parametrize(("parent", "ends"), [(None, False), (os.getppid(), False), (1_000_000_000, True)])
def test_a_worker_ends_with_the_process_that_started_it(parent, ends):
    assert Worker(parent)._is_to_stop() is ends
