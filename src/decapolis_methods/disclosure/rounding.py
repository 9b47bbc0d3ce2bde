"""Two-way tables of counts, rounded so that they still add up: the alternative to hiding cells."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decapolis_methods.disclosure.shares import PUBLIC_FLOOR, check_minimum
from decapolis_methods.disclosure.tables import checked, with_sums

VERSION = 1

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
Cell = tuple[int, int]


@dataclass(frozen=True)
class RoundedTable:
    """A two-way table of counts, each rounded to a multiple of a base, with sums that add up.

    Attributes
    ----------
    counts : tuple of tuple of int
        Rows of counts, multiples of `base`.
    rows, columns : tuple of int
        Sum of each row and of each column: of the rounded counts, and within one base of the true sum.
    total : int
        Sum of all, likewise.
    base : int
        Each figure is less than so many people away from the true one.
    version : int
        Version of the method.
    """

    counts: tuple[tuple[int, ...], ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    total: int
    base: int
    version: int = VERSION


def round_table(counts: ArrayLike, *, seed: int, base: int = PUBLIC_FLOOR, inside: bool = False) -> RoundedTable:
    """Round a two-way table to multiples of a base, such that rows and columns still add up.

    Parameters
    ----------
    counts : array_like of int, shape (rows, columns)
        Number of people in each cell, 0 or more, without sums; every person in one cell.
    seed : int
        0 or more; the same table must always be given the same, and secret, seed, or the mean of several roundings
        tells the counts.
    base : int
        Figures are rounded up or down to a multiple of it; no less than the minimum that holds for hidden cells, so
        that "0" says "fewer than so many".
    inside : bool
        Whether the table stays inside the city; see `shares.check_minimum`.

    Returns
    -------
    RoundedTable

    Raises
    ------
    MethodError
        No table, a negative or broken count, or a base below the floor.

    Notes
    -----
    Unbiased controlled rounding. Counts that are no multiple of the base lie on cycles of such counts (sums
    included); along a cycle as much is added to every second one as is taken from the others, until one is a multiple.
    The way round is drawn such that the expected figure is the true count. A multiple of the base stays what it is:
    rounding is zero-restricted, so a "10" may be ten people.

    References
    ----------
    Causey, B. D., Cox, L. H. & Ernst, L. R. (1985). Applications of transportation theory to statistical problems.
    Journal of the American Statistical Association 80, 903-909. Cox, L. H. (1987). A constructive procedure for
    unbiased controlled rounding. Journal of the American Statistical Association 82, 520-524.

    Examples
    --------
    >>> table = round_table([[40, 3, 60], [50, 31, 25]], seed=1)
    >>> table.counts, table.total
    (((40, 0, 60), (50, 30, 30)), 210)
    """
    check_minimum(base, inside=inside)
    table = with_sums(checked(counts))
    signed = _with_signs(table)
    random = np.random.default_rng(seed)
    while cycle := _cycle(signed % base != 0):
        _shift(signed, cycle, base, random)
    rounded = _with_signs(signed)
    return RoundedTable(
        counts=tuple(tuple(row) for row in rounded[:-1, :-1].tolist()),
        rows=tuple(rounded[:-1, -1].tolist()),
        columns=tuple(rounded[-1, :-1].tolist()),
        total=int(rounded[-1, -1]),
        base=base,
    )


def _with_signs(table: Numbers) -> Numbers:
    """Sums with the other sign, so that each row and column adds up to nothing (and back)."""
    signed = table.copy()
    signed[:-1, -1] *= -1
    signed[-1, :-1] *= -1
    return signed


def _cycle(is_broken: Mask) -> list[Cell]:
    """Cells that are no multiples, each in a row or column with the next, and the last with the first; or none.

    A row or column with one such cell has a second, since it adds up to nothing: the walk goes on until it meets
    where it has been.
    """
    starts = np.flatnonzero(is_broken.any(axis=1))
    if not len(starts):
        return []
    lines, cells = [("row", int(starts[0]))], list[Cell]()
    while True:
        along, at = lines[-1]
        before = lines[-2][1] if len(lines) > 1 else -1
        places = np.flatnonzero(is_broken[at] if along == "row" else is_broken[:, at])
        following = next(int(place) for place in places if place != before)
        cells.append((at, following) if along == "row" else (following, at))
        line = ("column" if along == "row" else "row", following)
        if line in lines:
            return cells[lines.index(line) :]
        lines.append(line)


def _shift(signed: Numbers, cycle: list[Cell], base: int, random: np.random.Generator) -> None:
    """Move along a cycle, in place, until one cell is a multiple of the base, the way round drawn without bias."""
    above = np.array([signed[cell] % base for cell in cycle])
    below = base - above
    forwards = int(min(below[::2].min(), above[1::2].min()))
    backwards = int(min(above[::2].min(), below[1::2].min()))
    size = forwards if random.integers(forwards + backwards) < backwards else -backwards
    for at, cell in enumerate(cycle):
        signed[cell] += size if at % 2 == 0 else -size
