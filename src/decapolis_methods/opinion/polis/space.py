"""The space of opinions: mean answers, the two directions in which people differ most, and where each stands."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.linalg import LinearOperator, eigsh

from decapolis_methods.opinion.analysis import GroupCounts
from decapolis_methods.opinion.votes import Votes

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

AXES = 2
SMALL = 32
"""Up to so many statements the table of statements by statements is solved whole."""


@dataclass(frozen=True)
class Space:
    """Where opinions lie.

    Attributes
    ----------
    centre : ndarray of float, shape (m,)
        Mean answer, passes counted as 0; 0 for statements that are not analysed.
    components : ndarray of float, shape (2, m)
        Unit vectors; all zero where people do not differ in so many directions.
    positions : ndarray of float, shape (n, 2)
        Place of each participant.
    extremity : ndarray of float, shape (m,)
        How far from the middle somebody stands who agreed with this statement and saw no other.
    """

    centre: Floats
    components: Floats
    positions: Floats
    extremity: Floats


def opinion_space(votes: Votes, everybody: GroupCounts, analysed: Flags) -> Space:
    """Lay out the space of opinions.

    Parameters
    ----------
    votes : Votes
    everybody : GroupCounts
        Answers of all participants, shape (1, m).
    analysed : ndarray of bool, shape (m,)
        Statements that are neither refused nor meta.

    Returns
    -------
    Space

    Notes
    -----
    A missing vote is taken as the mean answer, which is 0 after centring: the centred table is therefore exactly as
    sparse as the votes, and no table of participants by statements is ever filled. Polis sets the votes on refused
    and meta statements to 0 for everybody and then counts them as seen; so do we, for equal results.

    References
    ----------
    Small, C., et al. (2021). Polis: Scaling deliberation by mapping high dimensional opinion spaces. Recerca 26(2).

    Examples
    --------
    >>> from decapolis_methods.opinion.counts import count_everybody
    >>> votes = Votes.from_triplets([1, 1, 2, 2], [1, 2, 1, 2], [1, 0, -1, 0])
    >>> space = opinion_space(votes, count_everybody(votes), np.array([True, True]))
    >>> space.centre.tolist(), space.components.tolist(), space.positions.tolist()
    ([0.0, 0.0], [[1.0, 0.0], [0.0, 0.0]], [[1.0, 0.0], [-1.0, 0.0]])
    """
    seen = everybody.seen[0]
    centre = (everybody.agree[0] - everybody.disagree[0]) / np.maximum(seen, 1)
    centre[~analysed] = 0.0
    centred = _centred(votes, centre, analysed)
    components = leading_components(centred)
    width = int(np.count_nonzero(seen))
    zeroed = int(np.count_nonzero(seen[~analysed]))
    answers = _row_counts(votes, analysed) + zeroed
    scale = np.sqrt(width / np.maximum(answers, 1))
    positions = np.asarray(centred @ components.T) * scale[:, None]
    extremity = np.sqrt(width) * (1.0 - centre) * np.hypot(*components)
    return Space(centre, components, positions, extremity)


def _centred(votes: Votes, centre: Floats, analysed: Flags) -> csr_array[np.float64, tuple[int, int]]:
    """Votes less the centre; 0 for statements that are not analysed."""
    values = np.empty(len(votes))
    for _, places in votes.blocks():
        columns = votes.columns[places]
        values[places] = (votes.values[places] - centre[columns]) * analysed[columns]
    return csr_array((values, votes.columns, votes.starts), shape=votes.shape)


def _row_counts(votes: Votes, analysed: Flags) -> NDArray[np.int64]:
    """Number of analysed statements that each participant saw."""
    seen = csr_array((np.ones(len(votes), dtype=np.int8), votes.columns, votes.starts), shape=votes.shape)
    return np.asarray(seen @ analysed.astype(np.int64))


def leading_components(centred: csr_array[np.float64, tuple[int, int]]) -> Floats:
    """Two directions of the largest spread, found without filling the table.

    Parameters
    ----------
    centred : csr_array of float, shape (n, m)

    Returns
    -------
    ndarray of float, shape (2, m)
        Unit vectors, larger spread first, the entry of largest magnitude positive; zeros where there is no spread.

    Notes
    -----
    Polis finds the same vectors by power iteration from a random start. Where two directions spread almost equally
    their order and angle say nothing.

    Examples
    --------
    >>> leading_components(csr_array(np.array([[-3.0, 0.0], [3.0, 0.0], [0.0, 1.0], [0.0, -1.0]]))).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    statements = centred.shape[1]
    components = np.zeros((AXES, statements))
    if not centred.data.any():
        return components
    spread, vectors = _eigenvectors(centred)
    order = np.argsort(-spread)[:AXES]
    order = order[spread[order] > 1e-12 * spread.max()]
    found = vectors[:, order].T
    signs = np.sign(found[np.arange(len(found)), np.abs(found).argmax(axis=1)])
    components[: len(found)] = found * signs[:, None]
    return components


def _eigenvectors(centred: csr_array[np.float64, tuple[int, int]]) -> tuple[Floats, Floats]:
    """Eigenvalues and eigenvectors (as columns) of statements by statements: all if few, else the leading ones."""
    statements = centred.shape[1]
    transposed = centred.T
    if statements <= SMALL:
        values, vectors = np.linalg.eigh((transposed @ centred).toarray())
        return values, vectors

    def scatter(one: Floats) -> Floats:
        return np.asarray(transposed @ (centred @ one))

    # A fixed start and machine precision: the same digits each time. Uneven, so that it is at right angles to nothing.
    start = np.random.default_rng(0).standard_normal(statements)
    square = LinearOperator((statements, statements), matvec=scatter, dtype=np.float64)
    values, vectors = eigsh(square, k=AXES, v0=start, ncv=SMALL, tol=0, rng=0)
    return values, vectors
