"""The space of opinions: two axes that explain who takes which side, fitted on the positions people took."""

from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array
from scipy.sparse.linalg import LinearOperator, eigsh

from decapolis_methods.opinion.default.ballots import Ballots

Floats = NDArray[np.float64]
Table = csr_array | csc_array

AXES = 2
PENALTY = 3.0
"""Everything that is fitted is drawn to zero as if by three more answers; chosen by predicting answers held out."""

ROUNDS = 2
"""Rounds of leanings and appeal before axes are sought, after the first."""

_STEPS = 12
"""Directions tried before starting over, in search of the strongest."""

_PAIRS = tuple(combinations_with_replacement(range(1 + AXES), 2))


@dataclass(frozen=True)
class Space:
    """Answer of a person to a statement = `leaning` + `centre` + `positions` . `loadings`, on a scale of -1 to 1.

    Attributes
    ----------
    centre : ndarray of float, shape (m,)
        Appeal of each statement.
    loadings : ndarray of float, shape (m, 2)
        How much each statement divides along each axis; mean square 1, axes at right angles.
    leaning : ndarray of float, shape (n,)
        How much more than others a person agrees with anything.
    positions : ndarray of float, shape (n, 2)
        Where each person stands; drawn to the origin where a person took few positions.
    start : Start
        Where the fit began.
    """

    centre: Floats
    loadings: Floats
    leaning: Floats
    positions: Floats
    start: "Start"


@dataclass(frozen=True)
class Start:
    """Where a fit begins, on some of the people: the statements' appeal alone (`centre`), and what that leaves.

    `left` is what leanings and appeal do not explain, `strength` its two largest squared singular values, `directions`
    (m, 2) those among the statements.
    """

    centre: Floats
    left: csr_array
    strength: Floats
    directions: Floats


def fit(ballots: Ballots, *, people: Floats | None = None, statements: Floats | None = None) -> Space:
    """Fit the space by alternating ridge regressions on what was answered, from a spectral start.

    Parameters
    ----------
    ballots : Ballots
    people : ndarray of float, shape (n,), optional
        How many people each row stands for, 0 or more. Default: one.
    statements : ndarray of float, shape (m,), optional
        How many statements each column stands for, 0 or more. Default: one.

    Returns
    -------
    Space

    Notes
    -----
    The form is that of Community Notes; a person's own intercept takes up "agrees with everything", so that it is no
    axis. Unanswered cells take no part (no mean is put in their place). Not meant for data where most people answered
    fewer than a handful of statements: their positions then say little, and they shrink to the origin.

    References
    ----------
    Wojcik, S. et al. (2022). Birdwatch: crowd wisdom and bridging algorithms. arXiv:2210.15723.
    """
    each_person, each_statement = _weight(people, ballots.per_person), _weight(statements, ballots.per_statement)
    some = ballots.sample
    start = _start(some, each_person[: some.shape[0]], each_statement)
    centre, loadings = start.centre, start.directions * np.sqrt(each_statement.sum())
    # Two alternations of people and statements; more did not predict better.
    for part in (some, ballots):
        found = _people(part, centre, loadings, each_statement)
        back = _statements(part, found[:, 0], found[:, 1:], each_person[: len(found)])
        centre, loadings = back[:, 0], _orthonormal(back[:, 1:], each_statement)
    found = _people(ballots, centre, loadings, each_statement)
    turn = _turn(found[:, 1:], loadings, each_person)
    return Space(centre, loadings @ turn, found[:, 0], found[:, 1:] @ turn, start)


def _weight(given: Floats | None, answers: NDArray[np.int64] | Floats) -> Floats:
    """How many each row or column stands for; none where nothing was answered, so that it moves nothing."""
    answered = (answers > 0).astype(np.float64)
    return answered if given is None else answered * given


def place(ballots: Ballots, space: Space, statements: Floats) -> Floats:
    """Positions of people in a space that was fitted on others.

    Parameters
    ----------
    ballots : Ballots
    space : Space
        Only its centre and loadings are read.
    statements : ndarray of float, shape (m,)
        How many statements each column stands for.

    Returns
    -------
    ndarray of float, shape (n, 2)
    """
    return _people(ballots, space.centre, space.loadings, statements)[:, 1:]


def additive(ballots: Ballots, people: Floats, statements: Floats) -> tuple[Floats, Floats]:
    """Intercepts of people and of statements alone.

    Parameters
    ----------
    ballots : Ballots
    people : ndarray of float, shape (n,)
    statements : ndarray of float, shape (m,)
        How many each row and column stands for.

    Returns
    -------
    leaning : ndarray of float, shape (n,)
    centre : ndarray of float, shape (m,)
    """
    answers, transposed = ballots.answers, ballots.answers.T
    leaning = np.zeros(ballots.shape[0])
    agreed, disagreed = np.split(transposed @ people, 2)
    appeal, asked = agreed - disagreed, agreed + disagreed + PENALTY
    answered = answers @ np.tile(statements, 2) + PENALTY
    for _ in range(1 + ROUNDS):
        centre = (appeal - np.add(*np.split(transposed @ (people * leaning), 2))) / asked
        leaning = answers @ np.concatenate([statements * (1 - centre), statements * (-1 - centre)]) / answered
    return leaning, centre


def residual(ballots: Ballots, leaning: Floats, centre: Floats) -> csr_array:
    """What intercepts leave unexplained, at the places that were answered.

    Parameters
    ----------
    ballots : Ballots
    leaning : ndarray of float, shape (n,)
    centre : ndarray of float, shape (m,)

    Returns
    -------
    csr_array of float, shape (n, m)
    """
    answers = ballots.answers
    left = np.concatenate([1 - centre, -1 - centre]).take(answers.indices)
    left -= np.repeat(leaning, ballots.per_person)
    return csr_array((left, answers.indices % np.int32(len(centre)), answers.indptr), shape=ballots.shape)


