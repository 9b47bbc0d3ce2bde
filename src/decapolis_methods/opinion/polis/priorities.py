"""Which statement is shown next: the ones that may move people, seldom answered first."""

import numpy as np
from numpy.typing import NDArray

from decapolis_methods.opinion.analysis import GroupCounts
from decapolis_methods.opinion.intervals import smoothed

META = 49.0


def routing_priorities(
    counts: GroupCounts, extremity: NDArray[np.float64], meta: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Weight with which each statement is drawn for somebody who has not answered it.

    Parameters
    ----------
    counts : GroupCounts
        Answers of the groups, shape (g, m).
    extremity : ndarray of float, shape (m,)
        How far from the middle the statement puts somebody who agrees with it.
    meta : ndarray of bool, shape (m,)
        Statements about the conversation or the participants: a fixed weight of 49.

    Returns
    -------
    ndarray of float, shape (m,)
        Above 0.

    Notes
    -----
    ((1 - p) (1 + e) a (1 + 8 / 2^(s / 5)))^2 with p and a the smoothed shares who passed and agreed, e the extremity
    and s the number who saw it. For some years Polis gave every statement the weight 49, because 0 counts as true in
    its language and every statement so counted as meta (its issue 2571); this is the formula as it was meant.

    Examples
    --------
    >>> none = np.array([[0, 0]])
    >>> routing_priorities(GroupCounts(none, none, none), np.array([1.0, 0.0]), np.array([False, True])).tolist()
    [20.25, 49.0]
    """
    agree, disagree, seen = (each.sum(axis=0) for each in (counts.agree, counts.disagree, counts.seen))
    took_position = 1.0 - smoothed(seen - agree - disagree, seen)
    importance = took_position * (1.0 + extremity) * smoothed(agree, seen)
    newness = 1.0 + 8.0 * np.exp2(-seen / 5.0)
    return np.where(meta, META, (importance * newness) ** 2)
