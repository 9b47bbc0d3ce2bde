"""Whether there is anything to see: axes stronger than chance, groups clearer than in one crowd without groups."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from decapolis_methods.opinion.default.ballots import Ballots
from decapolis_methods.opinion.default.space import AXES, additive, residual, strongest

Floats = NDArray[np.float64]

FLIPS = 5
"""Crowds without opinion that an axis is held against."""

MARGIN = 1.15
"""An axis must be this much stronger than the strongest of those crowds."""

_STEPS, _ROUGH = 12, 0.2
"""So few steps give a strength to a few per cent, which is enough beside the margin."""

SAMPLE = 5_000
"""People at most on whom the axes are judged: what so many do not show would place nobody surely."""


def axes_above_chance(ballots: Ballots, *, seed: int, sample: int = SAMPLE) -> int:
    """Count the axes along which people differ more than a crowd without opinion would by chance.

    Parameters
    ----------
    ballots : Ballots
    seed : int
    sample : int
        People at most on whom the axes are judged.

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
    n, m = ballots.shape
    if n > sample:
        ballots = ballots.of(np.sort(rng.choice(n, sample, replace=False)))
    left = residual(ballots, *additive(ballots, np.ones(ballots.shape[0]), np.ones(m)))
    strength, _ = strongest(left, AXES, steps=_STEPS, precision=_ROUGH)
    by_chance = max(_strength_of_flipped(left, rng) for _ in range(FLIPS))
    return int((strength > MARGIN * by_chance).sum())


def _strength_of_flipped(left: csr_array, rng: np.random.Generator) -> float:
    signs = rng.integers(2, size=left.nnz) * 2.0 - 1.0
    flipped = csr_array((left.data * signs, left.indices, left.indptr), shape=left.shape)
    return float(strongest(flipped, 1, steps=_STEPS, precision=_ROUGH)[0][0])
