"""The opinion map: groups as marks that each stand for several people, never for one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from decapolis_methods.opinion.analysis import Analysis
from decapolis_methods.opinion.choosing import LETTERS
from decapolis_methods.opinion.outlines import has_outline, outline, sway
from decapolis_methods.opinion.released import MapGroup, OpinionMap, Point

Floats = NDArray[np.float64]

MOST_MARKS = 250
"""Marks at most; of more people each mark stands for more of them."""

COVERED = 0.85
"""Share of a group's people who must still be covered by marks when cells are divided."""

MARGIN = 0.04

FINEST = 16
"""Cells at most along a side of the map."""

_SEED = 20260328
"""Of the places of marks within their cells; it has nothing to do with anybody."""

_STRIDE = np.array([0.7548776662466927, 0.5698402909980532])
"""Steps that spread points evenly over a square (Roberts' R2 sequence)."""

_TRIES = 40

UNDECIDED = -1

_NOTHING = np.empty((0, 2))


@dataclass(frozen=True)
class Cell:
    """A square of the grid with so many people of one group in it."""

    left: float
    top: float
    size: float
    people: int


@dataclass(frozen=True)
class _Group:
    """A group in the coordinates of the analysis."""

    letter: str
    marks: Floats
    edge: Floats
    sway: Floats


def draw_map(analysis: Analysis, order: Sequence[int], *, cell: int = 5) -> OpinionMap:
    """Draw the groups so that nobody can find themselves or a neighbour.

    Parameters
    ----------
    analysis : Analysis
        With the places of people.
    order : sequence of int
        Places of the groups shown, in the order of their letters; all other placed people are undecided.
    cell : int
        Smallest number of people for which a mark stands.

    Returns
    -------
    OpinionMap
        The groups in the order of their letters, then the undecided, if there are marks of them.

    Notes
    -----
    A square around the crowd is divided in four again and again, as long as whole marks still cover 85 % of a group's
    people. A cell with `people` of a group gets people // people_per_mark marks, spread over the cell by a fixed
    sequence. So a mark says that so many people are somewhere in its cell, and nothing of who or where. Groups of
    fewer than 30 people, or of people of whom most stand in one place, have no outline; those too small for a mark are
    not on the map.
    """
    placed = np.flatnonzero(~np.isnan(analysis.positions[:, 0]))
    positions, labels = analysis.positions[placed], _shown_labels(analysis.group_of[placed], order)
    people_per_mark = marks_stand_for(len(placed), cell)
    root = _root(positions)
    everybody, groups = outline(positions), []
    for at in (*range(len(order)), UNDECIDED):
        people = positions[labels == at]
        outlined = at != UNDECIDED and has_outline(people)
        edge = outline(people) if outlined else everybody
        cells = divided(people, root, people_per_mark, smallest=root.size / FINEST)
        marks = [mark for one in cells for mark in _marks(one, people_per_mark, edge, seed=_seed(one, root, at))]
        if outlined:
            groups.append(_Group(LETTERS[at], _array(marks), edge, sway(edge, _repeats(analysis, order[at]))))
        elif marks:
            letter = "" if at == UNDECIDED else LETTERS[at]
            groups.append(_Group(letter, _array(marks), _NOTHING, _NOTHING))
    return _framed(groups, people_per_mark)


def marks_stand_for(people: int, cell: int) -> int:
    """Number of people for whom one mark stands: 5, 10, 20, 50, 100 … so that the marks can be taken in at a glance.

    Parameters
    ----------
    people : int
        Number of people on the map.
    cell : int
        The least that a mark may stand for.

    Returns
    -------
    int

    Examples
    --------
    >>> [marks_stand_for(people, 5) for people in (300, 1400, 100_000)]
    [5, 10, 500]
    """
    steps = [step * 10**power for power in range(12) for step in (1, 2, 5)]
    return int(next(step for step in steps if step >= cell and people / step <= MOST_MARKS))


def divided(
    points: Floats, root: Cell, people_per_mark: int, *, smallest: float, needed: float | None = None
) -> Iterator[Cell]:
    """Cells of a group: as small as they can be while whole marks still cover most people.

    Parameters
    ----------
    points : ndarray of float, shape (n, 2)
        Places of the group's people.
    root : Cell
        The square that is divided; people outside of it are not drawn.
    people_per_mark : int
        Number of people for whom one mark stands.
    smallest : float
        Side of the smallest cell.
    needed : float, optional
        People who must be covered by whole marks. Default: 85 % of those in the square. What is covered beyond that
        may be lost further down, each part taking its share of the loss.

    Yields
    ------
    Cell
        With enough people for at least one mark.

    Examples
    --------
    >>> corners = np.repeat([[0.1, 0.1], [0.9, 0.9]], 5, axis=0)
    >>> [(cell.left, cell.people) for cell in divided(corners, Cell(0, 0, 1, 0), 5, smallest=0.5)]
    [(0.0, 5), (0.5, 5)]
    """
    inside = points[_within(points, root)]
    if len(inside) < people_per_mark:
        return
    parts = list(_quarters(root)) if root.size > smallest else []
    counts = [int(_within(inside, part).sum()) for part in parts]
    covered = [count - count % people_per_mark for count in counts]
    spare = sum(covered) - (COVERED * len(inside) if needed is None else needed)
    if not parts or spare < 0:
        yield Cell(root.left, root.top, root.size, len(inside))
        return
    for part, count, least in zip(parts, counts, covered, strict=True):
        share = spare * count / len(inside)
        yield from divided(inside, part, people_per_mark, smallest=smallest, needed=least - share)


