import numpy as np
import pytest

from decapolis_methods.opinion.analysis import GroupCounts
from decapolis_methods.opinion.polis.priorities import routing_priorities


def priority(agree: list[int], disagree: list[int], seen: list[int], extremity: float, *, meta: bool = False) -> float:
    """Priority of one statement; numbers are those of each group."""
    counts = GroupCounts(*(np.array(each)[:, None] for each in (agree, disagree, seen)))
    return float(routing_priorities(counts, np.array([extremity]), np.array([meta]))[0])


def test_priority_of_a_new_statement_by_hand():
    """Nobody saw it: (1 - 1/2) * 1 * 1/2 * (1 + 8) = 2.25, squared."""
    assert priority([0], [0], [0], 0.0) == pytest.approx(2.25**2)


def test_priority_adds_the_groups_up_by_hand():
    """5 saw it, 3 agree, 1 passed: (1 - 2/7) * (1 + 0.5) * 4/7 * (1 + 8/2) = 150/49, squared."""
    assert priority([2, 1], [0, 1], [3, 2], 0.5) == pytest.approx((150 / 49) ** 2)


def test_meta_statements_have_a_fixed_priority():
    assert priority([2, 1], [0, 1], [3, 2], 0.5, meta=True) == 49.0


def test_only_meta_statements_have_the_fixed_priority():
    """In issue 2571 of Polis a flag of 0 counted as true, and every statement got 49."""
    assert priority([40], [40], [90], 2.0, meta=False) < 10.0


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (([9], [0], [30], 1.0), ([9], [0], [15], 1.0)),  # passed by many
        (([2], [9], [11], 1.0), ([9], [2], [11], 1.0)),  # agreed by few
        (([5], [5], [10], 0.5), ([5], [5], [10], 1.5)),  # puts nobody far from the middle
        (([50], [50], [100], 1.0), ([1], [1], [2], 1.0)),  # seen by many
    ],
)
def test_what_lowers_a_priority(less, more):
    assert priority(*less) < priority(*more)
