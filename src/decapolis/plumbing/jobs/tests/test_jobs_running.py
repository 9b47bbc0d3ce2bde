from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django_tasks_db.models import DBTaskResult

from decapolis.plumbing.acting import Actor, act
from decapolis.plumbing.jobs import running, store
from decapolis.plumbing.jobs.models import Job, State
from decapolis.plumbing.jobs.public import Stopped, cancel
from decapolis.plumbing.jobs.registry import patience_of
from decapolis.plumbing.jobs.running import Context, Pulse
from decapolis.plumbing.jobs.tests.trial_jobs import HopelessError
from decapolis.plumbing.jobs.worker import work_once

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def raise_(error: Exception) -> object:
    raise error


def fresh(job: Job) -> Job:
    job.refresh_from_db()
    return job


def test_a_job_acts_in_its_own_name(told, done):
    told(lambda context: done.append(context.by))
    work_once()
    assert done == [Actor("job", "trials.as_told")]


def test_a_failure_is_tried_again_later_and_later_and_then_given_up(told, freeze_clock):
    freeze_clock(NOON)
    job = told(lambda _: raise_(ValueError()))
    moment, pauses = NOON, []
    while work_once() and fresh(job).state == State.WAITING:
        pauses.append((job.not_before - moment).total_seconds())
        freeze_clock(job.not_before - timedelta(microseconds=1))
        assert not work_once()
        moment = job.not_before
        freeze_clock(moment)

    assert pauses == [10, 20, 40]
    assert (job.state, job.failures, job.starts, job.finished_at) == (State.FAILED, 4, 4, moment)
    assert job.error == "builtins.ValueError"


def test_a_job_that_works_at_the_second_try_is_done(told, freeze_clock):
    freeze_clock(NOON)
    tries = iter([ValueError(), None])
    job = told(lambda _: (error := next(tries)) and raise_(error))
    work_once()
    freeze_clock(NOON + timedelta(seconds=10))
    work_once()

    assert (fresh(job).state, job.failures, job.error, job.frames) == (State.DONE, 1, "", [])


@pytest.mark.parametrize("error", [HopelessError(), KeyError()])
def test_what_is_hopeless_is_not_tried_again(told, error):
    job = told(lambda _: raise_(error))
    work_once()

    assert fresh(job).state == (State.FAILED if isinstance(error, HopelessError) else State.WAITING)


def test_a_thing_that_was_deleted_meanwhile_is_hopeless():
    assert ObjectDoesNotExist in patience_of("trials.note").hopeless


def test_places_in_the_code_are_kept(told):
    job = told(lambda _: raise_(ValueError("words")))
    work_once()

    assert any(frame.endswith(" as_told") for frame in fresh(job).frames)
    assert job.frames[-1].endswith(" raise_")
    assert "words" not in str(job.frames)


def test_a_job_that_this_version_does_not_know_is_tried_again_and_harms_nobody(ask, done):
    job = ask("trials.note", number=3)
    with act():
        Job.objects.filter(pk=job.pk).update(name="trials.of_the_last_version")
    ask("trials.note", number=4)
    while work_once():
        pass

    assert (fresh(job).state, job.error, done) == (State.WAITING, "builtins.KeyError", [4])


def test_a_message_of_a_job_that_is_gone_is_dropped(ask):
    job = ask("trials.note", number=3)
    with act():
        job.delete()

    assert not work_once()
    assert not DBTaskResult.objects.exists()


def test_a_failure_after_which_it_was_asked_for_again_begins_anew(told, ask):
    job = told(lambda _: ask("trials.as_told") and raise_(HopelessError()))
    work_once()

    assert (fresh(job).state, job.failures, job.is_wanted_again) == (State.WAITING, 0, False)


def test_the_task_of_the_tasks_api_does_a_job_that_waits_and_only_such(ask, done):
    job = ask("trials.note", number=3)
    for _ in range(2):
        running.run_job.call(job.pk)

    assert done == [3]


# Cancelling


def cancelled(job: Job) -> Job:
    with act():
        cancel(job.pk)
    return fresh(job)


def test_a_job_that_waits_is_cancelled_at_once(ask, done):
    job = cancelled(ask("trials.note", number=3))
    assert job.state == State.CANCELLED
    assert not work_once()
    assert done == []


def test_a_running_job_is_cancelled_where_it_looks(told, done):
    job = told(lambda context: None)
    run = store.take()
    assert run is not None
    context = Context(run)
    pulse = Pulse(context)
    context.progress(1, 2)
    pulse.beat()
    context.progress(1, 2)

    cancelled(job)
    pulse.beat()

    with pytest.raises(Stopped):
        context.progress(2, 2)


def test_a_job_that_ends_as_it_was_cancelled_is_cancelled(told):
    job = told(lambda context: raise_(Stopped()))
    work_once()

    assert (fresh(job).state, job.error) == (State.CANCELLED, "")


def test_a_cancelled_job_that_fails_is_not_tried_again(told):
    job: Job = told(lambda context: (cancelled(job), raise_(ValueError())))
    work_once()

    assert fresh(job).state == State.CANCELLED


def test_a_cancelled_job_that_was_nearly_done_is_done(told):
    job: Job = told(lambda context: cancelled(job))
    work_once()

    assert fresh(job).state == State.DONE


def test_cancelling_what_ended_changes_nothing(ask):
    job = ask("trials.note", number=3)
    work_once()

    assert cancelled(job).state == State.DONE
    assert not job.is_cancel_asked


def test_what_is_asked_for_after_cancelling_is_done(told, ask):
    job: Job = told(lambda context: (cancelled(job), ask("trials.as_told"), raise_(Stopped())))
    work_once()

    assert (fresh(job).state, job.is_cancel_asked) == (State.WAITING, False)


# The last act


def test_what_the_last_act_writes_and_that_the_job_is_done_are_one(told, ask):
    def behave(context: Context) -> None:
        with context.last_act():
            ask("trials.note", number=3)

    job = told(behave)
    work_once()

    assert fresh(job).state == State.DONE
    assert Job.objects.filter(name="trials.note").count() == 1


def test_the_last_act_of_a_worker_that_was_given_up_leaves_nothing(told, ask, freeze_clock):
    def behave(context: Context) -> None:
        freeze_clock(NOON + timedelta(seconds=61))
        assert store.reap() == 1
        with context.last_act():
            ask("trials.note", number=3)

    freeze_clock(NOON)
    job = told(behave)
    work_once()

    assert (fresh(job).state, job.error) == (State.WAITING, "WorkerLost")
    assert not Job.objects.filter(name="trials.note").exists()