def strongest(left: csr_array, count: int, *, precision: float = 1e-8) -> tuple[Floats, Floats]:
    """Largest squared singular values of a sparse table, and their directions among the columns.

    Parameters
    ----------
    left : csr_array of float, shape (n, m)
    count : int
        How many, 1 or more.
    precision : float
        Of the values, as a share of them.

    Returns
    -------
    values : ndarray of float, shape (count,)
        Descending; 0 where the table has fewer columns.
    directions : ndarray of float, shape (m, count)
    """
    m = left.shape[1]
    if m <= _STEPS or not left.data.any():
        return _strongest_of_few((left.T @ left).toarray(), count)
    turned = left.T
    # A fixed start, so that the digits are the same each time; uneven, so that it is at right angles to nothing.
    start = np.random.default_rng(0).standard_normal(m)
    gram = LinearOperator((m, m), matvec=lambda x: turned @ (left @ x.ravel()), dtype=np.float64)
    values, directions = eigsh(gram, k=count, v0=start, ncv=_STEPS, tol=precision)
    return values[::-1], directions[:, ::-1]


def _strongest_of_few(gram: Floats, count: int) -> tuple[Floats, Floats]:
    values, directions = np.linalg.eigh(gram)
    room = max(0, count - len(values))
    return (
        np.pad(values[::-1][:count], (0, room)),
        np.pad(directions[:, ::-1][:, :count], ((0, 0), (0, room))),
    )


def _start(ballots: Ballots, people: Floats, statements: Floats) -> Start:
    """Leading directions of what the intercepts leave; where nothing is left, no direction at all."""
    leaning, centre = additive(ballots, people, statements)
    left = residual(ballots, leaning, centre)
    if (people != 1).any() or (statements != 1).any():
        left.data *= np.sqrt(statements)[left.indices] * np.repeat(np.sqrt(people), ballots.per_person)
    return Start(centre, left, *strongest(left, AXES))


def _people(ballots: Ballots, centre: Floats, loadings: Floats, weights: Floats) -> Floats:
    """Leaning and position of each person by ridge regression on the statements they answered, shape (n, 3)."""
    squares, weighted = _terms(loadings, weights)
    agreed, disagreed = (np.hstack([squares, weighted * (side - centre)[:, None]]) for side in (1, -1))
    sums = (ballots.answers @ np.concatenate([agreed, disagreed])).T
    return _solve(sums[: len(_PAIRS)], sums[len(_PAIRS) :])


def _statements(ballots: Ballots, leaning: Floats, positions: Floats, weights: Floats) -> Floats:
    """Appeal and loadings of each statement by ridge regression on the people who answered it, shape (m, 3)."""
    squares, weighted = _terms(positions, weights)
    agreed, disagreed = np.split(ballots.answers.T @ np.hstack([squares, weighted * leaning[:, None]]), 2)
    squares, explained = np.split((agreed + disagreed).T, [len(_PAIRS)])
    return _solve(squares, (agreed - disagreed)[:, : 1 + AXES].T - explained)


def _terms(places: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """What is added up in a regression on places: weighted products of their columns two by two, and with 1."""
    design = np.column_stack([np.ones(len(places)), places])
    weighted = design * weights[:, None]
    return np.column_stack([weighted[:, one] * design[:, other] for one, other in _PAIRS]), weighted


def _solve(squares: Floats, target: Floats) -> Floats:
    """Solve as many equations of three unknowns as there are columns, by elimination; `squares` are upper triangles."""
    aa, ab, ac, bb, bc, cc = squares + PENALTY * np.array([1, 0, 0, 1, 0, 1])[:, None]
    b_by_a, c_by_a = ab / aa, ac / aa
    bb, bc, cc = bb - b_by_a * ab, bc - b_by_a * ac, cc - c_by_a * ac
    c_by_b = bc / bb
    second = target[1] - b_by_a * target[0]
    third = (target[2] - c_by_a * target[0] - c_by_b * second) / (cc - c_by_b * bc)
    second = (second - bc * third) / bb
    first = (target[0] - ab * second - ac * third) / aa
    return np.column_stack([first, second, third])


def _orthonormal(loadings: Floats, weights: Floats) -> Floats:
    """Same plane, axes at right angles, mean square 1."""
    square = (loadings * weights[:, None]).T @ loadings / max(weights.sum(), 1.0)
    values, directions = np.linalg.eigh(square)
    scale = np.where(values > 1e-12 * max(values.max(), 1e-300), 1 / np.sqrt(np.maximum(values, 1e-300)), 0.0)
    return np.asarray(loadings @ (directions * scale) @ directions.T)


def _turn(positions: Floats, loadings: Floats, people: Floats) -> Floats:
    """Rotation that puts the widest spread of people on the first axis, and a side of each axis by rule.

    Agreeing with the statement that divides most along an axis leads to its positive side.
    """
    middle = people @ positions / max(people.sum(), 1.0)
    away = positions - middle
    _, directions = np.linalg.eigh((away * people[:, None]).T @ away)
    turned = loadings @ directions[:, ::-1]
    top = turned[np.argmax(np.abs(turned), axis=0), np.arange(AXES)] if len(turned) else np.ones(AXES)
    return np.asarray(directions[:, ::-1] * np.where(top < 0, -1.0, 1.0))
