"""The space of opinions: two axes that explain who takes which side, fitted on the positions people took."""

from dataclasses import dataclass

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
"""Alternations of people and statements; more did not predict better."""

_PAIRS = np.triu_indices(1 + AXES)
_FULL = np.array([0, 1, 2, 1, 3, 4, 2, 4, 5])


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
    """

    centre: Floats
    loadings: Floats
    leaning: Floats
    positions: Floats


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
    leaning, centre = additive(ballots, each_person, each_statement)
    loadings = _start(residual(ballots, leaning, centre), each_person, each_statement)
    for _ in range(ROUNDS):
        found = _regress(ballots.said, ballots.gave, centre, loadings, each_statement)
        back = _regress(ballots.said.T, ballots.gave.T, found[:, 0], found[:, 1:], each_person)
        centre, loadings = back[:, 0], _orthonormal(back[:, 1:], each_statement)
    found = _regress(ballots.said, ballots.gave, centre, loadings, each_statement)
    turn = _turn(found[:, 1:], loadings, each_person)
    return Space(centre, loadings @ turn, found[:, 0], found[:, 1:] @ turn)


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
    return _regress(ballots.said, ballots.gave, space.centre, space.loadings, statements)[:, 1:]


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
    said, gave = ballots.said, ballots.gave
    leaning = np.zeros(ballots.shape[0])
    asked, answered = gave.T @ people + PENALTY, gave @ statements + PENALTY
    for _ in range(1 + ROUNDS):
        centre = (said.T @ people - gave.T @ (people * leaning)) / asked
        leaning = (said @ statements - gave @ (statements * centre)) / answered
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
    said = ballots.said
    left = said.data - centre[said.indices]
    left -= np.repeat(leaning, ballots.per_person)
    return csr_array((left, said.indices, said.indptr), shape=said.shape)


def strongest(left: csr_array, count: int, *, steps: int = 20, precision: float = 1e-9) -> tuple[Floats, Floats]:
    """Largest squared singular values of a sparse table, and their directions among the columns.

    Parameters
    ----------
    left : csr_array of float, shape (n, m)
    count : int
        How many, 1 or more.
    steps : int
        Directions tried before starting over; a few suffice where only the rough size of the values matters.
    precision : float
        Of the directions; that of the values is its square.

    Returns
    -------
    values : ndarray of float, shape (count,)
        Descending; 0 where the table has fewer columns.
    directions : ndarray of float, shape (m, count)
    """
    m = left.shape[1]
    # Uneven, lest a symmetric table hide a direction that is at right angles to it.
    start = np.bincount(left.indices, left.data**2, minlength=m) * np.linspace(1.0, 2.0, m)
    if m <= steps or not start.any():
        return _strongest_of_few((left.T @ left).toarray(), count)
    gram = LinearOperator((m, m), matvec=lambda x: left.T @ (left @ x.ravel()), dtype=np.float64)
    values, directions = eigsh(gram, k=count, v0=start, ncv=steps, tol=precision)
    return values[::-1], directions[:, ::-1]


def _strongest_of_few(gram: Floats, count: int) -> tuple[Floats, Floats]:
    values, directions = np.linalg.eigh(gram)
    room = max(0, count - len(values))
    return (
        np.pad(values[::-1][:count], (0, room)),
        np.pad(directions[:, ::-1][:, :count], ((0, 0), (0, room))),
    )


def _start(left: csr_array, people: Floats, statements: Floats) -> Floats:
    """Leading directions of the residual; where nothing is left, no direction at all."""
    size = np.sqrt(statements)
    data = left.data * size[left.indices] * np.repeat(np.sqrt(people), np.diff(left.indptr))
    _, directions = strongest(csr_array((data, left.indices, left.indptr), shape=left.shape), AXES)
    return np.asarray(directions * np.sqrt(statements.sum()))


def _regress(said: Table, gave: Table, offset: Floats, loadings: Floats, weights: Floats) -> Floats:
    """Intercept and coordinates of each row by ridge regression on its answered columns, shape (rows, 3)."""
    design = np.column_stack([np.ones(len(loadings)), loadings])
    weighted = design * weights[:, None]
    squares = gave @ (weighted[:, _PAIRS[0]] * design[:, _PAIRS[1]])
    normal = squares[:, _FULL].reshape(-1, 1 + AXES, 1 + AXES) + PENALTY * np.eye(1 + AXES)
    target = said @ weighted - gave @ (weighted * offset[:, None])
    return np.asarray(np.linalg.solve(normal, target[:, :, None])[:, :, 0])


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
