"""Workers give signs of life, and the schedule says when it was kept last and comes next."""

from datetime import UTC, datetime, timedelta

import pytest

from decapolis.plumbing.acting import OPERATOR, act
from decapolis.plumbing.clock import today
from decapolis.plumbing.dues import due, rules_of
from decapolis.plumbing.jobs import registry, store
from decapolis.plumbing.jobs.models import Sign, State
from decapolis.plumbing.jobs.public import enqueue, planned, retry, workers
from decapolis.plumbing.jobs.registry import Registered, Schedule
from decapolis.plumbing.jobs.worker import Worker, tend, work_once

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_worker_is_alive_for_two_minutes_after_its_sign(freeze_clock):
    freeze_clock(NOON)
    tend()
    for minutes, is_alive in ((2, True), (3, False)):
        freeze_clock(NOON + timedelta(minutes=minutes))
        (health,) = workers()
        assert (health.is_alive, health.started_at, health.seen_at) == (is_alive, NOON, NOON)


def test_a_long_job_gives_signs_too(told, freeze_clock):
    freeze_clock(NOON)
    told(lambda context: None)
    run = store.take()
    assert run is not None
    freeze_clock(NOON + timedelta(minutes=10))
    store.renew(run, store.Step(1, 2))

    assert workers()[0].is_alive


def test_a_worker_that_ends_in_good_order_leaves_no_sign():
    tend()
    each = Worker()
    each.stop()
    each.work()

    assert workers() == []


def test_the_sign_of_a_lost_worker_is_deleted_after_a_day(freeze_clock):
    freeze_clock(NOON)
    store.sign()
    freeze_clock(NOON + timedelta(hours=25))
    (rule,) = rules_of(Sign, Sign.fates)

    assert due(rule, today(), rule.fate.after).exists()


def test_the_schedule_says_last_and_next(freeze_clock, monkeypatch):
    daily = Schedule(timedelta(days=1))
    made = Registered("trials.daily", lambda _context: None, schedule=daily, title="Daily trial")
    monkeypatch.setattr("decapolis.plumbing.jobs.queries.scheduled", lambda: [made])
    monkeypatch.setitem(registry._registered, "trials.daily", made)
    freeze_clock(NOON)
    (before,) = planned()
    store.enqueue_slot(made, daily.slot(NOON))
    work_once()
    (after,) = planned()

    assert after.last is not None
    assert (before.title, before.last, before.next) == ("Daily trial", None, NOON + timedelta(hours=12))
    assert (after.last.state, after.next) == (State.DONE, NOON + timedelta(hours=12))


def test_a_job_is_tried_again_inside_an_act_only(ask):
    with pytest.raises(RuntimeError, match="inside an act"):
        retry(ask("trials.note", number=1).pk)


def test_what_was_done_is_not_done_again(ask, done):
    job = ask("trials.note", number=1)
    work_once()
    with act():
        retry(job.pk)

    assert not work_once()
    assert done == [1]


def test_what_was_cancelled_can_be_done_after_all(ask, done):
    job = ask("trials.note", number=1)
    with act():
        store.cancel(job.pk)
        retry(job.pk)
        enqueue("trials.note", by=OPERATOR, number=2)
    for _ in range(4):  # one turn finds the message of the job that was cancelled
        work_once()

    assert done == [1, 2]


def test_every_job_says_in_words_what_it_is():
    ours = [each for each in registry.registered() if ".tests" not in each.function.__module__]
    assert {"retention.purge", "listening.analyse"} <= {each.name for each in ours}
    assert [each.name for each in ours if not each.title] == []
