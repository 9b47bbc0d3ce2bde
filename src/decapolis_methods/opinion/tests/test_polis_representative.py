"""Which statements represent a group, by hand.

In all examples a group of nine stands against another of nine, and counts are written as (agree, disagree) of each.
9 of 9 against 0 of 9: share 10/11, z 2 * sqrt(10) * 1/2 = 3.162, ratio (10/11) / (1/11) = 10,
z of the two shares 0.9 / sqrt(11/20 * 9/20 * 2/10) = 4.045.
"""

from math import isnan, sqrt

import numpy as np
import pytest

from decapolis_methods.opinion.analysis import GroupCounts, Representative
from decapolis_methods.opinion.polis.representative import find_representative

Pair = tuple[int, int]


def of_first_group(*statements: tuple[Pair, Pair], without: int = -1) -> tuple[Representative, ...]:
    """Statements 100, 101 … that represent the first of two groups of nine who all saw everything."""
    table = np.array(statements).reshape(-1, 2, 2)
    agree, disagree = table[:, :, 0].T, table[:, :, 1].T
    places = np.arange(len(statements))
    counts = GroupCounts(agree, disagree, np.full(agree.shape, 9))
    found = find_representative(counts, places != without, places + 100, np.array([4, 6]))
    assert {one.group for one in found[1]} <= {6}
    return found[0]


def named(found: tuple[Representative, ...]) -> list[tuple[int, str]]:
    return [(one.statement, one.direction) for one in found]


def test_figures_by_hand():
    [found] = of_first_group(((9, 0), (0, 9)))
    assert (found.group, found.statement, found.direction) == (4, 100, "agree")
    assert (found.successes, found.trials) == (9, 9)
    assert [found.share, found.share_test] == pytest.approx([10 / 11, sqrt(10)])
    assert [found.ratio, found.ratio_test] == pytest.approx([10.0, 0.9 / sqrt(0.0495)])
    assert isnan(found.low)
    assert isnan(found.high)
    assert isnan(found.q_value)


def test_disagreement_represents_too():
    assert named(of_first_group(((0, 9), (9, 0)), ((9, 0), (0, 9)))) == [(101, "agree"), (100, "disagree")]


def test_agreed_stand_before_disagreed_though_weaker():
    """7 of 9 against 1 of 9 is telling, but weaker than 9 of 9 who disagree against none."""
    found = of_first_group(((0, 9), (9, 0)), ((7, 2), (1, 8)))
    assert named(found) == [(101, "agree"), (100, "disagree")]


def test_strongest_stand_first():
    found = of_first_group(((7, 2), (1, 8)), ((9, 0), (0, 9)), ((8, 1), (1, 8)))
    assert named(found) == [(101, "agree"), (102, "agree"), (100, "agree")]


def test_five_at_most_and_the_best_agreed_is_always_one_of_them():
    """Six with strong disagreement, and one on which the group agrees more than not: that one is first."""
    found = of_first_group(*[((0, 9), (9, 0))] * 6, ((8, 1), (7, 2)))
    assert named(found) == [(106, "agree"), *((100 + place, "disagree") for place in range(4))]


def test_without_anything_telling_the_best_agreed_alone():
    """9 of 9 against 8 of 9: z of the two shares 0.1 / sqrt(19/20 * 1/20 * 2/10) = 1.026 is not telling."""
    [found] = of_first_group(((5, 4), (5, 4)), ((9, 0), (8, 1)))
    assert (found.statement, found.direction) == (101, "agree")
    assert found.ratio_test == pytest.approx(0.1 / sqrt(0.0095))


def test_without_anything_agreed_the_one_nearest_to_telling():
    """Few agree with either: the one in which the group differs more from the other stands for it."""
    assert named(of_first_group(((1, 4), (1, 4)), ((1, 5), (3, 3)))) == [(101, "disagree")]


def test_statements_without_a_position_are_never_the_best_agreed():
    assert named(of_first_group(((0, 0), (0, 9)), ((1, 8), (0, 9)))) == [(101, "agree")]


def test_what_is_not_analysed_represents_nobody():
    assert named(of_first_group(((9, 0), (0, 9)), ((8, 1), (1, 8)), without=0)) == [(101, "agree")]
    assert of_first_group(((9, 0), (0, 9)), without=0) == ()


def test_two_negative_tests_make_a_best_agreed_as_in_polis():
    """A fault of Polis that we keep, so that results are equal.

    100: everybody agrees, so that the two groups do not differ and the strength is 0, though the ratio is above 1 (the
    other group is smaller). 101: nobody agrees here; share and ratio tests are both below 0, their product is above 0,
    and it takes the place of 100, standing as what it is: a disagreement.
    """
    agree, seen = np.array([[9, 0], [3, 3]]), np.array([[9, 9], [3, 3]])
    counts = GroupCounts(agree, seen - agree, seen)
    found = find_representative(counts, np.array([True, True]), np.array([100, 101]), np.array([0, 1]))
    assert named(found[0]) == [(101, "disagree")]
