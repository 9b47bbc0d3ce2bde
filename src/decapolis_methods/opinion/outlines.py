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

_CLUMPED = 0.75
"""Where half of a group stands within this share of its usual distance, few others make up that distance alone."""

_BAND = 0.1
"""The edge is the mean distance of the people between this much below and above that share."""

_FURTHEST = 2.2
"""Whoever stands further than this many usual distances from the middle counts as standing there."""

_WAVES = 4
"""Waves round the outline at most: a circle, moved, drawn out, made triangular or square, and nothing finer."""

_FOCUS = 16.0
"""How narrowly each direction is looked at, for a large group (concentration of a von Mises kernel)."""

_PEOPLE_FOR_SHAPE = 100
"""The smaller a group, the rounder its outline: people for each unit of focus."""

_PEOPLE_FOR_STEP = 200
"""Up to so many people a step is about the usual distance from the middle; with twice as many it is half of it …"""

_FINEST = 3
"""… and so on, this often at most."""

_PARTS = 8
"""Parts of a step to which each of the few numbers that make an outline is rounded."""

REACH = 0.95
"""Share of the repeats within whose edge the dashed line lies."""

_SWAY_STEPS = 32
"""Steps of the dashed line to the mean distance of the edge from the middle."""

_SWAY_FOCUS = 16.0
"""Over how many directions the dashed line is smoothed (concentration of a von Mises kernel)."""


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
    weighted by how near their own direction is; few people are looked at from further around. Of these distances only
    the four longest waves round the middle are kept, so that the line is smooth. What remains are eleven numbers, two
    for the middle and nine for the waves, each rounded to an eighth of `step`. So no edge equals one person's
    distance, many a change of one person's place changes nothing, and none moves an edge by a step: by a quarter more
    at most where just under half of the people stand in one place; for more of them see `has_outline`. The order of
    points is nothing.

    Examples
    --------
    >>> angle = np.arange(60) * np.pi / 30
    >>> ring = np.column_stack([np.cos(angle), np.sin(angle)])
    >>> float(np.linalg.norm(outline(ring), axis=1).round(6).max())
    1.0
    """
    usual, unit = _usual_distance(points), step(points) / _PARTS
    middle = _rounded(_central_mean(points), unit)
    away = points - middle
    distance, direction = np.minimum(np.hypot(*away.T), _FURTHEST * usual), np.arctan2(away[:, 1], away[:, 0])
    order = np.lexsort((direction, distance))
    distance, direction = distance[order], direction[order]
    focus = min(_FOCUS, len(points) / _PEOPLE_FOR_SHAPE)
    within = (np.cumsum(np.exp(focus * (np.cos(angle - direction) - 1))) for angle in _angles())
    return _line(middle, _in_waves(np.array([_reach(distance, sums) for sums in within]), unit))


def has_outline(points: Floats) -> bool:
    """Whether a group has an outline on the map: enough people, who do not nearly all stand in one place.

    Parameters
    ----------
    points : ndarray of float, shape (n, 2)
        Places of its people.

    Returns
    -------
    bool

    Notes
    -----
    Where most people of a group gave the same answers, its few others decide how far it seems to reach: the outline
    would follow each of them.

    Examples
    --------
    >>> has_outline(np.repeat([[0.0, 0.0], [1.0, 2.0]], [40, 20], axis=0))
    False
    """
    if len(points) < FEWEST_OUTLINED:
        return False
    usual, away = _usual_distance(points), np.hypot(*(points - _central_mean(points)).T)
    return bool(np.median(away) > _CLUMPED * usual)


def step(points: Floats) -> float:
    """Distance by which no single person moves an outline.

    Parameters
    ----------
    points : ndarray of float, shape (n, 2)
        Places of the people, at least one.

    Returns
    -------
    float
        The usual distance from the middle, times 1 for up to about 280 people, a half for twice as many … to one
        eighth, as a power of two; 0 where all are in one place.

    Notes
    -----
    Where one person more makes the step half as large or twice as large, the larger is meant.

    Examples
    --------
    >>> angle = np.arange(60) * np.pi / 30
    >>> step(5 * np.column_stack([np.cos(angle), np.sin(angle)]))
    4.0
    """
    usual = _usual_distance(points)
    halvings = min(max(round(log2(len(points) / _PEOPLE_FOR_STEP)), 0), _FINEST)
    return 2.0 ** (round(log2(usual)) - halvings) if usual > 0 else 0.0


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
        A smooth line around `edge`, further out where the edge moved; empty (0, 2) with fewer than ten repeats.

    Notes
    -----
    How far is rounded up to steps of 1/32 of the mean distance of the edge from its middle, one at least.
    """
    found = [repeat for repeat in repeats if len(repeat) > 2 and not np.isnan(repeat).any()]
    if len(found) < 10:
        return np.empty((0, 2))
    middle = np.asarray(edge.mean(axis=0), dtype=np.float64)
    radius = _radii(edge - middle)
    reached = np.quantile([_radii(repeat - middle) for repeat in found], REACH, axis=0)
    unit = float(radius.mean()) / _SWAY_STEPS
    beyond = np.maximum(_rounded(reached - radius + unit / 2, unit), unit)
    return _line(middle, radius + _around(beyond))


def _central_mean(values: Floats) -> Floats:
    """Mean of the central half, of each column."""
    some = len(values) // 4
    return np.asarray(np.sort(values, axis=0)[some : len(values) - some].mean(axis=0), dtype=np.float64)


def _usual_distance(points: Floats) -> float:
    """Mean of the central half of the distances from the middle."""
    return float(_central_mean(np.hypot(*(points - _central_mean(points)).T)))


def _rounded(values: Floats, unit: float) -> Floats:
    return np.asarray(np.round(values / unit) * unit if unit else values, dtype=np.float64)


def _reach(distance: Floats, sums: Floats) -> float:
    """Mean of ascending distances over a band of their weights, which are given as running sums."""
    low, high = (EDGE - _BAND) * sums[-1], (EDGE + _BAND) * sums[-1]
    within = np.diff(np.clip(sums, low, high), prepend=low)
    return float(within @ distance / within.sum())


def _in_waves(radius: Floats, unit: float) -> Floats:
    """Keep the longest waves of distances round a circle, and round the height of each."""
    heights = np.fft.rfft(radius)[: _WAVES + 1] / DIRECTIONS
    rounded = _rounded(2 * heights.view(np.float64), unit).view(np.complex128) / 2
    return np.asarray(np.fft.irfft(rounded * DIRECTIONS, DIRECTIONS), dtype=np.float64)


def _around(values: Floats) -> Floats:
    """Mean over neighbouring directions, in a circle, the nearest counting most."""
    weights = np.exp(_SWAY_FOCUS * (np.cos(_angles()[:, None] - _angles()) - 1))
    return np.asarray(weights @ values / weights[0].sum(), dtype=np.float64)


def _angles() -> Floats:
    return np.arange(DIRECTIONS, dtype=np.float64) * (2 * np.pi / DIRECTIONS)


def _line(middle: Floats, radius: Floats) -> Floats:
    angle = _angles()
    return np.asarray(middle + radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]), dtype=np.float64)


def _radii(line: Floats) -> Floats:
    """Distance of a closed line around 0 in each of the directions."""
    direction, distance = np.arctan2(line[:, 1], line[:, 0]), np.hypot(*line.T)
    return np.asarray(np.interp(_angles(), *_by_direction(direction, distance), period=2 * np.pi))


def _by_direction(direction: Floats, distance: Floats) -> tuple[Floats, Floats]:
    order = np.argsort(direction, kind="stable")
    return direction[order], distance[order]
