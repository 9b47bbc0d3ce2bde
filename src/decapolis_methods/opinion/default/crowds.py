"""Crowds without groups that answer the same statements: what a crowd spread evenly would look like on this map."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from decapolis_methods.opinion.default.ballots import Ballots, ballots_of
from decapolis_methods.opinion.default.space import Space, fit

Floats = NDArray[np.float64]

CROWDS = 5
"""Crowds that groups are held against."""

SAMPLE = 2_000
"""People at most in such a crowd."""

_MATCHINGS = 2
"""Crowds drawn only to find how far apart people have to stand to look as widely spread as the real ones."""

_WIDEST = 4.0
"""People stand at most this many times further apart than they look."""

_SURE = 0.95
"""Appeal beyond this is taken as this: nobody is certain to agree."""


def evenly_spread(ballots: Ballots, space: Space, axes: int, *, seed: int, sample: int = SAMPLE) -> Iterator[Floats]:
    """Draw crowds that are spread evenly over the space, let them answer what was answered, and place them again.

    Parameters
    ----------
    ballots : Ballots
        Of the placed people; who answered which statement is kept.
    space : Space
        Of the same people.
    axes : int
        Axes along which people differ, 1 or 2.
    seed : int
    sample : int
        People at most in a crowd.

    Yields
    ------
    ndarray of float, shape (min(n, sample), axes)
        Positions in a space fitted on the crowd's own answers.

    Notes
    -----
    A crowd spread evenly from one side to the other has the flattest density that has no valley, so it looks more
    like groups than a bell does. People answer yes with a logistic chance: positions made of such answers are pressed
    together towards the ends, as real ones are, which a bell fitted to positions would take for camps. The crowd is
    as widely spread on its map as the real people are on theirs.

    References
    ----------
    McLachlan, G. J. (1987). On bootstrapping the likelihood ratio test statistic for the number of components in a
    normal mixture. Journal of the Royal Statistical Society C 36.
    """
    rng = np.random.default_rng(seed)
    n = ballots.shape[0]
    some = np.sort(rng.choice(n, sample, replace=False)) if n > sample else np.arange(n)
    answered, leaning = ballots.of(some), space.leaning[some]
    loadings, looks = space.loadings[:, :axes], space.positions[some, :axes].std(axis=0)
    usual = _logit(space.centre)[answered.said.indices] + 2 * np.repeat(leaning, answered.per_person)
    width = 2 * looks
    for drawn in range(_MATCHINGS + CROWDS):
        places = _even(len(some), axes, rng) * width
        seen = fit(_answers(answered, usual + _products(answered, places, loadings), rng)).positions[:, :axes]
        if drawn < _MATCHINGS:
            width = np.minimum(width * (looks / np.maximum(seen.std(axis=0), 1e-12)) ** 1.5, _WIDEST * looks)
        else:
            yield seen


def _logit(appeal: Floats) -> Floats:
    """Logit of the chance to agree, from appeal on a scale of -1 to 1."""
    return np.asarray(2 * np.arctanh(np.clip(appeal, -_SURE, _SURE)))


def _even(people: int, axes: int, rng: np.random.Generator) -> Floats:
    """Places spread evenly over a line or a disc, with standard deviation 1 along each axis."""
    if axes == 1:
        return rng.uniform(-np.sqrt(3), np.sqrt(3), size=(people, 1))
    angle, radius = rng.uniform(0, 2 * np.pi, people), 2 * np.sqrt(rng.random(people))
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _products(answered: Ballots, places: Floats, loadings: Floats) -> Floats:
    """What place and loadings add to the logit of each answer."""
    per_person, columns = answered.per_person, answered.said.indices
    parts = [np.repeat(place, per_person) * load[columns] for place, load in zip(places.T, loadings.T, strict=True)]
    return np.asarray(np.sum(parts, axis=0))


def _answers(answered: Ballots, logit: Floats, rng: np.random.Generator) -> Ballots:
    """Yes or no at the places that were answered."""
    yes = rng.random(len(logit)) < 1 / (1 + np.exp(-logit))
    said = answered.said
    return ballots_of(csr_array((np.where(yes, 1.0, -1.0), said.indices, said.indptr), shape=said.shape))
