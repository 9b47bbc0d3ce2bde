"""What sets a group apart: statements that it answers otherwise than everybody else."""

import numpy as np
from numpy.typing import NDArray
from scipy import special

from decapolis_methods.opinion.analysis import Direction, GroupCounts, Representative
from decapolis_methods.opinion.intervals import difference_test, false_discovery, half_test, lower, smoothed, upper

Floats = NDArray[np.float64]

LIMIT = 10
"""Statements named for each group, at most."""

FALSE_SHARE = 0.05
"""Share of the differences found that may be chance."""

_NORMAL_95 = 1.96
"""Standard deviations to either side that hold 95 % of a normal distribution."""


def find_representative(
    counts: GroupCounts, analysed: NDArray[np.bool_], statements: NDArray[np.int64]
) -> tuple[tuple[Representative, ...], ...]:
    """Find for each group the statements on which most of it leans one way and the other groups less so.

    Parameters
    ----------
    counts : GroupCounts
        Of g groups.
    analysed : ndarray of bool, shape (m,)
    statements : ndarray of int64, shape (m,)
        Identifiers.

    Returns
    -------
    tuple of tuple of Representative
        For each group at most 10; first the one whose difference has the largest lower 95 % bound.
        Empty for a single group.

    Notes
    -----
    All groups, statements and both directions are tested together (one-sided, Benjamini-Hochberg at 5 %). The groups
    were made from the same answers: a difference is no proof that there are groups, only what they differ in.
    """
    groups = len(counts.seen)
    if groups < 2:
        return ((),) * groups
    answers = np.stack([counts.agree, counts.disagree]).astype(np.float64)
    here, seen = answers, np.broadcast_to(counts.seen, answers.shape).astype(np.float64)
    there, elsewhere = here.sum(axis=1, keepdims=True) - here, seen.sum(axis=1, keepdims=True) - seen
    test = difference_test((here, seen), (there, elsewhere))
    q_value = np.ones_like(test)
    q_value[:, :, analysed] = false_discovery(special.ndtr(-test[:, :, analysed]))
    telling = (q_value <= FALSE_SHARE) & (smoothed(here, seen) > 0.5)
    lowest = np.where(telling, lowest_difference(here, seen, there, elsewhere), -np.inf)
    figures = (here, seen, smoothed(here, seen), half_test(here, seen), smoothed(there, elsewhere), test, q_value)
    table = np.stack(figures, axis=-1)
    return tuple(_of_group(group, lowest[:, group], table[:, group], statements) for group in range(groups))


def lowest_difference(here: Floats, seen: Floats, there: Floats, elsewhere: Floats) -> Floats:
    """Lower 95 % bound of the difference between the share here and the share elsewhere.

    Parameters
    ----------
    here, seen : ndarray of float, same shape
        Successes and trials in the group.
    there, elsewhere : ndarray of float, same shape
        Successes and trials in all other groups.

    Returns
    -------
    ndarray of float
        -1 to 1.

    Examples
    --------
    >>> lowest_difference(*(np.array([n]) for n in (90.0, 100.0, 10.0, 100.0))).round(3).tolist()
    [0.699]
    """
    first, second = smoothed(here, seen), smoothed(there, elsewhere)
    spread = np.sqrt(first * (1 - first) / (seen + 2) + second * (1 - second) / (elsewhere + 2))
    return np.asarray(first - second - _NORMAL_95 * spread)


def _of_group(group: int, lowest: Floats, table: Floats, statements: NDArray[np.int64]) -> tuple[Representative, ...]:
    """The most telling statements of one group; rows of `lowest` and `table` are agree and disagree."""
    order = np.argsort(-lowest, axis=None, kind="stable")[:LIMIT]
    places = [(int(cell // lowest.shape[1]), int(cell % lowest.shape[1])) for cell in order]
    return tuple(
        _entry(group, int(statements[at]), side, table[side, at].tolist())
        for side, at in places
        if lowest[side, at] > -np.inf
    )


def _entry(group: int, statement: int, side: int, figures: list[float]) -> Representative:
    here, seen, share, share_test, share_elsewhere, test, q_value = figures
    direction: Direction = "disagree" if side else "agree"
    return Representative(
        group=group,
        statement=statement,
        direction=direction,
        successes=int(here),
        trials=int(seen),
        share=share,
        share_test=share_test,
        ratio=share / share_elsewhere,
        ratio_test=test,
        low=float(lower(here, seen)),
        high=float(upper(here, seen)),
        q_value=q_value,
    )
