from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decapolis_methods.opinion.intervals import smoothed
from decapolis_methods.opinion.polis.statistics import share_test, two_share_test

repeated = settings(max_examples=50, deadline=None)

counts = st.integers(0, 2000)


def one(value: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([value])


def test_share_test_by_hand():
    """9 of 9: 2 * sqrt(10) * (10/10 - 1/2) = 3.162; 2 of 8: 2 * 3 * (3/9 - 1/2) = -1."""
    assert share_test(np.array([9, 2]), np.array([9, 8])).tolist() == pytest.approx([sqrt(10), -1.0])


def test_two_share_test_by_hand():
    """9 of 9 against 0 of 9: 10/10 and 1/10, together 11/20; 0.9 / sqrt(11/20 * 9/20 * 2/10) = 4.045."""
    assert two_share_test(one(9), one(9), one(0), one(9))[0] == pytest.approx(0.9 / sqrt(0.0495))


def test_two_share_test_of_equally_large_differences_is_equal():
    """6 of 9 against 1 of 1, and 1 of 9 against 0 of 1: 7/10 - 2/2 = 2/10 - 1/2, to the last digit."""
    assert two_share_test(one(6), one(9), one(1), one(1)) == two_share_test(one(1), one(9), one(0), one(1))


def test_two_share_test_is_nought_where_everybody_succeeded():
    assert two_share_test(one(9), one(9), one(4), one(4)).tolist() == [0.0]


@repeated
@given(counts, counts, counts, counts)
def test_two_share_test_turns_its_sign_when_sides_are_changed(success: int, failure: int, other: int, other_fail: int):
    here, there = (one(success), one(success + failure)), (one(other), one(other + other_fail))
    assert two_share_test(*here, *there)[0] == pytest.approx(-two_share_test(*there, *here)[0])


@repeated
@given(counts, counts)
def test_share_and_its_test_say_the_same(success: int, failure: int):
    """A share that is clearly more than half has a positive z, and the other way round."""
    share = smoothed(one(success), one(success + failure))[0]
    test = share_test(one(success), one(success + failure))[0]
    assert 0.0 < share < 1.0
    assert success <= failure or test > 0.0
    assert success + 1 >= failure or test < 0.0
