"""The votes that take part in the analysis: agree and disagree on statements that are analysed, as sparse tables."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from decapolis_methods.opinion.analysis import Moderation
from decapolis_methods.opinion.votes import DISAGREE, PASS, Votes

Floats = NDArray[np.float64]

SAMPLE = 5_000
"""People at most on whom axes are sought and judged, and a slate is chosen: more would hardly change them."""

_MARKS = 2**40
"""A statement is marked by a number below this."""


@dataclass(frozen=True)
class Ballots:
    """Positions taken, as a table of 1 with two columns a statement: n people, m statements.

    A pass says "seen, no position" and stands nowhere.

    Attributes
    ----------
    answers : csr_array of float, shape (n, 2 m)
        1 in column s for whoever agreed with statement s, in column m + s for whoever disagreed: so whatever is added
        up over agreement and disagreement is added up in one go.
    """

    answers: csr_array

    @property
    def shape(self) -> tuple[int, int]:
        """Number of participants and of statements.

        Returns
        -------
        tuple of int
        """
        n, columns = self.answers.shape
        return int(n), int(columns) // 2

    @property
    def per_person(self) -> NDArray[np.int64]:
        """Number of positions each participant took.

        Returns
        -------
        ndarray of int64, shape (n,)
        """
        return np.diff(self.answers.indptr).astype(np.int64)

    @property
    def per_statement(self) -> Floats:
        """Number of positions taken on each statement.

        Returns
        -------
        ndarray of float, shape (m,)
        """
        agreed, disagreed = np.split(self.answers.T @ np.ones(self.shape[0]), 2)
        return np.asarray(agreed + disagreed)

    @property
    def order(self) -> NDArray[np.int64]:
        """Rows of the people who took a position, in an order that is made of what they said and of nothing else.

        Who said the same is interchangeable. So drawing people by their place in this order does not depend on their
        names, and whoever took no position moves nothing. More than `SAMPLE` are shuffled after they are sorted, so
        that the first of them are a fair sample, also where many said the same. With the statements in another order
        it is another one.

        Returns
        -------
        ndarray of int64
        """
        rows = np.flatnonzero(self.per_person)
        marks = np.random.default_rng(0).integers(_MARKS, size=(self.shape[1], 2)).T.ravel()
        # Whole numbers, so that sums are exact; what a division leaves of them tells nothing of the answers.
        sums = (self.answers @ marks.astype(np.float64)) % _MARKS
        rows = rows[np.argsort(sums[rows], kind="stable")]
        return rows if len(rows) <= SAMPLE else np.random.default_rng(0).permutation(rows)

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
        return Ballots(self.answers[people])

    @property
    def sample(self) -> "Ballots":
        """Ballots of the first `SAMPLE` people, sharing the answers; the same where there are no more.

        Returns
        -------
        Ballots
        """
        answers = self.answers
        if answers.shape[0] <= SAMPLE:
            return self
        starts = answers.indptr[: SAMPLE + 1].astype(np.int64)
        until = slice(int(starts[-1]))
        return Ballots(table(answers.data[until], answers.indices[until], starts, (SAMPLE, answers.shape[1])))


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
        Same rows and statements as the votes.
    """
    kept = np.flatnonzero((votes.values != PASS) & moderation.analysed[votes.columns])
    n, m = votes.shape
    columns = votes.columns[kept]
    columns += np.int32(m) * (votes.values[kept] == DISAGREE)
    return Ballots(table(np.ones(len(kept)), columns, np.searchsorted(kept, votes.starts), (n, 2 * m)))


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
