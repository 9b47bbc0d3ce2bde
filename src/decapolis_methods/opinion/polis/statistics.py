"""Tests of shares, as Polis defines them: every count is raised by one, so that none is zero."""

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

TELLING = 1.2816
"""A z above this is telling: one-sided, 90 %."""


def share_test(successes: Counts, trials: Counts) -> Floats:
    """Return z of a share against one half.

    Parameters
    ----------
    successes, trials : ndarray of int64, same shape
        0 <= successes <= trials.

    Returns
    -------
    ndarray of float
        Positive where more than half succeeded.

    Notes
    -----
    One success is added but no failure, as Polis does; where there is no trial the answer is 1.

    Examples
    --------
    >>> share_test(np.array([0, 3, 1]), np.array([0, 3, 3])).tolist()
    [1.0, 2.0, 0.0]
    """
    return 2.0 * np.sqrt(trials + 1) * ((successes + 1) / (trials + 1) - 0.5)


def two_share_test(here: Counts, here_trials: Counts, there: Counts, there_trials: Counts) -> Floats:
    """Return z of the difference of two shares, with their common share in the variance.

    Parameters
    ----------
    here, here_trials, there, there_trials : ndarray of int64, same shape
        Successes and trials here and there, 0 <= successes <= trials.

    Returns
    -------
    ndarray of float
        Positive where the share here is larger; 0 where everybody succeeded.

    Notes
    -----
    One is added to all four counts, as Polis does. Not to be used for few trials: the normal approximation is poor.

    Examples
    --------
    >>> two_share_test(np.array([7]), np.array([7]), np.array([0]), np.array([7])).round(3).tolist()
    [3.528]
    """
    here, here_trials, there, there_trials = here + 1, here_trials + 1, there + 1, there_trials + 1
    successes, trials, product = here + there, here_trials + there_trials, here_trials * there_trials
    # In whole numbers as far as can be: agreement and disagreement that tie must tie to the last digit.
    difference = (here * there_trials - there * here_trials) / product
    variance = successes * (trials - successes) / (product.astype(np.float64) * trials)
    z = np.zeros(np.shape(variance))
    np.divide(difference, np.sqrt(variance), out=z, where=variance > 0)
    return z
