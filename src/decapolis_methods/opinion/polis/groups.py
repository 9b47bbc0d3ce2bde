"""Groups of people who stand near each other: first a hundred small clusters, then two to five groups of those."""

import numpy as np
from numpy.typing import NDArray

from decapolis_methods.opinion.kmeans import kmeans, nearest, silhouette

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

CLUSTERS, CLUSTER_ROUNDS = 100, 100
MOST_GROUPS, GROUP_ROUNDS = 5, 20
TOLERANCE = 0.01
SAMPLE = 20_000
"""Where more people than this are placed, the small clusters are found on so many of them, drawn by the seed."""
BLOCK = 1 << 16


def group_by_position(positions: Floats, *, seed: int = 0) -> Labels:
    """Put people into groups by where they stand.

    Parameters
    ----------
    positions : ndarray of float, shape (n, 2)
        Only of the people to be grouped.
    seed : int
        For the draw of a sample where there are more than 20,000 people; 0 or more.

    Returns
    -------
    ndarray of int64, shape (n,)
        0 to g - 1 with g from 1 to 5.

    Notes
    -----
    Both steps start from the middle and add the point farthest from all centres so far, as Polis does when it goes on
    from an earlier result; so the order of people does not matter, as it does where Polis starts anew (its issue 2506).
    A conversation that Polis followed while it grew may show other groups: equality cannot be expected. The number of
    groups is the one with the largest silhouette, in which each small cluster counts once. Do not use it to say how
    many groups there are: the default mode answers that, with its uncertainty.

    References
    ----------
    Small, C., et al. (2021). Polis: Scaling deliberation by mapping high dimensional opinion spaces. Recerca 26(2).

    Examples
    --------
    >>> group_by_position(np.array([[0.0, 0.0], [9.0, 0.0], [0.0, 1.0], [9.0, 1.0]])).tolist()
    [1, 0, 1, 0]
    """
    if len(positions) == 0:
        return np.zeros(0, dtype=np.int64)
    cluster_of = _clusters(positions, seed)
    sizes = np.bincount(cluster_of).astype(np.float64)
    centres = np.column_stack([np.bincount(cluster_of, weights=along) for along in positions.T]) / sizes[:, None]
    return _groups_of(centres, sizes)[cluster_of]


def _clusters(positions: Floats, seed: int) -> Labels:
    """Small cluster of each person, numbered without gaps."""
    drawn = positions
    if len(positions) > SAMPLE:
        chosen = np.random.default_rng(seed).choice(len(positions), SAMPLE, replace=False)
        drawn = positions[np.sort(chosen)]
    found = kmeans(drawn, _starts(drawn, drawn.mean(axis=0), CLUSTERS), rounds=CLUSTER_ROUNDS, tolerance=TOLERANCE)
    blocks = [nearest(positions[at : at + BLOCK], found.centres) for at in range(0, len(positions), BLOCK)]
    return _without_gaps(np.concatenate(blocks))


def _groups_of(centres: Floats, sizes: Floats) -> Labels:
    """Group of each small cluster, for the number of groups that the silhouette likes best."""
    most = min(MOST_GROUPS, 2 + len(centres) // 12)
    starts = _starts(centres, sizes @ centres / sizes.sum(), most)
    best, best_silhouette = np.zeros(len(centres), dtype=np.int64), 0.0
    for number in range(2, most + 1):
        found = kmeans(centres, starts[:number], weights=sizes, rounds=GROUP_ROUNDS, tolerance=TOLERANCE)
        value = silhouette(centres, found.labels)
        if number == 2 or value > best_silhouette:
            best, best_silhouette = found.labels, value
    return _without_gaps(best)


def _starts(points: Floats, middle: Floats, number: int) -> Floats:
    """Return the middle and then, one by one, the point farthest from all so far; at most so many."""
    starts = [middle]
    distance = ((points - middle) ** 2).sum(axis=1)
    while len(starts) < number and distance.max() > 0.0:
        starts.append(points[distance.argmax()])
        distance = np.minimum(distance, ((points - starts[-1]) ** 2).sum(axis=1))
    return np.array(starts)


def _without_gaps(labels: Labels) -> Labels:
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)
