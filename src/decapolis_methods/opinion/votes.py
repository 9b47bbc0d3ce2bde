"""Votes of participants on statements, kept sparse: one row a participant, one column a statement."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decapolis_methods.errors import MethodError

AGREE, DISAGREE, PASS = 1, -1, 0

LARGEST = np.iinfo(np.int64).max
"""Largest identifier."""

BLOCK = 1 << 17
"""Votes worked on at a time where a temporary array would be several times as large as the votes."""

TABLE = 1 << 22
"""Identifiers up to this are looked up in a table, however few they are."""


@dataclass(frozen=True)
class Votes:
    """Votes in compressed rows: at most one vote of a participant on a statement.

    A pass is stored (value 0): it says "seen, no position". What was never shown is not stored.

    Attributes
    ----------
    participants : ndarray of int64, shape (n,)
        Identifiers of the rows as in the source, ascending, each once.
    statements : ndarray of int64, shape (m,)
        Identifiers of the columns as in the source, ascending, each once.
    starts : ndarray of int64, shape (n + 1,)
        Row i holds the places ``starts[i]`` to ``starts[i + 1]`` of the next two.
    columns : ndarray of int32, shape (v,)
        Column (0 to m - 1) of each vote, ascending within a row.
    values : ndarray of int8, shape (v,)
        1 agree, -1 disagree, 0 pass.
    """

    participants: NDArray[np.int64]
    statements: NDArray[np.int64]
    starts: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: NDArray[np.int8]

    @property
    def shape(self) -> tuple[int, int]:
        """Number of participants and of statements.

        Returns
        -------
        tuple of int
            (n, m).
        """
        return len(self.participants), len(self.statements)

    def __len__(self) -> int:
        """Number of votes, passes included."""
        return len(self.values)

    @property
    def rows(self) -> NDArray[np.int32]:
        """Row of each vote.

        Returns
        -------
        ndarray of int32, shape (v,)
            0 to n - 1, ascending.
        """
        return np.repeat(np.arange(len(self.participants), dtype=np.int32), np.diff(self.starts))

    def blocks(self, size: int = BLOCK) -> Iterator[tuple[slice, slice]]:
        """Cut the rows into parts of about `size` votes, so that what is computed from them stays small.

        Parameters
        ----------
        size : int
            Votes in a part, 1 or more; a row is never cut.

        Returns
        -------
        iterator of (slice, slice)
            The rows of each part, and the places of their votes in `columns` and `values`.

        Examples
        --------
        >>> votes = Votes.from_triplets([1, 1, 2, 3], [5, 6, 5, 6], [1, 1, 0, -1])
        >>> list(votes.blocks(2))
        [(slice(0, 1, None), slice(0, 2, None)), (slice(1, 3, None), slice(2, 4, None))]
        """
        cuts = np.searchsorted(self.starts, np.arange(size, len(self), size))
        edges = np.unique([0, *cuts.tolist(), len(self.participants)]).tolist()
        for first, last in pairwise(edges):
            yield slice(first, last), slice(int(self.starts[first]), int(self.starts[last]))

    def of(self, people: NDArray[np.int64]) -> Self:
        """Votes of some people.

        Parameters
        ----------
        people : ndarray of int64
            Rows, in any order, each at most once.

        Returns
        -------
        Votes
            Those rows as they were, in the order of the identifiers, and all statements.

        Examples
        --------
        >>> votes = Votes.from_triplets([1, 2, 3, 3], [5, 5, 5, 6], [1, 1, -1, 0]).of(np.array([2, 0]))
        >>> votes.participants.tolist(), votes.values.tolist()
        ([1, 3], [1, -1, 0])
        """
        chosen = np.zeros(len(self.participants), dtype=bool)
        chosen[people] = True
        lengths = np.diff(self.starts)
        places = np.repeat(chosen, lengths)
        starts = np.concatenate([[0], np.cumsum(lengths[chosen])])
        return type(self)(self.participants[chosen], self.statements, starts, self.columns[places], self.values[places])

    @classmethod
    def from_triplets(
        cls,
        participant: ArrayLike,
        statement: ArrayLike,
        value: ArrayLike,
        *,
        statements: ArrayLike | None = None,
        participants: ArrayLike | None = None,
    ) -> Self:
        """Collect votes given one by one; a later vote of the same participant replaces an earlier one.

        Parameters
        ----------
        participant, statement : array_like of int, shape (v,)
            Identifiers as in the source; any whole numbers of 0 or more.
        value : array_like of int, shape (v,)
            1 agree, -1 disagree, 0 pass, in the order in which the votes were given.
        statements, participants : array_like of int, optional
            All columns or rows to keep, also those without a vote. Default: those that occur.

        Returns
        -------
        Votes

        Raises
        ------
        MethodError
            Lengths differ, a value is none of 1, -1, 0, or an identifier is missing from the
            given statements or participants.

        Examples
        --------
        >>> votes = Votes.from_triplets([7, 7, 3], [1, 1, 2], [1, -1, 0])
        >>> votes.participants.tolist(), votes.statements.tolist(), votes.values.tolist()
        ([3, 7], [1, 2], [0, -1])
        """
        who, what, how = (np.asarray(given) for given in (participant, statement, value))
        _check_triplets(who, what, how)
        rows, row = _codes(who, participants, "participant")
        columns, column = _codes(what, statements, "statement")
        if not _are_in_order(row, column):
            place = _last_of_each(row, column, len(columns))
            row, column, how = row[place], column[place], how[place]
        starts = np.searchsorted(row, np.arange(len(rows) + 1, dtype=row.dtype))
        return cls(rows, columns, starts, column, how.astype(np.int8))


def _check_triplets(who: NDArray[np.generic], what: NDArray[np.generic], how: NDArray[np.generic]) -> None:
    if not (who.ndim == what.ndim == how.ndim == 1 and len(who) == len(what) == len(how)):
        shapes = f"arrays of shape {who.shape}, {what.shape} and {how.shape}"
        raise MethodError("value", shapes, "Give as many values as participants and statements, each as one list.")
    if len(how) == 0:
        return
    _check_identifiers(who, "participant")
    _check_identifiers(what, "statement")
    wrong = (how != AGREE) & (how != DISAGREE) & (how != PASS)
    if wrong.any():
        raise MethodError("value", how[wrong][0], "Use 1 for agree, -1 for disagree and 0 for pass.")


def _check_identifiers(given: NDArray[np.generic], name: str) -> None:
    if given.dtype.kind not in "iu":
        raise MethodError(name, f"an identifier of type {given.dtype}", "Give whole numbers of 0 or more.")
    smallest, largest = int(given.min()), int(given.max())
    if smallest < 0 or largest > LARGEST:
        wrong = smallest if smallest < 0 else largest
        raise MethodError(name, wrong, f"Give whole numbers from 0 to {LARGEST}.")


def _codes(
    given: NDArray[np.generic], known: ArrayLike | None, name: str
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """All identifiers in order, and the place of each given one among them."""
    if known is None:
        return _distinct(given.astype(np.int64, copy=False))
    listed = np.asarray(known)
    if len(listed):
        _check_identifiers(listed, f"{name}s")
    every = np.unique(listed).astype(np.int64)
    code = np.searchsorted(every, given)
    found = code < len(every)
    found[found] = every[code[found]] == given[found]
    if not found.all():
        raise MethodError(name, given[~found][0], f"Add it to the list of {name}s, or leave its votes out.")
    return every, code.astype(np.int32)


def _distinct(given: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Distinct values ascending, and the place of each given one: by a table where one is small enough, else sorted."""
    largest = int(given.max(initial=0))
    if largest > 4 * len(given) + TABLE:
        every, code = np.unique(given, return_inverse=True)
        return every, code.astype(np.int32)
    present = np.zeros(largest + 1, dtype=bool)
    present[given] = True
    return np.flatnonzero(present), (np.cumsum(present, dtype=np.int32) - np.int32(1)).take(given)


def _are_in_order(row: NDArray[np.int32], column: NDArray[np.int32]) -> bool:
    """Whether the votes come by row and then by column, each cell once, so that nothing is to be sorted."""
    is_further = (row[1:] > row[:-1]) | ((row[1:] == row[:-1]) & (column[1:] > column[:-1]))
    return bool(is_further.all())


def _last_of_each(row: NDArray[np.int32], column: NDArray[np.int32], width: int) -> NDArray[np.int64]:
    """Places of the last vote of each row and column, by row and then by column."""
    cell = row * np.int64(max(width, 1)) + column
    order = np.argsort(cell, kind="stable")
    cell = cell[order]
    last = np.ones(len(cell), dtype=bool)
    last[:-1] = cell[1:] != cell[:-1]
    return order[last]
