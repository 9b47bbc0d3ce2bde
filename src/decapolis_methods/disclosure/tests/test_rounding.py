"""Controlled rounding: multiples that add up, near the truth, without bias."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decapolis_methods.disclosure.rounding import round_table
from decapolis_methods.disclosure.tables import with_sums
from decapolis_methods.disclosure.tests.test_tables import TABLES, Numbers
from decapolis_methods.errors import MethodError


def as_array(counts: Numbers, *, seed: int, base: int = 10) -> Numbers:
    """The rounded table with its sums."""
    rounded = round_table(counts, seed=seed, base=base)
    return np.vstack((np.column_stack((rounded.counts, rounded.rows)), [*rounded.columns, rounded.total]))


def test_round_table_by_hand() -> None:
    assert as_array(np.array([[10, 20], [30, 40]]), seed=0).tolist() == [[10, 20, 30], [30, 40, 70], [40, 60, 100]]
    assert as_array(np.array([[5]]), seed=0)[0, 0] in (0, 10)


@settings(deadline=None, max_examples=100)
@given(counts=TABLES, seed=st.integers(0, 2**32), base=st.integers(10, 25))
def test_round_table_adds_up_and_stays_near(counts: Numbers, seed: int, base: int) -> None:
    rounded = as_array(counts, seed=seed, base=base)
    assert (rounded % base == 0).all()
    assert (rounded >= 0).all()
    assert (with_sums(rounded[:-1, :-1]) == rounded).all()
    assert (np.abs(rounded - with_sums(counts)) < base).all()


@settings(deadline=None, max_examples=20)
@given(counts=TABLES, seed=st.integers(0, 100))
def test_round_table_is_the_same_for_the_same_seed(counts: Numbers, seed: int) -> None:
    assert round_table(counts, seed=seed) == round_table(counts, seed=seed)


@pytest.mark.slow
def test_round_table_is_right_on_average() -> None:
    counts = np.array([[3, 14, 7], [22, 9, 1], [0, 55, 18]])
    mean = np.mean([as_array(counts, seed=seed) for seed in range(3_000)], axis=0)
    # Five standard errors of a figure that is one base up or down.
    assert np.abs(mean - with_sums(counts)).max() < 5 * 5 / np.sqrt(3_000)


def test_round_table_refuses_a_base_below_the_floor() -> None:
    with pytest.raises(MethodError, match="Give 10 or more"):
        round_table([[5]], seed=0, base=5)
    assert round_table([[5]], seed=0, base=5, inside=True).total == 5
