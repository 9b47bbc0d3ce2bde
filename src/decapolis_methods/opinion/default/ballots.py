"""The votes that take part in the analysis: agree and disagree on statements that are analysed, as sparse tables."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from decapolis_methods.opinion.analysis import Moderation
from decapolis_methods.opinion.votes import PASS, Votes

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Ballots:
    """Positions taken, shape (n, m): `said` holds 1 or -1, `gave` holds 1 at the same places.

    A pass says "seen, no position" and stands in neither.
    """

    said: csr_array
    gave: csr_array

    @property
    def shape(self) -> tuple[int, int]:
        """Number of participants and of statements.

        Returns
        -------
        tuple of int
        """
        n, m = self.said.shape
        return int(n), int(m)

    @property
    def per_person(self) -> NDArray[np.int64]:
        """Number of positions each participant took.

        Returns
        -------
        ndarray of int64, shape (n,)
        """
        return np.diff(self.said.indptr).astype(np.int64)

    @property
    def order(self) -> NDArray[np.int64]:
        """Rows of the people who took a position, in an order that is made of what they said and of nothing else.

        Who said the same is interchangeable. So drawing people by their place in this order does not depend on their
        names, and whoever took no position moves nothing.

        Returns
        -------
        ndarray of int64
        """
        rows = np.flatnonzero(self.per_person)
        marks = np.random.default_rng(0).integers(2**64 - 1, size=(self.shape[1], 2), dtype=np.uint64)
        each = marks[self.said.indices, (self.said.data > 0).astype(np.int64)]
        sums = np.add.reduceat(each, self.said.indptr[rows]) if len(rows) else each
        return rows[np.argsort(sums, kind="stable")]

    @property
    def per_statement(self) -> Floats:
        """Number of positions taken on each statement.

        Returns
        -------
        ndarray of float, shape (m,)
        """
        return np.bincount(self.said.indices, minlength=self.shape[1]).astype(np.float64)

    def of(self, people: NDArray[np.int64]) -> "Ballots":
        """Ballots of some people, in the order given.

        Parameters
        ----------
        people : ndarray of int64
            Rows.

        Returns
        -------
        Ballots
        """
        return ballots_of(self.said[people])


def ballots_of(said: csr_array) -> Ballots:
    """Ballots from a table of 1 and -1.

    Parameters
    ----------
    said : csr_array of float, shape (n, m)

    Returns
    -------
    Ballots
        Sharing the indices of the table.
    """
    return Ballots(said, csr_array((np.ones(said.nnz), said.indices, said.indptr), shape=said.shape))


def cast(votes: Votes, moderation: Moderation) -> Ballots:
    """Take the positions out of the votes.

    Parameters
    ----------
    votes : Votes
    moderation : Moderation
        Votes on refused and on meta statements are left out.

    Returns
    -------
    Ballots
        Same rows and columns as the votes.
    """
    kept = (votes.values != PASS) & moderation.analysed[votes.columns]
    until = np.cumsum(kept)
    starts = np.where(votes.starts > 0, until[votes.starts - 1], 0) if len(votes) else votes.starts
    return ballots_of(table(votes.values[kept].astype(np.float64), votes.columns[kept], starts, votes.shape))


def table(values: Floats, columns: NDArray[np.int32], starts: NDArray[np.int64], shape: tuple[int, int]) -> csr_array:
    """Sparse table that shares its columns with what it is made from.

    Parameters
    ----------
    values : ndarray of float, shape (v,)
    columns : ndarray of int32, shape (v,)
    starts : ndarray of int64, shape (n + 1,)
    shape : tuple of int

    Returns
    -------
    csr_array of float, shape (n, m)
    """
    # With 64 bits for the starts, columns would be copied to 64 bits too.
    narrow = starts.astype(np.int32) if len(values) <= np.iinfo(np.int32).max else starts
    return csr_array((values, columns, narrow), shape=shape)
