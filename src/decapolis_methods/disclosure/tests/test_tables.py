"""Two-way tables: small cells hidden such that nobody can compute them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from decapolis_methods.disclosure.tables import ReleasedTable, possible_cells, release_table, with_sums
from decapolis_methods.errors import MethodError

Numbers = NDArray[np.int64]
Costs = NDArray[np.float64]

TABLES = st.tuples(
    st.integers(1, 6), st.integers(1, 6), st.integers(0, 2**32 - 1), st.sampled_from([2, 8, 25, 80])
).map(lambda drawn: random_table((drawn[0], drawn[1]), seed=drawn[2], mean=drawn[3]))


def random_table(shape: tuple[int, int], *, seed: int, mean: int) -> Numbers:
    """Counts with a long tail, as a city's tables have."""
    return np.random.default_rng(seed).negative_binomial(1, 1 / (1 + mean), shape).astype(np.int64)


def hidden_cells(released: ReleasedTable) -> NDArray[np.bool_]:
    """Which cells are hidden, sums in the last row and column."""
    rows = [(*row, total) for row, total in zip(released.counts, released.rows, strict=True)]
    return np.array([[count is None for count in row] for row in (*rows, (*released.columns, released.total))])


def programme(table: Numbers, hidden: NDArray[np.bool_]) -> tuple[Costs, Costs, list[tuple[int, int]]]:
    """Equations that a reader has for the hidden cells: each row and each column adds up."""
    signs = np.ones(table.shape)
    signs[:-1, -1] = signs[-1, :-1] = -1
    cells = [(int(row), int(column)) for row, column in np.argwhere(hidden)]
    matrix = np.zeros((sum(table.shape), len(cells)))
    for at, (row, column) in enumerate(cells):
        matrix[row, at] = matrix[table.shape[0] + column, at] = signs[row, column]
    shown = signs * np.where(hidden, 0, table)
    return matrix, -np.concatenate((shown.sum(axis=1), shown.sum(axis=0))), cells


def solved_bounds(table: Numbers, hidden: NDArray[np.bool_]) -> dict[tuple[int, int], tuple[float, float]]:
    """Least and most of each hidden cell, by HiGHS."""
    matrix, right, cells = programme(table, hidden)
    bounds = {}
    for at, cell in enumerate(cells):
        goal = np.zeros(len(cells))
        goal[at] = 1
        least, most = (
            linprog(way * goal, A_eq=matrix, b_eq=right, bounds=(0, None), method="highs") for way in (1, -1)
        )
        bounds[cell] = float(least.fun or 0), np.inf if most.status == 3 else -float(most.fun or 0)
    return bounds


def is_open(table: Numbers, hidden: NDArray[np.bool_], minimum: int = 10) -> bool:
    """Whether each small cell could be any of more than `minimum` numbers, by HiGHS."""
    bounds = solved_bounds(table, hidden)
    return all(
        cell in bounds and np.diff(bounds[cell])[0] >= minimum - 1e-6
        for cell in map(tuple, np.argwhere(table < minimum))
    )


def test_release_table_by_hand() -> None:
    released = release_table([[40, 3, 60], [50, 30, 25], [61, 44, 38]])
    assert released.counts == ((40, None, None), (50, None, None), (61, 44, 38))
    assert (released.rows, released.columns, released.total) == ((103, 105, 143), (151, 77, 123), 351)
    assert (released.minimum, released.hidden) == (10, 4)


def test_release_table_without_small_cells_hides_nothing() -> None:
    released = release_table([[10, 20], [30, 40]])
    assert (released.counts, released.hidden) == (((10, 20), (30, 40)), 0)


@pytest.mark.parametrize("counts", [[[9]], [[0]], [[1, 2], [3, 3]]])
def test_release_table_of_few_people_says_nothing(counts: list[list[int]]) -> None:
    released = release_table(counts)
    assert released.total is None
    assert released.hidden == with_sums(np.array(counts)).size


def test_release_table_hides_a_small_sum_and_zero() -> None:
    released = release_table([[4, 3, 0], [50, 60, 70], [80, 90, 100]])
    assert released.rows[0] is None
    assert released.counts[0] == (None, None, None)


def test_hiding_small_cells_alone_is_not_enough() -> None:
    table = with_sums(np.array([[40, 3, 60], [50, 30, 25], [61, 44, 38]]))
    assert not is_open(table, table < 10)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
