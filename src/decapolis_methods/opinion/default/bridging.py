"""What a statement appeals to beyond the side one takes: a score that needs no groups."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def bridging(centre: Floats, loadings: Floats, answers: Floats) -> Floats:
    """Appeal of each statement that the axes of opinion do not explain.

    Parameters
    ----------
    centre : ndarray of float, shape (m,)
        Mean appeal of each statement.
    loadings : ndarray of float, shape (m, d)
        How much each divides along the axes that are above chance; d may be 0.
    answers : ndarray of float, shape (m,)
        Positions taken on each statement, its weight.

    Returns
    -------
    ndarray of float, shape (m,)
        About -1 (rejected on all sides) to 1 (shared on all sides); NaN where nobody took a position.

    Notes
    -----
    A statement of which the larger camp is fond has a high mean, but no bridge: that part of the mean which grows with
    the loadings is what the camps' sizes make of it. It is taken off by regressing the centre on the loadings through
    the origin, so that two camps count alike, however large they are. Community Notes reaches the same by drawing
    intercepts to zero five times as strongly as factors.

    References
    ----------
    Wojcik, S. et al. (2022). Birdwatch: crowd wisdom and bridging algorithms. arXiv:2210.15723.

    Examples
    --------
    Four people in five agree with the first two and reject the third, one in five the reverse; all like the fourth.

    >>> centre, loadings = np.array([0.6, 0.6, -0.6, 0.9]), np.array([[1.0], [1.0], [-1.0], [0.0]])
    >>> bridging(centre, loadings, np.full(4, 100.0)).round(6) + 0.0
    array([0. , 0. , 0. , 0.9])
    """
    weight = np.sqrt(answers)
    camps, *_ = np.linalg.lstsq(loadings * weight[:, None], centre * weight)
    return np.where(answers > 0, centre - loadings @ camps, np.nan)
