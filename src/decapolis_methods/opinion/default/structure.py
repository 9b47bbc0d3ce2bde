"""Whether there is anything to see: axes stronger than chance, groups clearer than in one crowd without groups."""

import numpy as np
from scipy.sparse import csr_array

from decapolis_methods.opinion.default.space import Start, strongest

FLIPS = 5
"""Crowds without opinion that an axis is held against, at most."""

FLIPPED = 200_000
"""Answers that get a random sign in all: the strength of a large crowd is the same each time to a per cent."""

MARGIN = 1.15
"""An axis must be this much stronger than the strongest of those crowds."""

_ROUGH = 0.2
"""Precision asked for: that the search then makes gives the strength to a few per cent, enough beside the margin."""


def axes_above_chance(start: Start, *, seed: int) -> int:
    """Count the axes along which people differ more than a crowd without opinion would by chance.

    Parameters
    ----------
    start : Start
        What the intercepts leave unexplained, and how strong its axes are.
    seed : int

    Returns
    -------
    int
        0, 1 or 2.

    Notes
    -----
    Parallel analysis: what the intercepts leave unexplained keeps its size but gets a random sign, which destroys
    whatever people have in common. An axis counts where it is stronger than the strongest axis of every such table,
    with a margin, since a habit of agreeing is not perfectly additive and leaves a weak axis of its own.

    References
    ----------
    Hong, D., Sheng, Y., Dobriban, E. (2020). Selecting the number of components in PCA via random signflips.
    arXiv:2012.02985.
    """
    rng = np.random.default_rng(seed)
    flips = min(FLIPS, max(1, FLIPPED // max(1, start.left.nnz)))
    by_chance = max(_strength_of_flipped(start.left, rng) for _ in range(flips))
    return int((start.strength > MARGIN * by_chance).sum())


def _strength_of_flipped(left: csr_array, rng: np.random.Generator) -> float:
    signs = np.array([-1.0, 1.0])[rng.integers(2, size=left.nnz, dtype=np.int8)]
    flipped = csr_array((left.data * signs, left.indices, left.indptr), shape=left.shape)
    return float(strongest(flipped, 1, precision=_ROUGH)[0][0])
