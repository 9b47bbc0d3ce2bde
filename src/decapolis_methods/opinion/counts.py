"""How many people of each group agreed, disagreed or saw each statement."""

import numpy as np
from numpy.typing import NDArray

from decapolis_methods.opinion.analysis import GroupCounts
from decapolis_methods.opinion.votes import AGREE, DISAGREE, Votes

ANSWERS = 3
"""Disagree, pass, agree, in the order of their values."""


def count_answers(votes: Votes, group_of: NDArray[np.int64], groups: int) -> GroupCounts:
    """Count the answers of each group to each statement.

    Parameters
    ----------
    votes : Votes
    group_of : ndarray of int64, shape (n,)
        Group of each participant, 0 to `groups` - 1; whoever has a negative number is in none.
    groups : int
        Number of groups, 0 or more.

    Returns
    -------
    GroupCounts
        Three tables of shape (groups, m).

    Examples
    --------
    >>> votes = Votes.from_triplets([1, 1, 2, 3], [5, 6, 5, 5], [1, 0, -1, 1])
    >>> counted = count_answers(votes, np.array([0, 0, -1]), 1)
    >>> counted.agree.tolist(), counted.disagree.tolist(), counted.seen.tolist()
    ([[1, 0]], [[1, 0]], [[2, 1]])
    """
    statements = len(votes.statements)
    cells = np.zeros(groups * statements * ANSWERS, dtype=np.int64)
    for rows, places in votes.blocks():
        group = np.repeat(group_of[rows], np.diff(votes.starts[rows.start : rows.stop + 1]))
        answer = votes.values[places] - np.int64(DISAGREE)
        cell = (group * statements + votes.columns[places]) * ANSWERS + answer
        cells += np.bincount(cell[group >= 0], minlength=len(cells))
    table = cells.reshape(groups, statements, ANSWERS)
    return GroupCounts(table[:, :, AGREE - DISAGREE], table[:, :, 0], table.sum(axis=2))


def count_everybody(votes: Votes) -> GroupCounts:
    """Count the answers of all participants to each statement.

    Parameters
    ----------
    votes : Votes

    Returns
    -------
    GroupCounts
        Three tables of shape (1, m).

    Examples
    --------
    >>> count_everybody(Votes.from_triplets([1, 2], [5, 5], [1, 0])).seen.tolist()
    [[2]]
    """
    return count_answers(votes, np.zeros(len(votes.participants), dtype=np.int64), 1)
