"""The same results in the same order wherever pieces are done; errors named; work that is stopped ends."""

import numpy as np
import pytest

from decapolis.plumbing.executors.public import PieceFailed, gather, map_pieces, opened, reduce_pieces, side_by_side
from decapolis_methods.opinion.analyse import analyse
from decapolis_methods.opinion.votes import Votes

EXECUTORS = ["serial", pytest.param("processes", marks=pytest.mark.slow)]


def drawn(shared, seed):
    """Something that depends on what is shared and on the seed alone."""
    return np.random.default_rng(seed).choice(shared, size=5).tobytes()


def inverse(shared, piece):
    return shared / piece


class StopError(Exception):
    pass


@pytest.mark.parametrize("name", EXECUTORS)
def test_results_are_equal_to_the_byte_and_in_order(name):
    with opened(name) as executor:
        shared = executor.broadcast(np.arange(1_000.0))
        found = list(gather(map_pieces(executor, drawn, shared, range(12))))

    assert found == [drawn(np.arange(1_000.0), seed) for seed in range(12)]


@pytest.mark.parametrize("name", EXECUTORS)
def test_results_are_folded_in_order(name):
    with opened(name) as executor:
        pending = map_pieces(executor, inverse, executor.broadcast(60), [1, 2, 3])
        assert reduce_pieces(pending, lambda total, each: [*total, each], []) == [60, 30, 20]


@pytest.mark.parametrize("name", EXECUTORS)
def test_an_error_names_its_piece_and_not_what_it_said(name):
    with opened(name) as executor:
        pending = map_pieces(executor, inverse, executor.broadcast(1), [1, 0, 2])
        with pytest.raises(PieceFailed, match=r"^Piece 1 failed: ZeroDivisionError\.$"):
            list(gather(pending))


@pytest.mark.parametrize("name", EXECUTORS)
def test_work_that_is_stopped_ends_before_the_next_result(name):
    taken: list[float] = []
    calls: list[int] = []

    def stop():
        calls.append(1)
        if len(calls) == 3:
            raise StopError

    with opened(name) as executor:
        results = gather(map_pieces(executor, inverse, executor.broadcast(1), [1] * 500), stop_if_asked=stop)
        with pytest.raises(StopError):
            taken.extend(results)
    assert (len(calls), len(taken)) == (3, 2)


@pytest.mark.slow
def test_an_analysis_is_the_same_to_the_byte_on_processes():
    people = np.repeat(np.arange(80), 12)
    statements = np.tile(np.arange(12), 80)
    values = np.where((people % 2 == 0) ^ (statements % 2 == 0), 1, -1)
    votes = Votes.from_triplets(people, statements, values)

    with opened("processes") as executor:
        spread = side_by_side(executor)
        found = analyse(votes, seed=3, bootstrap=6, spread=spread).stability
    expected = analyse(votes, seed=3, bootstrap=6).stability
    assert found
    assert expected
    assert found.agreement.tobytes() == expected.agreement.tobytes()
    assert found.membership.tobytes() == expected.membership.tobytes()
    assert [each.tobytes() for each in found.outlines] == [each.tobytes() for each in expected.outlines]


def test_processes_need_something_to_begin_with():
    with opened("processes") as executor, pytest.raises(TypeError, match="Broadcast a value first"):
        executor.submit(inverse, None, 1)
