"""Outlines of groups on the opinion map: smooth, and never the hull of persons."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DIRECTIONS = 36

EDGE = 0.85
"""Share of a group's people within its outline, in each direction."""

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
        A closed line, star-shaped around the median, the last point not repeated.

    Notes
    -----
    The distance in a direction is a quantile of the distances of all people, weighted by how near their own direction
    is; few people are looked at from further around, so that no single person makes an edge. The order of points is
    nothing.

    Examples
    --------
    >>> angle = np.arange(60) * np.pi / 30
    >>> ring = np.column_stack([np.cos(angle), np.sin(angle)])
    >>> float(np.linalg.norm(outline(ring), axis=1).round(6).max())
    1.0
    """
    middle = np.median(points, axis=0)
    away = points - middle
    distance, direction = np.hypot(*away.T), np.arctan2(away[:, 1], away[:, 0])
    order = np.lexsort((direction, distance))
    distance, direction = distance[order], direction[order]
    focus = min(_FOCUS, len(points) / _PEOPLE_FOR_SHAPE)
    within = (np.cumsum(np.exp(focus * (np.cos(angle - direction) - 1))) for angle in _angles())
    return _line(middle, _smooth(np.array([distance[np.searchsorted(sums, EDGE * sums[-1])] for sums in within])))


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