def test_release_table_holds_against_a_solver(seed: int) -> None:
    shape = 2 + seed % 5, 2 + seed % 4
    counts = random_table(shape, seed=seed, mean=(6, 15, 30, 60)[seed % 4])
    hidden = hidden_cells(release_table(counts))
    table = with_sums(counts)
    low, high = possible_cells(counts, hidden)
    for cell, (least, most) in solved_bounds(table, hidden).items():
        assert low[cell] == pytest.approx(least, abs=1e-6)
        assert high[cell] == pytest.approx(most, abs=1e-6)
    assert is_open(table, hidden)


@settings(deadline=None, max_examples=60)
@given(counts=TABLES)
def test_release_table_leaves_each_small_cell_open(counts: Numbers) -> None:
    hidden, small = hidden_cells(release_table(counts)), with_sums(counts) < 10
    low, high = possible_cells(counts, hidden)
    assert (hidden | ~small).all()
    assert (high[small] - low[small] >= 10).all()


@settings(deadline=None, max_examples=60)
@given(counts=TABLES)
def test_hidden_counts_of_a_row_with_a_small_one_are_not_few_together(counts: Numbers) -> None:
    released = release_table(counts)
    for row, shown, total in zip(counts, released.counts, released.rows, strict=True):
        hidden = [int(count) for count, figure in zip(row, shown, strict=True) if figure is None]
        assert total is None or not hidden or min(hidden) >= 10 or sum(hidden) >= 10


@settings(deadline=None, max_examples=40)
@given(counts=TABLES)
def test_release_table_hides_nothing_that_is_not_needed(counts: Numbers) -> None:
    hidden, table = hidden_cells(release_table(counts)), with_sums(counts)
    for cell in map(tuple, np.argwhere(hidden & (table >= 10))):
        fewer = hidden.copy()
        fewer[cell] = False
        low, high = possible_cells(counts, fewer)
        assert ((high - low)[table < 10] < 10).any()


@settings(deadline=None, max_examples=30)
@given(counts=TABLES, minimum=st.integers(10, 30))
def test_release_table_shows_true_counts_and_none_below_the_minimum(counts: Numbers, minimum: int) -> None:
    released = release_table(counts, minimum=minimum)
    shown = [figure for row in released.counts for figure in row]
    assert all(figure in (None, count) for figure, count in zip(shown, counts.ravel().tolist(), strict=True))
    figures = [*shown, *released.rows, *released.columns, released.total]
    assert all(figure is None or figure >= minimum for figure in figures)
    assert figures.count(None) == released.hidden


def test_release_table_inside_uses_the_lower_floor() -> None:
    assert release_table([[5, 20], [30, 40]], minimum=5, inside=True).hidden == 0
    with pytest.raises(MethodError, match="Give 10 or more"):
        release_table([[5, 20], [30, 40]], minimum=5)


def test_possible_cells_by_hand() -> None:
    inner = np.zeros((3, 3), bool)
    inner[:2, :2] = True
    low, high = possible_cells([[1, 20], [30, 4]], inner)
    assert low.tolist() == [[0, 0, 21], [10, 3, 34], [31, 24, 55]]
    assert high.tolist() == [[21, 21, 21], [31, 24, 34], [31, 24, 55]]


def test_possible_cells_without_any_sum_have_no_upper_end() -> None:
    low, high = possible_cells([[3]], np.ones((2, 2), bool))
    assert (low == 0).all()
    assert np.isinf(high).all()


def test_possible_cells_of_a_single_hidden_cell_are_its_count() -> None:
    low, high = possible_cells([[3, 20], [30, 40]], [[True, False, False], [False] * 3, [False] * 3])
    assert low[0, 0] == high[0, 0] == 3


@pytest.mark.parametrize(
    ("counts", "remedy"),
    [
        ([1, 2], "at least one row"),
        ([[]], "at least one row"),
        ([[1.5, 2.0]], "whole numbers"),
        ([["a"]], "whole numbers"),
        ([[-1, 4]], "0 or more"),
        ([[2**40]], "0 or more"),
    ],
)
def test_release_table_refuses_what_is_no_table(counts: object, remedy: str) -> None:
    with pytest.raises(MethodError, match=remedy):
        release_table(counts)  # type: ignore[arg-type]  # what a careless caller passes


def test_possible_cells_refuse_a_mask_of_another_shape() -> None:
    with pytest.raises(MethodError, match="with its sums"):
        possible_cells([[1, 2]], [[True, True]])
