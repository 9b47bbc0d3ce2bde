"""Outlines of groups on the opinion map: smooth, and never the hull of persons."""

from collections.abc import Sequence
from math import log2

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DIRECTIONS = 36

EDGE = 0.85
"""Share of a group's people within its outline, in each direction, about."""

FEWEST_OUTLINED = 30
"""Groups of fewer people have no outline: each person would weigh too much in it."""

_BAND = 0.1
"""The edge is the mean distance of the people between this much below and above that share."""

_FURTHEST = 5
"""Whoever stands further than the fifth furthest counts as standing there."""

_STEPS = 8
"""Steps of the edge to the usual distance from the middle."""

REACH = 0.95
"""Share of the repeats within whose edge the dashed line lies."""

_FOCUS = 16.0
"""How narrowly each direction is looked at, for a large group (concentration of a von Mises kernel)."""

_PEOPLE_FOR_SHAPE = 20
"""The smaller a group, the rounder its outline: people for each unit of focus."""


def outline(points: Floats) -> Floats:
    """Outline of a group: in each direction from its middle, as far as most of its people go.

    Parameters
    ----------
    points : ndarray of float, shape (n, 2)
        Places of its people, at least one.

    Returns
    -------
    ndarray of float, shape (36, 2)
        A closed line, star-shaped around its middle, the last point not repeated.

    Notes
    -----
    The distance in a direction is the mean distance of those people who stand at 75 to 95 % of all distances, each
    weighted by how near their own direction is; few people are looked at from further around. Middle and distances
    are rounded to a coarse step. So no edge equals one person's distance. The order of points is nothing.

    Examples
    --------
    >>> angle = np.arange(60) * np.pi / 30
    >>> ring = np.column_stack([np.cos(angle), np.sin(angle)])
    >>> float(np.linalg.norm(outline(ring), axis=1).round(6).max())
    1.0
    """
    middle, step = _middle(points)
    away = points - middle
    distance, direction = np.hypot(*away.T), np.arctan2(away[:, 1], away[:, 0])
    order = np.lexsort((direction, distance))
    distance, direction = np.minimum(distance, distance[order[-_FURTHEST:][0]])[order], direction[order]
    focus = min(_FOCUS, len(points) / _PEOPLE_FOR_SHAPE)
    within = (np.cumsum(np.exp(focus * (np.cos(angle - direction) - 1))) for angle in _angles())
    return _line(middle, _rounded(_smooth(np.array([_reach(distance, sums) for sums in within])), step))


def sway(edge: Floats, repeats: Sequence[Floats]) -> Floats:
    """How far the edge of a group moved outwards when the analysis was repeated.

    Parameters
    ----------
    edge : ndarray of float, shape (36, 2)
        The group's outline.
    repeats : sequence of ndarray of float, shape (k, 2)
        Its outline in each repeat, around it; empty or NaN where it was not found again.

    Returns
    -------
    ndarray of float, shape (36, 2)
        A line around `edge`, further out where the edge moved; empty (0, 2) with fewer than ten repeats.
    """
    found = [repeat for repeat in repeats if len(repeat) > 2 and not np.isnan(repeat).any()]
    if len(found) < 10:
        return np.empty((0, 2))
    middle = np.asarray(edge.mean(axis=0), dtype=np.float64)
    reached = np.quantile([_radii(repeat - middle) for repeat in found], REACH, axis=0)
    return _line(middle, np.fmax(_smooth(np.asarray(reached, dtype=np.float64)), 1.03 * _radii(edge - middle)))


def _middle(points: Floats) -> tuple[Floats, float]:
    """Mean of the central half along each axis, on a lattice of steps, and the step: a power of two."""
    low, high = np.quantile(points, (0.25, 0.75), axis=0)
    usual = float((high - low).max())
    step = 2.0 ** round(log2(usual)) / _STEPS if usual > 0 else 0.0
    central = np.sort(points, axis=0)[len(points) // 4 : len(points) - len(points) // 4]
    return _rounded(central.mean(axis=0), step), step


def _rounded(values: Floats, step: float) -> Floats:
    return np.asarray(np.round(values / step) * step if step else values, dtype=np.float64)


def _reach(distance: Floats, sums: Floats) -> float:
    """Mean of ascending distances over a band of their weights, which are given as running sums."""
    low, high = (EDGE - _BAND) * sums[-1], (EDGE + _BAND) * sums[-1]
    within = np.diff(np.clip(sums, low, high), prepend=low)
    return float(within @ distance / within.sum())


def _angles() -> Floats:
    return np.arange(DIRECTIONS, dtype=np.float64) * (2 * np.pi / DIRECTIONS)


def _line(middle: Floats, radius: Floats) -> Floats:
    angle = _angles()
    return np.asarray(middle + radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]), dtype=np.float64)


def _smooth(radius: Floats) -> Floats:
    """Mean over neighbouring directions, in a circle."""
    turned = np.stack([np.roll(radius, by) for by in (-2, -1, 0, 1, 2)])
    return np.asarray(np.array([0.1, 0.2, 0.4, 0.2, 0.1]) @ turned, dtype=np.float64)


def _radii(line: Floats) -> Floats:
    """Distance of a closed line around 0 in each of the directions."""
    direction, distance = np.arctan2(line[:, 1], line[:, 0]), np.hypot(*line.T)
    return np.asarray(np.interp(_angles(), *_by_direction(direction, distance), period=2 * np.pi))


def _by_direction(direction: Floats, distance: Floats) -> tuple[Floats, Floats]:
    order = np.argsort(direction, kind="stable")
    return direction[order], distance[order]
