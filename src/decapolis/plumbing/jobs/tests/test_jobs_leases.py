import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from decapolis.plumbing import clock
from decapolis.plumbing.acting import act
from decapolis.plumbing.jobs import running, store
from decapolis.plumbing.jobs.models import Job, State
from decapolis.plumbing.jobs.running import Context, Pulse, perform
from decapolis.plumbing.jobs.store import Ending, Run

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LEASE = timedelta(seconds=60)


@pytest.fixture
def run(told, freeze_clock, db) -> Run:
    """A job that a worker took at noon."""
    freeze_clock(NOON)
    told(lambda _: None)
    taken = store.take()
    assert taken is not None
    return taken


def row() -> Job:
    return Job.objects.get()


def test_a_job_is_taken_by_one_worker(run):
    assert (row().state, row().lease_until, row().started_at) == (State.RUNNING, NOON + LEASE, NOON)
    assert store.take() is None
    assert store.lease(run.job) is None


def test_a_worker_that_gives_signs_keeps_its_job(run, freeze_clock):
    context = Context(run)
    pulse = Pulse(context)
    for seconds in range(10, 200, 10):
        freeze_clock(NOON + timedelta(seconds=seconds))
        pulse.beat()
        assert store.reap() == 0
    assert not context.is_stopped


def test_a_sign_is_written_when_there_is_news_or_a_third_of_the_lease_is_over(run, freeze_clock, monkeypatch):
    context, written = Context(run), []
    pulse = Pulse(context)
    monkeypatch.setattr(store, "renew", lambda run, step: written.append((clock.now() - NOON).seconds))
    for second in range(45):
        freeze_clock(NOON + timedelta(seconds=second))
        if second == 30:
            context.progress(1, 10)
        pulse.beat()
    assert written == [20, 30]


def test_a_sign_is_given_at_once_where_the_clock_went_back(run, freeze_clock):
    pulse = Pulse(Context(run))
    freeze_clock(NOON - timedelta(hours=1))
    pulse.beat()

    assert row().lease_until == NOON - timedelta(hours=1) + LEASE


def test_a_lost_worker_is_given_up_when_its_lease_is_over(run, freeze_clock):
    freeze_clock(NOON + LEASE)
    assert store.reap() == 0
    freeze_clock(NOON + LEASE + timedelta(microseconds=1))
    assert store.reap() == 1

    job = row()
    assert (job.state, job.error, job.failures) == (State.WAITING, "WorkerLost", 1)
    assert job.not_before == NOON + LEASE + timedelta(seconds=10, microseconds=1)
    assert store.take() is None
    freeze_clock(job.not_before)
    again = store.take()
    assert again is not None
    assert (again.job, again.start) == (run.job, 2)


def test_a_job_that_kills_its_workers_is_given_up(run, freeze_clock):
    moment = NOON
    for _ in range(4):
        moment += timedelta(hours=2)
        freeze_clock(moment)
        assert store.reap() == 1
        moment += timedelta(hours=2)
        freeze_clock(moment)
        store.take()

    assert (row().state, row().starts, row().failures) == (State.FAILED, 4, 4)


def test_a_worker_that_was_given_up_learns_it_and_changes_nothing_more(run, freeze_clock):
    context = Context(run)
    pulse = Pulse(context)
    freeze_clock(NOON + timedelta(hours=1))
    store.reap()
    before = Job.objects.values().get()

    context.progress(1, 2)
    pulse.beat()

    assert context.is_stopped
    assert not store.end(run, Ending(State.DONE))
    assert Job.objects.values().get() == before


def test_a_worker_that_was_given_up_does_not_end_the_next_run(run, freeze_clock):
    freeze_clock(NOON + timedelta(hours=1))
    store.reap()
    freeze_clock(NOON + timedelta(hours=2))
    store.take()

    assert not store.end(run, Ending(State.DONE))
    assert row().state == State.RUNNING


def test_a_lost_worker_whose_job_was_cancelled_leaves_it_cancelled(run, freeze_clock):
    with act():
        store.cancel(run.job)
    freeze_clock(NOON + timedelta(hours=1))
    store.reap()

    assert row().state == State.CANCELLED


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_signs_are_given_while_a_job_runs_and_a_database_that_is_away_does_not_end_them(told, monkeypatch, caplog):
    monkeypatch.setattr(running, "BEAT", 0.05)
    troubles = iter([OperationalError("database is locked")])
    renew = store.renew

    def renew_with_trouble(run, step):
        for trouble in troubles:
            raise trouble
        renew(run, step)

    def behave(context: Context) -> None:
        for step in range(10):
            context.progress(step, 10, "reading_votes")
            time.sleep(0.05)
        seen.append(Job.objects.values_list("steps_done", "steps_total", "doing").get())

    seen: list[tuple[int, int, str]] = []
    monkeypatch.setattr(store, "renew", renew_with_trouble)
    told(behave)
    run = store.take()
    assert run is not None
    perform(run)

    ((done, total, doing),) = seen
    assert 1 <= done < 10
    assert (total, doing) == (10, "reading_votes")
    assert "gave no sign" in caplog.text
    assert row().state == State.DONE
