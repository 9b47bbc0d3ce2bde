from datetime import UTC, datetime, timedelta

import pytest

from decapolis.plumbing.acting import Actor, act
from decapolis.plumbing.jobs import registry, store, worker
from decapolis.plumbing.jobs.models import Job, State
from decapolis.plumbing.jobs.registry import Registered, Schedule
from decapolis.plumbing.jobs.worker import tend, work_once

pytestmark = pytest.mark.django_db
NAME = "trials.hourly"
HOUR = timedelta(hours=1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def hourly(monkeypatch: pytest.MonkeyPatch, done) -> Registered:
    """A job that is due at every full hour; it is the only one of the schedule."""
    made = Registered(NAME, lambda _context: done.append(NAME), schedule=Schedule(HOUR))
    monkeypatch.setitem(registry._registered, NAME, made)
    monkeypatch.setattr(worker, "scheduled", lambda: [made])
    return made


def slots() -> list[datetime | None]:
    return list(Job.objects.order_by("slot").values_list("slot", flat=True))


def test_each_slot_has_one_job_however_often_workers_look(freeze_clock, done):
    for minutes in range(0, 200, 7):
        freeze_clock(NOON + timedelta(minutes=minutes))
        for _worker in range(3):
            tend()
            work_once()

    assert slots() == [NOON, NOON + HOUR, NOON + 2 * HOUR, NOON + 3 * HOUR]
    assert len(done) == 4


def test_a_clock_that_goes_back_repeats_nothing(freeze_clock):
    for minutes in (0, 60, 120, 59, 0, 61, 119, 120, 180):
        freeze_clock(NOON + timedelta(minutes=minutes))
        tend()
        work_once()

    assert slots() == [NOON, NOON + HOUR, NOON + 2 * HOUR, NOON + 3 * HOUR]


def test_a_clock_that_was_years_ahead_for_a_moment_stops_nothing(freeze_clock):
    for moment in (NOON, NOON + timedelta(days=3000), NOON, NOON + HOUR):
        freeze_clock(moment)
        tend()
        work_once()

    assert slots() == [NOON, NOON + HOUR, NOON + timedelta(days=3000)]


def test_after_a_long_sleep_only_the_last_slot_is_made_up_for(freeze_clock):
    for hours in (0, 100):
        freeze_clock(NOON + hours * HOUR)
        tend()
        work_once()

    assert slots() == [NOON, NOON + 100 * HOUR]


def test_a_slot_waits_for_the_job_of_the_one_before(freeze_clock):
    for hours in (0, 1, 2):
        freeze_clock(NOON + hours * HOUR)
        tend()
    assert slots() == [NOON]
    work_once()
    tend()

    assert slots() == [NOON, NOON + 2 * HOUR]


def test_a_worker_that_was_slower_adds_nothing(hourly):
    """It looked before the other committed: the database says no."""
    store.enqueue_slot(hourly, NOON)
    work_once()
    with act():
        assert store._new({"name": NAME, "key": ""}, by=Actor("job", NAME), slot=NOON) is None

    assert slots() == [NOON]


def test_who_asked_for_a_job_of_the_schedule_is_the_job(hourly):
    store.enqueue_slot(hourly, NOON)
    job = Job.objects.get()

    assert (job.started_by_kind, job.started_by_key, job.state) == ("job", NAME, State.WAITING)
