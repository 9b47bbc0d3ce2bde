import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from decapolis.plumbing import clock
from decapolis.plumbing.acting import OPERATOR, Actor, act, action
from decapolis.plumbing.jobs import store
from decapolis.plumbing.jobs.models import Job, State
from decapolis.plumbing.jobs.public import ArgumentRefused, enqueue
from decapolis.plumbing.jobs.worker import work_once

pytestmark = pytest.mark.django_db


def messages() -> list[int]:
    """Numbers of the jobs in the queue."""
    return sorted(each.args_kwargs["args"][0] for each in DBTaskResult.objects.all())


def test_a_job_waits_with_its_message_until_a_worker_did_it(ask, done):
    job = ask("trials.note", number=3)
    assert (job.state, job.arguments, messages()) == (State.WAITING, {"number": 3}, [job.pk])

    assert work_once()

    job.refresh_from_db()
    assert (job.state, done, messages()) == (State.DONE, [3], [])
    assert not work_once()


def test_jobs_are_done_in_the_order_in_which_they_were_asked_for(ask, done):
    for number in (2, 3, 1):
        ask("trials.note", number=number)
    while work_once():
        pass
    assert done == [2, 3, 1]


@action
def ask_and_fail(*, by: Actor) -> None:
    """Enqueue a job, and fail after that."""
    enqueue("trials.note", by=by, number=3)
    raise RuntimeError("changed my mind")


def test_an_act_that_was_rolled_back_enqueues_nothing():
    with pytest.raises(RuntimeError, match="changed my mind"):
        ask_and_fail(by=OPERATOR)

    assert (Job.objects.count(), messages()) == (0, [])


def test_outside_of_an_act_nothing_is_enqueued_or_cancelled():
    with pytest.raises(RuntimeError, match="inside an act"):
        enqueue("trials.note", by=OPERATOR, number=3)
    with pytest.raises(RuntimeError, match="inside an act"):
        store.cancel(1)


def test_who_asked_is_kept_as_kind_and_key(ask):
    job = ask("trials.note", by=Actor("person", "7"), number=3)

    assert (job.started_by_kind, job.started_by_key) == ("person", "7")


def test_the_same_is_enqueued_once(ask, done):
    first, other, again = (ask("trials.note", number=number) for number in (3, 4, 3))

    assert first.pk == again.pk != other.pk
    assert messages() == [first.pk, other.pk]


def test_what_is_done_may_be_asked_for_again(ask, done):
    first = ask("trials.note", number=3)
    work_once()
    again = ask("trials.note", number=3)
    work_once()

    assert first.pk != again.pk
    assert done == [3, 3]


def test_one_per_says_what_counts_as_the_same_and_the_last_arguments_count(ask, done):
    first = ask("trials.one_per_conversation", conversation=1, seed=5)
    again = ask("trials.one_per_conversation", conversation=1, seed=6)
    ask("trials.one_per_conversation", conversation=2)
    while work_once():
        pass

    assert first.pk == again.pk
    assert done == [(1, 6), (2, 0)]


def test_what_is_asked_for_while_it_runs_is_done_once_more(ask, done):
    job = ask("trials.note", number=3)
    run = store.take()
    assert run is not None

    for _ in range(3):
        assert ask("trials.note", number=3).pk == job.pk
    store.end(run, store.Ending(State.DONE))

    assert work_once()
    assert not work_once()
    job.refresh_from_db()
    assert (job.state, job.starts, done) == (State.DONE, 2, [3])


@pytest.mark.parametrize("value", ["3", "text", None, [3], {"a": 1}, b"3", Decimal(3), uuid.uuid4(), object()])
def test_an_argument_that_is_no_number_is_refused_and_not_quoted(value):
    with pytest.raises(ArgumentRefused) as refused, act():
        enqueue("trials.note", by=OPERATOR, number=value)

    assert "number of trials.note" in str(refused.value)
    assert "text" not in str(refused.value)
    assert not Job.objects.exists()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**63, int.from_bytes(b"somebody's words")])
def test_a_number_that_no_id_is_is_refused(value):
    with pytest.raises(ArgumentRefused), act():
        enqueue("trials.note", by=OPERATOR, number=value)


@pytest.mark.parametrize("arguments", [{}, {"numbers": 3}, {"number": 3, "more": 4}])
def test_arguments_that_the_job_does_not_take_are_refused_at_once(arguments):
    with pytest.raises(TypeError), act():
        enqueue("trials.note", by=OPERATOR, **arguments)


def test_an_unknown_job_is_refused_at_once():
    with pytest.raises(KeyError), act():
        enqueue("trials.unknown", by=OPERATOR)


def test_somebody_who_was_quicker_is_believed(ask, monkeypatch):
    """The other process commits between our look and our writing: the database says no, and we look again."""
    looks = iter([None])
    real = store._asked_again
    first = ask("trials.note", number=3)
    monkeypatch.setattr(store, "_asked_again", lambda *given: next(looks, 0) or real(*given))

    assert ask("trials.note", number=3).pk == first.pk
    assert messages() == [first.pk]


def make(**values: object) -> Job:
    """A job as no function would make it."""
    moment = clock.now()
    given: dict[str, object] = {"name": "trials.note", "started_by_kind": "operator", "enqueued_at": moment}
    with act():
        return Job.objects.create(not_before=moment, **{**given, **values})


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("jobs_job_state", {"state": "asleep", "finished_at": "2026-03-01T12:00Z"}),
        ("jobs_job_started_by", {"started_by_kind": "stranger"}),
        ("jobs_job_has_lease_while_it_runs", {"state": "running"}),
        ("jobs_job_has_lease_while_it_runs", {"lease_until": "2026-03-01T12:00Z"}),
        ("jobs_job_has_an_end_when_it_ended", {"state": "done"}),
        ("jobs_job_has_an_end_when_it_ended", {"finished_at": "2026-03-01T12:00Z"}),
    ],
)
def test_the_database_refuses_what_cannot_be(constraint, values):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(**values)


def test_the_database_refuses_a_second_open_job_of_one_key():
    make(key="number=3")
    with pytest.raises(IntegrityError), transaction.atomic():
        make(key="number=3")


def test_the_database_refuses_a_second_job_of_one_slot():
    ended = {"slot": "2026-03-01T03:00Z", "state": "done", "finished_at": "2026-03-01T03:00Z"}
    make(**ended)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**ended)
