"""On what people agree together."""

from math import nan

import numpy as np
from numpy.typing import NDArray

from decapolis_methods.opinion.analysis import Consensus, Direction, GroupCounts
from decapolis_methods.opinion.intervals import smoothed
from decapolis_methods.opinion.polis.statistics import TELLING, Counts, share_test

MOST = 5


def find_consensus(
    everybody: GroupCounts, analysed: NDArray[np.bool_], statements: NDArray[np.int64]
) -> tuple[Consensus, ...]:
    """Find up to five statements that most people agree with, and up to five that most disagree with.

    Parameters
    ----------
    everybody : GroupCounts
        Answers of all participants, shape (1, m).
    analysed : ndarray of bool, shape (m,)
        Statements that are neither refused nor meta.
    statements : ndarray of int64, shape (m,)
        Identifiers.

    Returns
    -------
    tuple of Consensus
        Agreed first, then disagreed; each most telling first (smoothed share times its z).

    Examples
    --------
    >>> nine, none = np.array([[9]]), np.array([[0]])
    >>> [found] = find_consensus(GroupCounts(nine, none, nine), np.array([True]), np.array([7]))
    >>> found.statement, found.direction, round(found.share, 3), round(found.share_test, 3)
    (7, 'agree', 0.909, 3.162)
    """
    seen = everybody.seen[0]
    return (
        *_leaning("agree", everybody.agree[0], seen, analysed, statements),
        *_leaning("disagree", everybody.disagree[0], seen, analysed, statements),
    )


def _leaning(
    direction: Direction, successes: Counts, seen: Counts, analysed: NDArray[np.bool_], statements: NDArray[np.int64]
) -> list[Consensus]:
    share, test = smoothed(successes, seen), share_test(successes, seen)
    telling = np.flatnonzero(analysed & (share > 0.5) & (test > TELLING))
    order = telling[np.argsort(-(share * test)[telling], kind="stable")][:MOST]
    return [
        Consensus(
            int(statements[at]), direction, int(successes[at]), int(seen[at]), float(share[at]), float(test[at]), nan
        )
        for at in order
    ]


def group_aware_consensus(counts: GroupCounts) -> NDArray[np.float64]:
    """Chance that one person of each group, drawn at random, agree all together.

    Parameters
    ----------
    counts : GroupCounts
        Answers of the groups, shape (g, m).

    Returns
    -------
    ndarray of float, shape (m,)
        Product over the groups of the smoothed share who agree, above 0 and below 1.

    Notes
    -----
    It shrinks with the number of groups; compare statements of one analysis only.

    Examples
    --------
    >>> agree, seen = np.array([[3], [1]]), np.array([[4], [2]])
    >>> group_aware_consensus(GroupCounts(agree, seen - agree, seen)).round(3).tolist()
    [0.333]
    """
    return np.asarray(smoothed(counts.agree, counts.seen).prod(axis=0))
