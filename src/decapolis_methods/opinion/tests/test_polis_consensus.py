from math import isnan

import numpy as np
import pytest

from decapolis_methods.opinion.analysis import Consensus, GroupCounts
from decapolis_methods.opinion.polis.consensus import find_consensus, group_aware_consensus


def find(agree: list[int], disagree: list[int], seen: list[int], *, without: int = -1) -> tuple[Consensus, ...]:
    places = np.arange(len(agree))
    counts = GroupCounts(np.array([agree]), np.array([disagree]), np.array([seen]))
    return find_consensus(counts, places != without, places + 100)


def test_find_consensus_by_hand():
    """8 of 8: share 9/10, z 2 * 3 * (9/9 - 1/2) = 3; 5 of 8 is too near to half: z 2 * 3 * (6/9 - 1/2) = 1."""
    [found] = find([8, 5], [0, 3], [8, 8])
    assert (found.statement, found.direction, found.successes, found.trials) == (100, "agree", 8, 8)
    assert [found.share, found.share_test] == pytest.approx([0.9, 3.0])
    assert isnan(found.lowest)


def test_find_consensus_orders_by_share_times_test_and_agreed_before_disagreed():
    found = find([8, 0, 20, 0], [0, 30, 0, 9], [8, 30, 20, 9])
    assert [(one.statement, one.direction) for one in found] == [
        (102, "agree"), (100, "agree"), (101, "disagree"), (103, "disagree"),
    ]  # fmt: skip


def test_find_consensus_takes_five_and_of_equal_ones_the_first():
    found = find([9] * 7, [0] * 7, [9] * 7)
    assert [one.statement for one in found] == [100, 101, 102, 103, 104]


def test_find_consensus_leaves_out_what_is_not_analysed():
    assert [one.statement for one in find([9, 9], [0, 0], [9, 9], without=0)] == [101]


def test_find_consensus_counts_passes_against_both_sides():
    """8 of 8 who took a position agree, but 12 more passed: 8 of 20 is no consensus."""
    assert find([8], [0], [20]) == ()


def test_group_aware_consensus_by_hand():
    """(3+1)/(4+2) * (0+1)/(2+2) = 1/6; nobody asked in either group: 1/2 * 1/2."""
    agree, seen = np.array([[3, 0], [0, 0]]), np.array([[4, 0], [2, 0]])
    assert group_aware_consensus(GroupCounts(agree, seen - agree, seen)).tolist() == pytest.approx([1 / 6, 1 / 4])
