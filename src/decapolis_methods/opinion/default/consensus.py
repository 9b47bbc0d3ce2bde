"""What people agree on across groups: a statement counts for as much as the group that supports it least."""

import numpy as np
from numpy.typing import NDArray

from decapolis_methods.opinion.analysis import Consensus, Direction, GroupCounts
from decapolis_methods.opinion.intervals import half_test, lower, smoothed

Floats = NDArray[np.float64]

LIMIT = 10
"""Statements named in each direction, at most."""


def lowest_support(successes: NDArray[np.int64], seen: NDArray[np.int64]) -> Floats:
    """Smallest lower 95 % bound of the share over the groups.

    Parameters
    ----------
    successes, seen : ndarray of int64, shape (g, m)
        g is 1 or more.

    Returns
    -------
    ndarray of float, shape (m,)
        0 to 1.

    Examples
    --------
    >>> lowest_support(np.array([[9], [5]]), np.array([[10], [10]])).round(3).tolist()
    [0.234]
    """
    return np.asarray(lower(successes, seen).min(axis=0))


def find_consensus(
    groups: GroupCounts, everybody: GroupCounts, analysed: NDArray[np.bool_], statements: NDArray[np.int64]
) -> tuple[Consensus, ...]:
    """Find the statements that a majority of every group agrees with, or disagrees with.

    Parameters
    ----------
    groups : GroupCounts
        Of the groups; of everybody where there are no groups.
    everybody : GroupCounts
        Of all participants.
    analysed : ndarray of bool, shape (m,)
    statements : ndarray of int64, shape (m,)
        Identifiers.

    Returns
    -------
    tuple of Consensus
        At most 10 agreed, then at most 10 disagreed; those of which it is 95 % sure in each group that more than half
        of those who saw it lean that way, the surest first.

    Notes
    -----
    The smallest of the groups' lower bounds does not shrink with the number of groups, as a product of shares does, and
    a small group weighs as much as a large one.
    """
    found: list[Consensus] = []
    sides: tuple[tuple[Direction, NDArray[np.int64], NDArray[np.int64]], ...] = (
        ("agree", groups.agree, everybody.agree),
        ("disagree", groups.disagree, everybody.disagree),
    )
    for direction, successes, of_all in sides:
        lowest = np.where(analysed, lowest_support(successes, groups.seen), -np.inf)
        best = [int(at) for at in np.argsort(-lowest, kind="stable")[:LIMIT] if lowest[at] > 0.5]
        found += [
            _entry(int(statements[at]), direction, (int(of_all[0, at]), int(everybody.seen[0, at])), float(lowest[at]))
            for at in best
        ]
    return tuple(found)


def _entry(statement: int, direction: Direction, answers: tuple[int, int], lowest: float) -> Consensus:
    return Consensus(
        statement=statement,
        direction=direction,
        successes=answers[0],
        trials=answers[1],
        share=float(smoothed(*answers)),
        share_test=float(half_test(*answers)),
        lowest=lowest,
    )
