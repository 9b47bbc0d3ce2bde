"""Many at once, each with a connection of its own: the database decides, and everybody gets an answer."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connections, transaction
from django_tasks_db.models import DBTaskResult

from decapolis.plumbing.acting import OPERATOR, act
from decapolis.plumbing.jobs import store
from decapolis.plumbing.jobs.models import Job, State
from decapolis.plumbing.jobs.public import enqueue
from decapolis.plumbing.jobs.registry import find

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MANY = 6
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
R = TypeVar("R")


def at_once(do: Callable[[], R], many: int = MANY) -> list[R]:
    """Let many threads do the same, beginning in the same moment."""
    start = Barrier(many)

    def do_with_others(_number: int) -> R:
        try:
            start.wait()
            return do()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(do_with_others, range(many)))


def ask(number: int) -> int:
    with act():
        return enqueue("trials.note", by=OPERATOR, number=number)


def take_all() -> list[int]:
    """Take jobs until there is none."""
    return [run.job for run in iter(store.take, None)]


def flat(lists: Iterable[list[int]]) -> list[int]:
    return [each for some in lists for each in some]


def test_many_that_ask_for_the_same_get_the_same_job():
    for number in range(5):
        assert len(set(at_once(lambda number=number: ask(number)))) == 1  # type: ignore[misc]  # bound now

    assert Job.objects.count() == DBTaskResult.objects.count() == 5


def test_many_workers_take_each_job_once():
    jobs = [ask(number) for number in range(30)]

    assert Counter(flat(at_once(take_all))) == Counter(jobs)
    assert not DBTaskResult.objects.exists()


def test_many_workers_enqueue_a_slot_once():
    purging = find("retention.purge")
    for day in range(4):
        at_once(lambda day=day: store.enqueue_slot(purging, NOON + timedelta(days=day)))  # type: ignore[misc]  # as above
        run = store.take()
        assert run is not None
        store.end(run, store.Ending(State.DONE))

    assert Job.objects.count() == 4
    assert not DBTaskResult.objects.exists()


def test_many_reapers_give_a_job_back_once():
    job = ask(3)
    store.take()
    with act():
        Job.objects.update(lease_until=NOON)

    assert sorted(at_once(store.reap)) == [0] * (MANY - 1) + [1]
    row = Job.objects.get(pk=job)
    assert (row.failures, row.state, DBTaskResult.objects.count()) == (1, State.WAITING, 1)


def test_the_same_run_ends_once():
    ask(3)
    run = store.take()
    assert run is not None

    assert Counter(at_once(lambda: store.end(run, store.Ending(State.DONE)))) == {True: 1, False: MANY - 1}


def test_what_is_asked_for_as_a_job_ends_is_done_after_it():
    """Whoever comes first: either the run is followed by another, or a new job waits."""
    for number in range(5):
        ask(number)
        run = store.take()
        assert run is not None
        steps = iter([lambda run=run: store.end(run, store.Ending(State.DONE)), lambda number=number: ask(number)])
        at_once(lambda steps=steps: next(steps)(), 2)  # type: ignore[misc]  # bound now
        (after,) = take_all()
        assert Job.objects.get(pk=after).arguments == {"number": number}


def test_nobody_takes_what_is_not_committed():
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            ask(3)
            elsewhere = pool.submit(seen_elsewhere).result(timeout=20)
        assert elsewhere == 0
        assert pool.submit(seen_elsewhere).result(timeout=20) == 1


def seen_elsewhere() -> int:
    try:
        return Job.objects.count()
    finally:
        connections.close_all()