def _within(points: Floats, cell: Cell) -> NDArray[np.bool_]:
    """Which points lie in a cell; the right and the lower edge belong to the next."""
    away = points - (cell.left, cell.top)
    return np.asarray(((away >= 0) & (away < cell.size)).all(axis=1))


def _quarters(cell: Cell) -> Iterator[Cell]:
    half = cell.size / 2
    for down in (0.0, half):
        for across in (0.0, half):
            yield Cell(cell.left + across, cell.top + down, half, 0)


def _root(positions: Floats) -> Cell:
    """Square around nearly all people, on a coarse lattice, so that one person more or less does not move it."""
    middle = np.median(positions, axis=0)
    reach = float(np.quantile(np.abs(positions - middle).max(axis=1), 0.99))
    size = 2.0 ** (np.ceil(2 * np.log2(max(2.1 * reach, 1e-9))) / 2)
    left, top = np.round((middle - size / 2) / (size / 32)) * (size / 32)
    return Cell(float(left), float(top), float(size), 0)


def _seed(cell: Cell, root: Cell, at: int) -> tuple[int, ...]:
    """Seed of the marks of a cell: its place on the grid and its group."""
    column, row = (cell.left - root.left) / cell.size, (cell.top - root.top) / cell.size
    return _SEED, at + 1, round(root.size / cell.size), round(column), round(row)


def _marks(cell: Cell, people_per_mark: int, edge: Floats, *, seed: tuple[int, ...]) -> list[Floats]:
    """Places of the marks of a cell, spread over it: within the outline, or else where the cell is nearest to it."""
    number = cell.people // people_per_mark
    offset = np.random.default_rng(seed).random(2)
    steps = (offset + np.outer(np.arange(_TRIES * number), _STRIDE)) % 1
    places = np.array([cell.left, cell.top]) + steps * cell.size
    away = np.where(_enclosed(places, edge), 0.0, np.hypot(*(places - edge.mean(axis=0)).T))
    return list(places[np.argsort(away, kind="stable")][:number])


def _enclosed(places: Floats, edge: Floats) -> NDArray[np.bool_]:
    """Which places lie within a closed line (even-odd rule)."""
    (x, y), (x1, y1), (x2, y2) = places.T[:, :, None], edge.T[:, None, :], np.roll(edge, -1, axis=0).T[:, None, :]
    crosses = (y1 > y) != (y2 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        right = x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
    return np.asarray((crosses & right).sum(axis=1) % 2 == 1)


def _shown_labels(group_of: NDArray[np.int64], order: Sequence[int]) -> NDArray[np.int64]:
    """Place of each person's group among those shown; undecided for all others."""
    labels = np.full(len(group_of), UNDECIDED, dtype=np.int64)
    for at, place in enumerate(order):
        labels[group_of == place] = at
    return labels


def _repeats(analysis: Analysis, place: int) -> list[Floats]:
    """Outline of a group in each repeat."""
    return [outlines[place] for outlines in analysis.stability.outlines] if analysis.stability else []


def _array(points: Iterable[Floats]) -> Floats:
    return np.array(list(points), dtype=np.float64).reshape(-1, 2)


def _framed(groups: Sequence[_Group], people_per_mark: int) -> OpinionMap:
    """In coordinates from 0 to 1, at the same scale in both directions, y downwards."""
    every = np.concatenate([part for group in groups for part in (group.marks, group.edge, group.sway)])
    low, high = every.min(axis=0), every.max(axis=0)
    scale = (1 - 2 * MARGIN) / max(float((high - low).max()), 1e-12)

    def points(given: Floats) -> tuple[Point, ...]:
        moved = 0.5 + (given - (low + high) / 2) * (scale, -scale)
        return tuple((float(x), float(y)) for x, y in moved.round(4).tolist())

    return OpinionMap(
        people_per_mark,
        tuple(
            MapGroup(
                group.letter, points(_middle(group))[0], points(group.marks), points(group.edge), points(group.sway)
            )
            for group in groups
        ),
    )


def _middle(group: _Group) -> Floats:
    shape = group.edge if len(group.edge) else group.marks
    return np.asarray(shape.mean(axis=0, keepdims=True))
