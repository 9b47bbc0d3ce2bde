"""Groups of people who stand near each other in the space of opinions."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from decapolis_methods.opinion.kmeans import Clustering, kmeans, nearest, silhouette_of_distances

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

NUMBERS = (2, 3, 4, 5)
"""Numbers of groups that are tried."""

SMALLEST = 10
"""Fewer people are no group: nothing could be said of them."""

FEWEST_PEOPLE = 30
"""With fewer placed people no groups are sought."""

TRIES = 16
"""Starts of each clustering; the tightest end counts."""

CLEARER = 0.04
"""Groups count where the silhouette is this much above that of crowds without groups."""

CROWDS = 3
"""Crowds without groups that are drawn to compare with, at most."""

FAR = 0.15
"""A crowd from which the silhouette is this far away decides alone: of 30 people they differ by a third of that."""

CROWD_SIZE = 1_000
"""People drawn at most for such a crowd."""

_STILL = 0.003
"""A clustering rests when no centre moves further than this share of a standard deviation."""

_ROUGHLY_STILL = 0.05
"""The same for the tries, before the tightest of them goes on: two that end in one place are near it by then."""

_STEPS = 6
"""Cells of the grid to one standard deviation."""

_REACH = 4
"""The grid ends after so many standard deviations; who stands further is counted at its edge."""


@dataclass(frozen=True)
class Cells:
    """People on a fine grid: `points` (their mean place in each cell), how many (`people`), distances between cells."""

    points: Floats
    people: Floats
    distances: Floats


@dataclass(frozen=True)
class Grouping:
    """Clusterings of the same people by number of groups: centres, how clear (silhouette), people in the smallest."""

    centres: dict[int, Floats]
    clearness: dict[int, float]
    smallest: dict[int, int]

    @property
    def best(self) -> int:
        """Number of groups with the largest silhouette among those without too small a group.

        Returns
        -------
        int
            0 where there is none.
        """
        fit = [number for number, people in self.smallest.items() if people >= SMALLEST]
        return max(fit, key=lambda number: (self.clearness[number], -number), default=0)


def gather(positions: Floats) -> Cells:
    """Count people together who stand in the same cell of a fine grid, so that a million cost little more than a few.

    Parameters
    ----------
    positions : ndarray of float, shape (n, d)
        d is 1 or 2.

    Returns
    -------
    Cells
        At most 48 cells along each axis.
    """
    middle, spread = positions.mean(axis=0), max(float(positions.std(axis=0).max()), 1e-12)
    steps = np.clip(np.floor((positions - middle) / spread * _STEPS), -_REACH * _STEPS, _REACH * _STEPS - 1)
    code = (steps + _REACH * _STEPS).astype(np.int64) @ (2 * _REACH * _STEPS) ** np.arange(positions.shape[1])
    people = np.bincount(code)
    used = np.flatnonzero(people)
    sums = [np.bincount(code, along)[used] for along in positions.T]
    points = np.column_stack(sums) / people[used, None]
    return Cells(points, people[used].astype(np.float64), cdist(points, points))


def cluster(cells: Cells, numbers: tuple[int, ...], *, seed: int) -> Grouping:
    """Cluster people into each number of groups, and judge each by its silhouette.

    Parameters
    ----------
    cells : Cells
    numbers : tuple of int
        Numbers of groups to try; more than there are cells is left out.
    seed : int

    Returns
    -------
    Grouping
    """
    grouping = Grouping({}, {}, {})
    for number in (number for number in numbers if number <= len(cells.points)):
        found = _tightest(cells, number, np.random.default_rng(seed))
        grouping.centres[number] = found.centres
        grouping.clearness[number] = silhouette_of_distances(cells.distances, found.labels, cells.people)
        grouping.smallest[number] = int(np.bincount(found.labels, cells.people, minlength=number).min())
    return grouping


def _tightest(cells: Cells, number: int, rng: np.random.Generator) -> Clustering:
    """Tightest of several clusterings from random places: no person is a start, so their order is nothing."""
    middle = np.average(cells.points, axis=0, weights=cells.people)
    spread = np.sqrt(np.average((cells.points - middle) ** 2, axis=0, weights=cells.people))
    starts = middle + rng.normal(size=(TRIES, number, cells.points.shape[1])) * spread
    wide = float(spread.max())
    roughly = kmeans(cells.points, starts, weights=cells.people, tolerance=_ROUGHLY_STILL * wide)
    return kmeans(cells.points, roughly.centres, weights=cells.people, tolerance=_STILL * wide)


def find_groups(positions: Floats, *, seed: int) -> Floats:
    """Find the centres of the groups, largest group first, or none.

    Parameters
    ----------
    positions : ndarray of float, shape (n, d)
        Places of the people along the axes that are above chance, d is 0, 1 or 2.
    seed : int

    Returns
    -------
    ndarray of float, shape (g, d)
        g is 0 where fewer than 30 people are placed, where there is no valley between two neighbouring groups, or where
        groups are no clearer than in a crowd without groups (a normal distribution as wide as this one).

    Notes
    -----
    A crowd with one hump is not cut. One that is spread quite evenly, without a gap, can be: answers of yes and no push
    people towards both ends, and nothing in them tells that from two groups. The middle of such a crowd is as firm in
    the repeats as a true border.

    References
    ----------
    Liu, Y., Hayes, D. N., Nobel, A., Marron, J. S. (2008). Statistical significance of clustering. Journal of the
    American Statistical Association 103.
    """
    none = np.empty((0, positions.shape[1]))
    if len(positions) < FEWEST_PEOPLE or positions.shape[1] == 0:
        return none
    grouping = cluster(gather(positions), NUMBERS, seed=seed)
    number = grouping.best
    if number == 0 or share_midway(positions, grouping.centres[number]) >= 1:
        return none
    if not is_clearer_than_crowds(positions, number, grouping.clearness[number], seed=seed):
        return none
    return largest_first(positions, grouping.centres[number])


def is_clearer_than_crowds(positions: Floats, number: int, clearness: float, *, seed: int) -> bool:
    """Whether a mean silhouette is well above that of crowds without groups that are as wide as these people.

    Parameters
    ----------
    positions : ndarray of float, shape (n, d)
        d is 1 or 2.
    number : int
        Number of groups.
    clearness : float
        Mean silhouette of that many groups of these people.
    seed : int

    Returns
    -------
    bool

    Notes
    -----
    The mean of three crowds counts; the first alone where it is so far off that the others would not change that.
    """
    rng = np.random.default_rng(seed)
    spread, people = np.atleast_2d(np.cov(positions.T)), min(len(positions), CROWD_SIZE)
    above: list[float] = []
    while len(above) < CROWDS and not (above and abs(above[0]) > FAR):
        crowd = rng.multivariate_normal(np.zeros(len(spread)), spread, size=people, method="eigh")
        found = cluster(gather(crowd), (number,), seed=seed).clearness.get(number, 0.0)
        above.append(clearness - CLEARER - found)
    return float(np.mean(above)) >= 0


def largest_first(positions: Floats, centres: Floats) -> Floats:
    """Order centres by the number of people nearest to each; of equally many, the one further on along the first axis.

    Parameters
    ----------
    positions : ndarray of float, shape (n, d)
    centres : ndarray of float, shape (g, d)

    Returns
    -------
    ndarray of float, shape (g, d)
    """
    sizes = np.bincount(nearest(positions, centres), minlength=len(centres))
    return centres[np.lexsort((-centres[:, 0], -sizes))]


def share_midway(positions: Floats, centres: Floats) -> float:
    """How full the valleys are: people midway between two groups, to those around the middle of the smaller of them.

    Parameters
    ----------
    positions : ndarray of float, shape (n, d)
    centres : ndarray of float, shape (g, d)
        At least two. Two groups are neighbours where no third is nearer to the point midway.

    Returns
    -------
    float
        Of the neighbours with the least of a valley; below 1 where there is a valley between all of them.

    Notes
    -----
    People are counted in three equal strips that touch, across the line from middle to middle, each half as long as
    the groups are apart; as wide as that where there are other groups, else without end. In a crowd of one hump (any
    log-concave density: even, bell-shaped, with one long tail) the strip midway holds at least as many as the emptier
    of the others but for chance, by the inequality of Prékopa and Leindler.

    References
    ----------
    Prékopa, A. (1973). On logarithmic concave measures and functions. Acta Scientiarum Mathematicarum 34.

    Examples
    --------
    >>> line = np.array([[0.0], [1.0], [1.0], [5.0], [8.0], [8.0], [9.0]])
    >>> round(share_midway(line, np.array([[1.0], [8.0]])), 2)
    0.33
    """
    reach = np.inf if len(centres) == 2 else 0.5
    pairs = (pair for pair in combinations(centres, 2) if _are_neighbours(*pair, centres))
    return max(_share_midway(positions, *pair, reach=reach) for pair in pairs)


def _are_neighbours(one: Floats, other: Floats, centres: Floats) -> bool:
    away = np.linalg.norm(centres - (one + other) / 2, axis=1)
    return bool(np.isclose(away.min(), np.linalg.norm(one - other) / 2))


def _share_midway(positions: Floats, one: Floats, other: Floats, *, reach: float) -> float:
    apart = float(np.linalg.norm(other - one))
    moved = positions - one
    along = moved @ ((other - one) / apart)
    near = (moved**2).sum(axis=1) - along**2 < (apart * reach) ** 2
    first, midway, last = np.histogram(along[near] / apart, bins=3, range=(-0.25, 1.25))[0].tolist()
    return float(midway / max(1, min(first, last)))
