from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from django.utils.functional import lazy

from decapolis.plumbing.acting import act
from decapolis.plumbing.jobs import registry, store
from decapolis.plumbing.jobs.models import Job, State
from decapolis.plumbing.jobs.public import JobProgress, cancel, ended, latest, progress_of, waiting
from decapolis.plumbing.jobs.registry import Registered
from decapolis.plumbing.jobs.worker import work_once

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def known(job: int) -> JobProgress:
    found = progress_of(job)
    assert found is not None
    return found


def test_a_job_that_waits_says_so(ask, freeze_clock):
    freeze_clock(NOON)
    job = ask("trials.note", number=3)
    seen = known(job.pk)

    assert (seen.name, seen.state, seen.is_open, seen.enqueued_at) == ("trials.note", State.WAITING, True, NOON)
    assert (seen.percent, seen.left, seen.doing) == (None, None, "")


def test_a_running_job_says_what_it_does_how_far_it_is_and_how_long_it_takes(told, freeze_clock):
    freeze_clock(NOON)
    job = told(lambda context: None)
    run = store.take()
    assert run is not None
    freeze_clock(NOON + timedelta(seconds=10))
    store.renew(run, store.Step(done=1, total=5, doing="reading_votes"))
    seen = known(job.pk)

    assert (seen.state, seen.percent, seen.doing) == (State.RUNNING, 20, "Reading the answers")
    assert seen.left == timedelta(seconds=40)


@pytest.mark.parametrize(
    ("seconds", "done", "total", "percent"), [(2, 1, 5, 20), (10, 0, 5, 0), (10, 3, 0, None), (10, 6, 5, 100)]
)
def test_what_nobody_can_know_is_not_guessed(told, freeze_clock, seconds, done, total, percent):
    freeze_clock(NOON)
    job = told(lambda context: None)
    run = store.take()
    assert run is not None
    freeze_clock(NOON + timedelta(seconds=seconds))
    store.renew(run, store.Step(done, total))

    assert (known(job.pk).left, known(job.pk).percent) == (None, percent)


def test_a_job_that_was_deleted_is_not_there(ask):
    job = ask("trials.note", number=3)
    with act():
        Job.objects.all().delete()

    assert progress_of(job.pk) is None


def test_the_page_that_starts_jobs_finds_its_last_one(ask):
    assert latest("trials.one_per_conversation", conversation=1) is None
    ask("trials.one_per_conversation", conversation=1, seed=5)
    work_once()
    again = ask("trials.one_per_conversation", conversation=1, seed=6)
    ask("trials.one_per_conversation", conversation=2)

    found = latest("trials.one_per_conversation", conversation=1)
    assert found is not None
    assert (found.job, found.state) == (again.pk, State.WAITING)


def test_what_runs_comes_before_what_waits_and_what_ended_is_apart(ask, freeze_clock):
    first, second, third, fourth = (
        freeze_clock(NOON + timedelta(seconds=number)) or ask("trials.note", number=number) for number in range(4)
    )
    work_once()
    store.take()
    with act():
        cancel(fourth.pk)

    assert [each.job for each in waiting()] == [second.pk, third.pk]
    assert [each.job for each in ended()] == [fourth.pk, first.pk]
    assert len(waiting(limit=1)) == len(ended(limit=1)) == 1


def test_the_number_of_queries_does_not_grow_with_the_jobs(ask, django_assert_num_queries):
    for number in range(20):
        ask("trials.note", number=number)
    with django_assert_num_queries(1):
        waiting()


def test_words_are_in_the_language_of_the_reader(monkeypatch):
    doing = {"reading": lazy(lambda: {"fr": "Lecture"}.get(translation.get_language() or "", "Reading"), str)()}
    monkeypatch.setitem(registry._registered, "trials.spoken", Registered("trials.spoken", print, doing=doing))
    with translation.override("fr"):
        assert registry.words_of("trials.spoken", "reading") == "Lecture"
    with translation.override("en"):
        assert registry.words_of("trials.spoken", "reading") == "Reading"
