"""How sure the groups are: the analysis again and again, with people and statements drawn anew."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from decapolis_methods.opinion.analysis import Stability
from decapolis_methods.opinion.default.ballots import Ballots
from decapolis_methods.opinion.default.groups import NUMBERS, cluster, gather
from decapolis_methods.opinion.default.space import AXES, fit, place
from decapolis_methods.opinion.kmeans import nearest
from decapolis_methods.opinion.outlines import DIRECTIONS, outline
from decapolis_methods.opinion.progress import Progress, silent

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

STAYED = 2 / 3
"""Who stayed in the same group in a smaller share of the repeats than this is undecided."""

DRAWN = 20_000
"""People drawn at most in a repeat; more hardly make it surer."""

DRAWN_ROUND = 2_000
"""People of a group at most round whom its outline is drawn in a repeat."""


@dataclass(frozen=True)
class Shown:
    """What is repeated: ballots of the placed people, their positions, their groups, and the number of axes used."""

    ballots: Ballots
    positions: Floats
    group_of: Labels
    axes: int

    @property
    def groups(self) -> int:
        """Number of groups.

        Returns
        -------
        int
        """
        return int(self.group_of.max(initial=-1)) + 1


@dataclass(frozen=True)
class Round:
    """One repeat: the number of groups it would choose, its agreement, who stayed, and outlines."""

    number: int
    agreement: float
    stayed: NDArray[np.bool_]
    outlines: Floats


@dataclass(frozen=True)
class Draw:
    """What a repeat draws from: the state of the one stream of random numbers before it, and the seed of its groups."""

    state: Mapping[str, object]
    seed: int


Spread = Callable[[Callable[[Shown, Draw], Round], Shown, Iterable[Draw]], Iterable[Round]]
"""How repeats are done: one after the other, or elsewhere at the same time; answered in the order of the draws."""


def one_by_one(once: Callable[[Shown, Draw], Round], shown: Shown, draws: Iterable[Draw]) -> Iterator[Round]:
    """Do the repeats here, one after the other.

    Parameters
    ----------
    once : callable
    shown : Shown
    draws : iterable of Draw

    Returns
    -------
    iterator of Round
    """
    return (once(shown, draw) for draw in draws)


def repeat(
    shown: Shown, rounds: int, *, seed: int, spread: Spread = one_by_one, progress: Progress = silent
) -> Stability:
    """Repeat space and groups with people and statements drawn with replacement.

    Parameters
    ----------
    shown : Shown
        At least two groups.
    rounds : int
        1 or more.
    seed : int
    spread : callable
        How the repeats are done; the result is the same to the byte.
    progress : Progress, optional
        Told "repeating" and how many repeats are done, before the first and after each. It may raise to end the work.

    Returns
    -------
    Stability
        `membership` of the placed people only. `numbers` is what the silhouette would choose in each repeat;
        agreement, membership and outlines compare the same number of groups as shown.

    Notes
    -----
    Drawing statements too is harsher than usual, and meant: another set of statements might have been written. Every
    repeat is fitted from nothing on the people drawn; then all people are placed, also those not drawn, and the map
    is turned to lie on the one shown (Procrustes).

    References
    ----------
    Hennig, C. (2007). Cluster-wise assessment of cluster stability. Computational Statistics & Data Analysis 52.
    """
    found: list[Round] = []
    progress("repeating", 0, rounds)
    for each in spread(_once, shown, _draws(shown.ballots, rounds, seed)):
        found.append(each)
        progress("repeating", len(found), rounds)
    stayed = np.asarray(np.sum([each.stayed for each in found], axis=0, dtype=np.float64))
    numbers, agreement = [each.number for each in found], [each.agreement for each in found]
    outlines = tuple(each.outlines for each in found)
    return Stability(rounds, np.array(numbers), np.array(agreement), np.asarray(stayed / rounds), outlines)


def _draws(ballots: Ballots, rounds: int, seed: int) -> Iterator[Draw]:
    """Where in the one stream of random numbers each repeat begins: drawing is cheap, so it is drawn twice."""
    rng = np.random.default_rng(seed)
    for _ in range(rounds):
        yield Draw(rng.bit_generator.state, seed)
        _draw(ballots, rng)


def _draw(ballots: Ballots, rng: np.random.Generator) -> tuple[Labels, Labels]:
    """People and statements, drawn with replacement."""
    n, m = ballots.shape
    return rng.integers(n, size=min(n, DRAWN)), rng.integers(m, size=m)


def _once(shown: Shown, draw: Draw) -> Round:
    """One repeat."""
    rng = np.random.default_rng()
    rng.bit_generator.state = draw.state
    positions = aligned(_placed_anew(shown, rng), shown.positions)
    along = positions[:, : shown.axes]
    grouping = cluster(gather(along), NUMBERS, seed=draw.seed)
    # Where the drawn statements set nobody apart, all people are together.
    centres = grouping.centres.get(shown.groups, along[:1])
    labels = matched(nearest(along, centres), shown.group_of)
    agreement = rand_index(shown.group_of, labels)
    return Round(grouping.best, agreement, labels == shown.group_of, _outlines(positions, labels, shown.groups))


def _placed_anew(shown: Shown, rng: np.random.Generator) -> Floats:
    """Positions of all people in a space fitted on some of them and on some statements."""
    n, m = shown.ballots.shape
    people_drawn, statements_drawn = _draw(shown.ballots, rng)
    drawn = np.bincount(people_drawn, minlength=n)
    statements = np.bincount(statements_drawn, minlength=m).astype(np.float64)
    some = np.flatnonzero(drawn)
    space = fit(shown.ballots.of(some), people=drawn[some].astype(np.float64), statements=statements)
    return place(shown.ballots, space, statements)


def aligned(positions: Floats, shown: Floats) -> Floats:
    """Turn, mirror, scale and move a map so that it lies on another of the same people as well as it can.

    Parameters
    ----------
    positions, shown : ndarray of float, shape (n, 2)

    Returns
    -------
    ndarray of float, shape (n, 2)

    References
    ----------
    Gower, J. C. (1975). Generalized Procrustes analysis. Psychometrika 40.

    Examples
    --------
    >>> shown = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 1.0]])
    >>> (aligned(5 - 3 * shown[:, ::-1], shown).round(9) + 0.0).tolist()
    [[0.0, 0.0], [2.0, 0.0], [0.0, 1.0]]
    """
    middle, moved = shown.mean(axis=0), positions - positions.mean(axis=0)
    left, strength, right = np.linalg.svd(moved.T @ (shown - middle))
    size = max(float((moved**2).sum()), 1e-300)
    return np.asarray(moved @ (left @ right) * (strength.sum() / size) + middle)


def matched(labels: Labels, reference: Labels) -> Labels:
    """Rename groups so that as many people as possible have the same label as in a reference.

    Parameters
    ----------
    labels, reference : ndarray of int64, shape (n,)
        0 or more.

    Returns
    -------
    ndarray of int64, shape (n,)

    Examples
    --------
    >>> matched(np.array([1, 1, 0, 0]), np.array([0, 0, 0, 1])).tolist()
    [0, 0, 1, 1]
    """
    table = contingency(labels, reference)
    before, after = linear_sum_assignment(-table)
    name = np.arange(len(table))
    name[before] = after
    return name[labels]


def contingency(first: Labels, second: Labels) -> NDArray[np.int64]:
    """Count people by their label in two groupings.

    Parameters
    ----------
    first, second : ndarray of int64, shape (n,)
        0 or more.

    Returns
    -------
    ndarray of int64, shape (k, k)
        k is one more than the largest label of either.

    Examples
    --------
    >>> contingency(np.array([0, 0, 1]), np.array([0, 1, 1])).tolist()
    [[1, 1], [0, 1]]
    """
    width = int(max(first.max(initial=0), second.max(initial=0))) + 1
    return np.bincount(first * width + second, minlength=width * width).reshape(width, width).astype(np.int64)


def rand_index(first: Labels, second: Labels) -> float:
    """Adjusted Rand index of two groupings of the same people.

    Parameters
    ----------
    first, second : ndarray of int64, shape (n,)
        0 or more.

    Returns
    -------
    float
        1 where they are identical, about 0 where they agree as by chance, -1 at least.

    References
    ----------
    Hubert, L., Arabie, P. (1985). Comparing partitions. Journal of Classification 2.

    Examples
    --------
    >>> rand_index(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]))
    1.0
    """
    table = contingency(first, second).astype(np.float64)
    rows, columns, cells = (_pairs(sums) for sums in (table.sum(axis=1), table.sum(axis=0), table))
    by_chance = rows * columns / max(_pairs(table.sum()), 1.0)
    most = (rows + columns) / 2
    return 1.0 if most == by_chance else float((cells - by_chance) / (most - by_chance))


def _pairs(sizes: Floats) -> float:
    return float((sizes * (sizes - 1) / 2).sum())


def _outlines(positions: Floats, labels: Labels, groups: int) -> Floats:
    """Outline of each group as the map draws it, from some of its people; NaN where a group is empty."""
    people = [positions[labels == group] for group in range(groups)]
    unknown = np.full((DIRECTIONS, AXES), np.nan)
    return np.stack([outline(some[:: -(-len(some) // DRAWN_ROUND)]) if len(some) else unknown for some in people])


def undecided(stability: Stability) -> NDArray[np.bool_]:
    """Whose group changed too often: stayed in it in fewer than two of three repeats.

    Parameters
    ----------
    stability : Stability

    Returns
    -------
    ndarray of bool, shape (n,)

    Examples
    --------
    >>> none = np.empty(0)
    >>> undecided(Stability(20, none.astype(np.int64), none, np.array([0.65, 0.7]), ())).tolist()
    [True, False]
    """
    return stability.membership < STAYED
