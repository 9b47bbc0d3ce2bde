"""Which statement is shown next: seldom seen, not passed over, and telling where somebody stands."""

import numpy as np
from numpy.typing import NDArray

from decapolis_methods.opinion.analysis import GroupCounts, Moderation
from decapolis_methods.opinion.polis.priorities import routing_priorities

Floats = NDArray[np.float64]


def priorities(everybody: GroupCounts, loadings: Floats, moderation: Moderation) -> Floats:
    """Weight with which each statement is drawn for somebody who has not answered it.

    Parameters
    ----------
    everybody : GroupCounts
        Answers of all participants.
    loadings : ndarray of float, shape (m, d)
        How much each statement divides along the axes that are above chance.
    moderation : Moderation
        Refused statements get 0, meta statements 49.

    Returns
    -------
    ndarray of float, shape (m,)
        0 or more.

    Notes
    -----
    Polis's formula, with the length of the loadings as extremity: on the same scale as Polis's own for a statement
    that half of the people agree with. Whoever draws adds a floor, so that every statement has a known chance.
    """
    weight = routing_priorities(everybody, np.sqrt((loadings**2).sum(axis=1)), moderation.meta)
    return np.where(moderation.refused, 0.0, weight)
