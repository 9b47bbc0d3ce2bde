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
    return _counts(_table(votes, group_of, groups)[1:])


def count_groups_and_everybody(
    votes: Votes, group_of: NDArray[np.int64], groups: int
) -> tuple[GroupCounts, GroupCounts]:
    """Count the answers of each group and of all participants, going through the votes once.

    Parameters
    ----------
    votes, group_of, groups
        As of `count_answers`.

    Returns
    -------
    tuple of GroupCounts
        Of the groups, shape (groups, m), and of everybody, shape (1, m).

    Examples
    --------
    >>> votes = Votes.from_triplets([1, 1, 2, 3], [5, 6, 5, 5], [1, 0, -1, 1])
    >>> counted, everybody = count_groups_and_everybody(votes, np.array([0, 0, -1]), 1)
    >>> counted.agree.tolist(), everybody.disagree.tolist()
    ([[1, 0]], [[1, 0]])
    """
    table = _table(votes, group_of, groups)
    return _counts(table[1:]), _counts(table.sum(axis=0, keepdims=True))


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


def _table(votes: Votes, group_of: NDArray[np.int64], groups: int) -> NDArray[np.int64]:
    """Answers of people in no group (first) and of each group, shape (1 + groups, m, 3)."""
    statements = len(votes.statements)
    first = (np.maximum(group_of, -1) + 1) * (statements * ANSWERS) - DISAGREE
    cells = np.zeros((1 + groups) * statements * ANSWERS, dtype=np.int64)
    for rows, places in votes.blocks():
        cell = np.repeat(first[rows], np.diff(votes.starts[rows.start : rows.stop + 1]))
        cell += votes.columns[places] * np.int32(ANSWERS)
        cell += votes.values[places]
        cells += np.bincount(cell, minlength=len(cells))
    return cells.reshape(1 + groups, statements, ANSWERS)


def _counts(table: NDArray[np.int64]) -> GroupCounts:
    return GroupCounts(table[:, :, AGREE - DISAGREE], table[:, :, 0], table.sum(axis=2))
