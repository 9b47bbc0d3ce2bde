"""Uncertainty of shares: beta-binomial intervals, a test of two shares, and the correction for many tests."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]

CHANCE = 0.95
"""Chance with which an interval holds the share."""


def smoothed(successes: ArrayLike, trials: ArrayLike) -> Floats:
    """Share with one success and one failure added: the posterior mean under a flat prior.

    Parameters
    ----------
    successes, trials : array_like of int or float, same shape
        0 or more; never more successes than trials.

    Returns
    -------
    ndarray of float
        0 to 1; one half where there are no trials.

    Examples
    --------
    >>> smoothed([0, 3], [0, 3]).tolist()
    [0.5, 0.8]
    """
    return np.asarray((np.asarray(successes, dtype=float) + 1) / (np.asarray(trials, dtype=float) + 2))


def lower(successes: ArrayLike, trials: ArrayLike) -> Floats:
    """Lower end of the 95 % interval of a share.

    Parameters
    ----------
    successes, trials : array_like of int or float, same shape
        0 or more; never more successes than trials.

    Returns
    -------
    ndarray of float
        0 to 1.

    Notes
    -----
    Equal-tailed credible interval of a binomial share under a flat prior: a quantile of Beta(s + 1, t - s + 1).
    People are taken as drawn at random from those who might have answered; self-selection is not in it.

    References
    ----------
    Brown, L. D., Cai, T. T., DasGupta, A. (2001). Interval estimation for a binomial proportion.
    Statistical Science 16.

    Examples
    --------
    >>> lower([8], [10]).round(3).tolist()
    [0.482]
    """
    return _quantile((1 - CHANCE) / 2, successes, trials)


def upper(successes: ArrayLike, trials: ArrayLike) -> Floats:
    """Upper end of the 95 % interval of a share; see `lower`.

    Parameters
    ----------
    successes, trials : array_like of int or float, same shape
        0 or more; never more successes than trials.

    Returns
    -------
    ndarray of float
        0 to 1.

    Examples
    --------
    >>> upper([8], [10]).round(3).tolist()
    [0.94]
    """
    return _quantile((1 + CHANCE) / 2, successes, trials)


def _quantile(chance: float, successes: ArrayLike, trials: ArrayLike) -> Floats:
    hit, all_of = np.asarray(successes, dtype=float), np.asarray(trials, dtype=float)
    return np.asarray(special.betaincinv(hit + 1, all_of - hit + 1, chance))


def half_test(successes: ArrayLike, trials: ArrayLike) -> Floats:
    """Say how many standard errors (z) a smoothed share is above one half.

    Parameters
    ----------
    successes, trials : array_like of int or float, same shape
        0 or more; never more successes than trials.

    Returns
    -------
    ndarray of float
        Above 0 where more than half succeeded.

    Examples
    --------
    >>> half_test([7], [7]).round(3).tolist()
    [2.333]
    """
    spread = 0.5 / np.sqrt(np.asarray(trials, dtype=float) + 2)
    return np.asarray((smoothed(successes, trials) - 0.5) / spread)


def difference_test(here: tuple[Floats, Floats], there: tuple[Floats, Floats]) -> Floats:
    """Say by how many standard errors (z, pooled variance) one smoothed share is above another.

    Parameters
    ----------
    here, there : tuple of two ndarray of float, same shape
        Successes and trials.

    Returns
    -------
    ndarray of float
        Above 0 where the share is larger here.

    Notes
    -----
    One success and one failure are added on both sides, so that few answers never look certain (Agresti, Caffo 2000).

    References
    ----------
    Agresti, A., Caffo, B. (2000). Simple and effective confidence intervals for proportions. The American
    Statistician 54.

    Examples
    --------
    >>> difference_test((np.array([9.0]), np.array([10.0])), (np.array([1.0]), np.array([10.0]))).round(2).tolist()
    [3.27]
    """
    size_here, size_there = here[1] + 2, there[1] + 2
    pooled = (here[0] + there[0] + 2) / (size_here + size_there)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / size_here + 1 / size_there))
    return np.asarray((smoothed(*here) - smoothed(*there)) / spread)


def false_discovery(chances: Floats) -> Floats:
    """Adjust p-values so that of the tests called significant at q, on average at most a share q is false.

    Parameters
    ----------
    chances : ndarray of float, any shape
        p-values of all tests made together, 0 to 1.

    Returns
    -------
    ndarray of float, same shape
        q-values, 0 to 1.

    References
    ----------
    Benjamini, Y., Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical
    Society B 57.

    Examples
    --------
    >>> false_discovery(np.array([0.01, 0.04, 0.03, 0.5])).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    flat = chances.ravel()
    order = np.argsort(flat, kind="stable")[::-1]
    scaled = flat[order] * len(flat) / np.arange(len(flat), 0, -1)
    adjusted = np.empty_like(flat)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled), 1.0)
    return adjusted.reshape(chances.shape)
