"""Who is placed: people who answered enough."""

import numpy as np
from numpy.typing import NDArray

from decapolis_methods.opinion.votes import Votes

ENOUGH = 7
"""Votes from which somebody is placed, or as many as there are statements."""
FEWEST = 15
"""If fewer people than this are placed, the most active of the others are added."""


def placed_participants(votes: Votes, always: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell who is placed and grouped.

    Parameters
    ----------
    votes : Votes
    always : ndarray of bool, shape (n,)
        Participants who are placed whatever they did.

    Returns
    -------
    ndarray of bool, shape (n,)

    Notes
    -----
    Votes on refused and meta statements count here. Polis never lets go of somebody who was placed once, which
    depends on the history of the conversation; name such people in `always`. Of equally active people those with the
    smaller identifier are added first.

    Examples
    --------
    >>> votes = Votes.from_triplets([1, 1, 2], [5, 6, 5], [1, 1, 0])
    >>> placed_participants(votes, np.zeros(2, dtype=bool)).tolist()
    [True, True]
    """
    answers = np.diff(votes.starts)
    statements = len(np.unique(votes.columns))
    placed: NDArray[np.bool_] = always | (answers >= max(min(ENOUGH, statements), 1))
    missing = FEWEST - int(np.count_nonzero(placed))
    if missing > 0:
        others = np.flatnonzero(~placed & (answers > 0))
        placed[others[np.argsort(-answers[others], kind="stable")][:missing]] = True
    return placed
