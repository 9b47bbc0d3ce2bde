"""Two-way tables of counts: small cells hidden, and enough others that nobody can compute them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decapolis_methods.disclosure.shares import PUBLIC_FLOOR, check_minimum
from decapolis_methods.errors import MethodError

VERSION = 1

Numbers = NDArray[np.int64]
Costs = NDArray[np.float64]
Mask = NDArray[np.bool_]
Cell = tuple[int, int]

_NO_END = np.int64(1) << 40
"""Room of a cell that nothing limits from above; far above any count of people."""

_MARGIN_COSTS = 4.0
_TOTAL_COSTS = 1000.0
"""How much dearer it is to hide a sum than a count of the same size: readers look at sums first."""


@dataclass(frozen=True)
class ReleasedTable:
    """A two-way table of counts as it may be published.

    Attributes
    ----------
    counts : tuple of tuple of (int or None)
        Rows of counts; None where hidden, whether small itself or hidden to protect a small one.
    rows, columns : tuple of (int or None)
        Sum of each row and of each column.
    total : int or None
        Sum of all.
    minimum : int
        Counts below it are hidden; each hidden small count could be any of more than so many numbers.
    hidden : int
        Number of hidden counts and sums. How many of them are small is not told.
    version : int
        Version of the method.
    """

    counts: tuple[tuple[int | None, ...], ...]
    rows: tuple[int | None, ...]
    columns: tuple[int | None, ...]
    total: int | None
    minimum: int
    hidden: int
    version: int = VERSION


def release_table(counts: ArrayLike, *, minimum: int = PUBLIC_FLOOR, inside: bool = False) -> ReleasedTable:
    """Say of a two-way table of counts what may be said.

    Parameters
    ----------
    counts : array_like of int, shape (rows, columns)
        Number of people in each cell, 0 or more, without sums; every person in one cell.
    minimum : int
        Counts and sums below it, zero included, are hidden.
    inside : bool
        Whether the table stays inside the city; see `shares.check_minimum`.

    Returns
    -------
    ReleasedTable

    Raises
    ------
    MethodError
        No table, a negative or broken count, or a minimum below the floor.

    Notes
    -----
    Complementary suppression. With its sums the table is a network: rows and columns are nodes, cells are arcs, and
    what is hidden may move along cycles of hidden cells. Each small cell needs cycles that carry `minimum` people
    more or fewer; where hidden cells do not give them, the cheapest further cells are hidden (successive cheapest
    paths: small counts before large ones, counts before sums), and at the end those that turned out not to be needed
    are shown again. It follows that each sum of hidden counts that contains a small one is itself at least `minimum`.

    Zero is hidden like any small count: "nobody" says something of everybody in the row. What is not covered: several
    tables of the same people (`releases.conflicts`), readers who belong to a small cell and subtract themselves, and
    tables of three dimensions. The least possible number of hidden cells is not sought: that is NP-hard.

    References
    ----------
    Cox, L. H. (1995). Network models for complementary cell suppression. Journal of the American Statistical
    Association 90, 1453-1462. Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley, chapter 4.

    Examples
    --------
    >>> table = release_table([[40, 3, 60], [50, 30, 25], [61, 44, 38]])
    >>> table.counts
    ((40, None, None), (50, None, None), (61, 44, 38))
    >>> table.rows, table.columns, table.total
    ((103, 105, 143), (151, 77, 123), 351)
    """
    check_minimum(minimum, inside=inside)
    table = with_sums(checked(counts))
    hidden = _hide(table, minimum)
    shown = _shown(table, hidden)
    return ReleasedTable(
        counts=tuple(tuple(row[:-1]) for row in shown[:-1]),
        rows=tuple(row[-1] for row in shown[:-1]),
        columns=tuple(shown[-1][:-1]),
        total=shown[-1][-1],
        minimum=minimum,
        hidden=int(hidden.sum()),
    )


def possible_cells(counts: ArrayLike, hidden: ArrayLike) -> tuple[Costs, Costs]:
    """Compute the least and the most that a reader can tell of each cell of a table with hidden cells.

    Parameters
    ----------
    counts : array_like of int, shape (rows, columns)
        The true counts, without sums.
    hidden : array_like of bool, shape (rows + 1, columns + 1)
        Which cells are hidden; the last row and column are the sums.

    Returns
    -------
    tuple of ndarray of float, shape (rows + 1, columns + 1)
        Least and most of each cell, 0 or more; infinite where nothing limits it; the count itself where shown.

    Raises
    ------
    MethodError
        Counts that cannot be, or a mask of another shape.

    Notes
    -----
    Exact: largest flows through the residual network, which for whole counts are the bounds of the linear programme.
    Assumes a reader who knows only that counts are whole and not negative.

    References
    ----------
    Gusfield, D. (1988). A graph theoretic approach to statistical data security. SIAM Journal on Computing 17, 552-571.

    Examples
    --------
    >>> low, high = possible_cells([[1, 20], [30, 4]], [[True, True, False], [True, True, False], [False] * 3])
    >>> low[:2, :2].tolist(), high[:2, :2].tolist()
    ([[0.0, 0.0], [10.0, 3.0]], [[21.0, 21.0], [31.0, 24.0]])
    """
    table = with_sums(checked(counts))
    mask = np.asarray(hidden, bool)
    if mask.shape != table.shape:
        raise MethodError("hidden", f"shape {mask.shape}", f"Give shape {table.shape}: the table with its sums.")
    low, high = table.astype(float), table.astype(float)
    for cell in _cells(mask):
        more, less = (_flow(table, _hidden_only(mask), cell, step, int(_NO_END)).size for step in (1, -1))
        low[cell] -= less
        high[cell] = np.inf if more >= _NO_END else high[cell] + more
    return low, high


def checked(counts: ArrayLike) -> Numbers:
    """Take counts as a table of whole numbers.

    Parameters
    ----------
    counts : array_like of int, shape (rows, columns)
        Number of people in each cell, 0 or more, without sums.

    Returns
    -------
    ndarray of int64, shape (rows, columns)

    Raises
    ------
    MethodError
        No table, or a negative or broken count.

    Examples
    --------
    >>> checked([[-1, 4]])
    Traceback (most recent call last):
    ...
    decapolis_methods.errors.MethodError: counts: -1 to 4 cannot be used. Give numbers of people, 0 or more.
    """
    table = np.asarray(counts)
    if table.ndim != 2 or 0 in table.shape:
        raise MethodError("counts", f"shape {table.shape}", "Give a table of at least one row and one column.")
    if table.dtype.kind not in "iu":
        raise MethodError("counts", f"type {table.dtype}", "Give whole numbers.")
    if table.min() < 0 or int(table.sum()) >= _NO_END:
        raise MethodError("counts", f"{table.min()} to {table.max()}", "Give numbers of people, 0 or more.")
    return table.astype(np.int64)


def with_sums(table: Numbers) -> Numbers:
    """Add the sums as a last column and a last row.

    Parameters
    ----------
    table : ndarray of int64, shape (rows, columns)
        Counts without sums.

    Returns
    -------
    ndarray of int64, shape (rows + 1, columns + 1)

    Examples
    --------
    >>> with_sums(np.array([[1, 2], [3, 4]])).tolist()
    [[1, 2, 3], [3, 4, 7], [4, 6, 10]]
    """
    wide = np.column_stack((table, table.sum(axis=1)))
    return np.vstack((wide, wide.sum(axis=0)))


def _shown(table: Numbers, hidden: Mask) -> list[list[int | None]]:
    shown = table.astype(object)
    shown[hidden] = None
    rows: list[list[int | None]] = shown.tolist()
    return rows


def _cells(mask: Mask) -> list[Cell]:
    return [(int(row), int(column)) for row, column in np.argwhere(mask)]


# ── which cells are hidden ──────────────────────────────────────────────────────────────────────────────────────────


def _hide(table: Numbers, minimum: int) -> Mask:
    """Cells to hide: those below the minimum, and what protects them."""
    small = table < minimum
    hidden, costs = small.copy(), _costs(table)
    protections: dict[Cell, set[Cell]] = {}
    for cell in sorted(_cells(small), key=lambda cell: (-table[cell], cell)):
        protections[cell] = _protection(table, hidden, cell, minimum) or _buy(table, hidden, costs, cell, minimum)
    _show_unneeded(table, hidden, costs, protections, minimum)
    return hidden


def _costs(table: Numbers) -> Costs:
    """What a reader loses with each cell."""
    costs: Costs = np.log2(2.0 + table)
    costs[:, -1] *= _MARGIN_COSTS
    costs[-1, :] *= _MARGIN_COSTS
    costs[-1, -1] *= _TOTAL_COSTS
    return costs


def _protection(table: Numbers, hidden: Mask, cell: Cell, minimum: int) -> set[Cell] | None:
    """Hidden cells that leave a cell open as they are; None where they do not."""
    prices = _hidden_only(hidden)
    more = _flow(table, prices, cell, 1, minimum)
    less = _flow(table, prices, cell, -1, minimum - more.size) if more.size < minimum else _NOTHING
    return more.used | less.used if more.size + less.size >= minimum else None


def _buy(table: Numbers, hidden: Mask, costs: Costs, cell: Cell, minimum: int) -> set[Cell]:
    """Hide further cells, in place, until a cell is open; answers the cells that leave it open."""
    less = _flow(table, _hidden_only(hidden), cell, -1, minimum)
    more = _flow(table, np.where(hidden, _FREE, costs), cell, 1, minimum - less.size)
    for used in more.used:
        hidden[used] = True
    return more.used | less.used


def _show_unneeded(
    table: Numbers, hidden: Mask, costs: Costs, protections: dict[Cell, set[Cell]], minimum: int
) -> None:
    """Show again, dearest first, what no small cell needs after all."""
    extra = [cell for cell in _cells(hidden) if cell not in protections]
    for candidate in sorted(extra, key=lambda cell: (-costs[cell], cell)):
        hidden[candidate] = False
        users = [cell for cell, used in protections.items() if candidate in used]
        others = _protections(table, hidden, users, minimum)
        hidden[candidate] = others is None
        protections.update(others or {})


def _protections(table: Numbers, hidden: Mask, cells: Sequence[Cell], minimum: int) -> dict[Cell, set[Cell]] | None:
    """What leaves each of some cells open; None as soon as one is not."""
    found = {}
    for cell in cells:
        protection = _protection(table, hidden, cell, minimum)
        if protection is None:
            return None
        found[cell] = protection
    return found


# ── flows of people along cycles of hidden cells ────────────────────────────────────────────────────────────────────


_FREE = 1e-6
"""Price of a cell that is hidden already: not nothing, so that short cycles come first."""


def _hidden_only(hidden: Mask) -> Costs:
    """Prices at which no cell that is shown takes part."""
    prices: Costs = np.where(hidden, _FREE, np.inf)
    return prices


class _Flow(NamedTuple):
    """How many people more or fewer a cell could hold, and the cells that change with it."""

    size: int
    used: set[Cell]


_NOTHING = _Flow(0, set())


class _Room(NamedTuple):
    """How far each cell may rise and fall, counted with the sign that makes rows and columns add up to nothing."""

    up: Numbers
    down: Numbers


def _flow(table: Numbers, prices: Costs, cell: Cell, step: int, wanted: int) -> _Flow:
    """Let a cell rise (step 1) or fall (-1) by as many people as are wanted, as far as the others allow.

    The others take part for their price; those at infinite price do not.
    """
    prices = prices.copy()
    room, is_sum = _room(table, np.isfinite(prices)), _is_sum(table.shape)
    wanted = min(wanted, int(table[cell])) if step < 0 else wanted
    room.up[cell] = room.down[cell] = 0
    size, used, rises = 0, set[Cell](), (step > 0) != bool(is_sum[cell])
    while size < wanted:
        path = _cheapest(room, prices, cell, wanted - size, rises=rises)
        if not path:
            break
        size += _push(room, path, wanted - size)
        used.update(place for place, _ in path)
        for place in used:
            prices[place] = _FREE
    return _Flow(size, used)


def _is_sum(shape: tuple[int, ...]) -> Mask:
    """Cells that are sums of a row or a column; the total counts as a cell of both kinds."""
    sums = np.zeros(shape, bool)
    sums[:, -1] = sums[-1, :] = True
    sums[-1, -1] = False
    return sums


def _room(table: Numbers, may_move: Mask) -> _Room:
    """Cells may rise without end and fall to nothing; sums, which count with the other sign, the other way round."""
    end, is_sum = np.where(may_move, _NO_END, 0), _is_sum(table.shape)
    rest = np.where(may_move, table, 0)
    return _Room(np.where(is_sum, rest, end), np.where(is_sum, end, rest))


Step = tuple[Cell, int]


def _cheapest(room: _Room, prices: Costs, cell: Cell, wanted: int, *, rises: bool) -> list[Step]:
    """Cells that make good the change of one, each with the way it moves; first such that carry all at once."""
    for least in dict.fromkeys((wanted, 1)):
        up, down = (np.where(side >= least, prices, np.inf) for side in room)
        if not rises:
            up, down = down, up
        path = _path(up, down, cell)
        if path:
            sign = 1 if rises else -1
            return [(place, sign * direction) for place, direction in path]
    return []


def _path(up: Costs, down: Costs, cell: Cell) -> list[Step]:
    """Cheapest way from the column of a cell to its row: down a column, up a row, in turn (Bellman and Ford)."""
    to_row, to_column = np.full(up.shape[0], np.inf), np.full(up.shape[1], np.inf)
    from_column, from_row = np.zeros(up.shape[0], np.intp), np.zeros(up.shape[1], np.intp)
    to_column[cell[1]] = 0.0
    is_shorter = True
    while is_shorter:
        is_shorter = _relax(to_row, from_column, down + to_column)
        is_shorter = is_shorter and _relax(to_column, from_row, (up + to_row[:, None]).T)
    if not np.isfinite(to_row[cell[0]]):
        return []
    path: list[Step] = []
    row, column = cell[0], int(from_column[cell[0]])
    path.append(((row, column), -1))
    while column != cell[1]:
        row = int(from_row[column])
        path.append(((row, column), 1))
        column = int(from_column[row])
        path.append(((row, column), -1))
    return path


def _relax(lengths: Costs, before: NDArray[np.intp], ways: Costs) -> bool:
    """Take shorter ways to each node, in place; answers whether there was one."""
    best = ways.argmin(axis=1)
    shortest = ways[np.arange(len(best)), best]
    better = shortest < lengths
    lengths[better], before[better] = shortest[better], best[better]
    return bool(better.any())


def _push(room: _Room, path: Sequence[Step], wanted: int) -> int:
    """Move as many people along a cycle as it carries, in place; answers how many."""
    size = min(wanted, *(int((room.up if direction > 0 else room.down)[place]) for place, direction in path))
    for place, direction in path:
        room.up[place] -= direction * size
        room.down[place] += direction * size
    return size
