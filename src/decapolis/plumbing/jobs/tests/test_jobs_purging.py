from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from decapolis.plumbing.acting import act
from decapolis.plumbing.clock import today
from decapolis.plumbing.dues import due, rules_of
from decapolis.plumbing.jobs import store
from decapolis.plumbing.jobs.models import Job, State
from decapolis.plumbing.jobs.registry import find
from decapolis.plumbing.jobs.worker import tend, work_once

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MONTH = timedelta(days=30)


def purge() -> int:
    """What the nightly purge of the city does with jobs; answers how many went."""
    (rule,) = rules_of(Job, Job.fates)
    with act():
        return due(rule, today(), rule.fate.after).delete()[0]


def test_a_job_is_deleted_30_days_after_its_end(ask, freeze_clock):
    freeze_clock(NOON)
    ask("trials.note", number=3)
    work_once()
    freeze_clock(NOON + MONTH)
    assert purge() == 0
    freeze_clock(NOON + MONTH + timedelta(days=1))

    assert purge() == 1
    assert not Job.objects.exists()


def test_a_failed_and_a_cancelled_job_are_deleted_too(ask, told, freeze_clock):
    freeze_clock(NOON)
    told(lambda context: find("trials.unknown"))
    waiting = ask("trials.note", number=4)
    with act():
        store.cancel(waiting.pk)
    for hours in range(1, 9):
        freeze_clock(NOON + timedelta(hours=hours))
        work_once()
    states = set(Job.objects.values_list("state", flat=True))
    freeze_clock(NOON + 2 * MONTH)
    purge()

    assert states == {State.FAILED, State.CANCELLED}
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_what_still_waits_stays_however_old_it_is(ask, freeze_clock):
    freeze_clock(NOON)
    job = ask("trials.note", number=3)
    freeze_clock(NOON + 24 * MONTH)
    purge()

    assert Job.objects.get() == job


def test_the_last_job_of_a_slot_stays_so_that_it_is_not_due_again(freeze_clock):
    purging = find("retention.purge")
    for day in range(3):
        freeze_clock(NOON + timedelta(days=day))
        store.enqueue_slot(purging, NOON + timedelta(days=day))
        work_once()
    freeze_clock(NOON + 2 * MONTH)

    assert purge() == 2
    assert Job.objects.get().slot == NOON + timedelta(days=2)


def test_the_schedule_deletes_old_jobs_every_night(ask, freeze_clock):
    freeze_clock(NOON)
    ask("trials.note", number=3)
    work_once()
    freeze_clock(NOON + MONTH + timedelta(days=1))
    tend()
    while work_once():
        pass

    assert not Job.objects.filter(name="trials.note").exists()
