"""Conversations with planted opinions: known groups, made-up people, to see whether a method finds them again."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from decapolis_methods.errors import MethodError
from decapolis_methods.opinion.votes import AGREE, DISAGREE, PASS, Votes

UNDECIDED = -2
"""Group of people who stand between the groups, as in `Analysis.group_of`."""

_CELLS = 1 << 23
"""Cells drawn at a time, so that a million participants need no more memory than their votes."""

_TAIL = 1.2
"""Shape of the numbers of votes: many people give few, few people give many."""


@dataclass(frozen=True)
class Plan:
    """What is planted.

    Attributes
    ----------
    participants, statements : int
        Number of people and of statements, 1 or more.
    groups : int
        Number of groups, 1 or more.
    density : float
        Mean share of the statements that a person answers, above 0 to 1. People differ widely around it.
    noise : float
        Share of answers given by the toss of a coin, 0 to 1.
    yea_saying : float
        How much people differ in saying yes to anything: standard deviation of a personal shift, in logits, 0 or more.
    passes : float
        Share of answers that are a pass, 0 to 1.
    shared : float
        Share of statements on which all groups lean the same way, 0 to 1.
    undecided : float
        Share of people who belong to no group and answer as the mean of all, 0 to 1.
    """

    participants: int
    statements: int
    groups: int = 3
    density: float = 0.1
    noise: float = 0.1
    yea_saying: float = 0.0
    passes: float = 0.1
    shared: float = 0.2
    undecided: float = 0.0

    def __post_init__(self) -> None:
        for name in ("participants", "statements", "groups"):
            if getattr(self, name) < 1:
                raise MethodError(name, getattr(self, name), "Give a whole number of 1 or more.")
        for name in ("density", "noise", "passes", "shared", "undecided"):
            if not 0 <= getattr(self, name) <= 1:
                raise MethodError(name, getattr(self, name), "Give a share from 0 to 1.")
        if self.density == 0:
            raise MethodError("density", 0, "Give a share above 0, else nobody answers anything.")
        if not 0 <= self.yea_saying < np.inf:
            raise MethodError("yea_saying", self.yea_saying, "Give a standard deviation of 0 or more.")


@dataclass(frozen=True)
class Planted:
    """A made-up conversation and the truth about it.

    Attributes
    ----------
    votes : Votes
        Participants 0 to n - 1, statements 0 to m - 1.
    groups : ndarray of int64, shape (n,)
        True group of each participant, 0 to g - 1; -2 undecided.
    opinions : ndarray of float, shape (g, m)
        Chance that a member of a group agrees rather than disagrees, before noise and yea-saying.
    """

    votes: Votes
    groups: NDArray[np.int64]
    opinions: NDArray[np.float64]


def conversation(plan: Plan, *, seed: int) -> Planted:
    """Make up a conversation in which groups, shared ground and habits of answering are known.

    Parameters
    ----------
    plan : Plan
        What is planted.
    seed : int
        Whole number of 0 or more; the same plan and seed make the same conversation.

    Returns
    -------
    Planted

    Raises
    ------
    MethodError
        The seed is negative.

    Notes
    -----
    Made up by rule and not meant to be like any real city: statements are drawn independently of each other, people
    of a group differ only by chance and by their yea-saying, and who answers what does not depend on earlier answers.
    A method that fails here fails; one that succeeds here is not yet proven.

    Examples
    --------
    >>> planted = conversation(Plan(participants=40, statements=10, groups=2, density=0.5), seed=1)
    >>> planted.votes.shape, sorted(set(planted.groups.tolist()))
    ((40, 10), [0, 1])
    """
    rng = _generator(seed)
    groups = rng.integers(plan.groups, size=plan.participants)
    groups[rng.random(plan.participants) < plan.undecided] = UNDECIDED
    opinions = _opinions(plan, rng)
    return Planted(answers(opinions, groups, plan, seed=seed), groups, opinions)


def answers(opinions: NDArray[np.float64], groups: NDArray[np.int64], plan: Plan, *, seed: int) -> Votes:
    """Let people answer who hold given opinions.

    Parameters
    ----------
    opinions : ndarray of float, shape (g, m)
        Chance that a member of a group agrees rather than disagrees, 0 to 1.
    groups : ndarray of int, shape (n,)
        Group of each participant, 0 to g - 1; -2 answers as the mean of all groups.
    plan : Plan
        Density, noise, yea-saying and passes; its numbers of participants and statements must be n and m.
    seed : int
        Whole number of 0 or more.

    Returns
    -------
    Votes
        Participants 0 to n - 1, statements 0 to m - 1; everybody answers at least one.

    Raises
    ------
    MethodError
        Shapes do not fit the plan, a chance is outside of 0 to 1, a group is unknown, or the seed is negative.

    Examples
    --------
    >>> plan = Plan(participants=2, statements=3, groups=1, density=1, noise=0, passes=0)
    >>> answers(np.array([[1.0, 0.0, 1.0]]), np.zeros(2, dtype=np.int64), plan, seed=1).values.tolist()
    [1, -1, 1, 1, -1, 1]
    """
    _check_answers(opinions, groups, plan)
    rng = _generator(seed)
    leaning = _logit(np.vstack([opinions, opinions.mean(axis=0)]))
    leaning_of = np.where(groups == UNDECIDED, len(opinions), groups)
    rate = rng.beta(_TAIL, _TAIL * (1 - plan.density) / plan.density + 1e-9, size=len(groups))
    shift = rng.normal(0, plan.yea_saying, size=len(groups)).astype(np.float32)
    counts, columns, values = [], [], []
    for some in _chunks(len(groups), plan.statements):
        row, column = _who_answers_what(rate[some], plan.statements, rng)
        logit = leaning[leaning_of[some][row], column] + shift[some][row]
        counts.append(np.bincount(row, minlength=len(rate[some])))
        columns.append(column.astype(np.int32))
        values.append(_said(logit, plan, rng))
    return _joined(counts, columns, values, plan.statements)


def continuum(places: NDArray[np.float64], plan: Plan, *, seed: int) -> Votes:
    """Let people answer who stand somewhere along axes of opinion, in no groups.

    Parameters
    ----------
    places : ndarray of float, shape (n, d)
        In logits along the axes of a statement that divides as most do.
    plan : Plan
        Density, noise, yea-saying and passes; its numbers of participants and statements are those of the answers.
    seed : int
        Whole number of 0 or more.

    Returns
    -------
    Votes
        Participants 0 to n - 1, statements 0 to m - 1.

    Raises
    ------
    MethodError
        The places do not fit the plan, or the seed is negative.

    Examples
    --------
    >>> continuum(np.zeros((3, 1)), Plan(participants=3, statements=5, density=1), seed=1).shape
    (3, 5)
    """
    rng = _generator(seed)
    divides, appeal = rng.normal(size=(places.shape[1], plan.statements)), rng.normal(size=plan.statements)
    chances = 1 / (1 + np.exp(-places @ divides - appeal))
    return answers(chances, np.arange(len(places)), plan, seed=seed)


def _generator(seed: int) -> np.random.Generator:
    if seed < 0:
        raise MethodError("seed", seed, "Give a whole number of 0 or more.")
    return np.random.default_rng(seed)


def _check_answers(opinions: NDArray[np.float64], groups: NDArray[np.int64], plan: Plan) -> None:
    if opinions.ndim != 2 or opinions.shape[1] != plan.statements:
        raise MethodError("opinions", f"shape {opinions.shape}", f"Give one column for each of {plan.statements}.")
    if groups.shape != (plan.participants,):
        raise MethodError("groups", f"shape {groups.shape}", f"Give one group for each of {plan.participants}.")
    if not ((opinions >= 0) & (opinions <= 1)).all():
        raise MethodError("opinions", "a chance outside of 0 to 1", "Give chances from 0 to 1.")
    known = (groups == UNDECIDED) | ((groups >= 0) & (groups < len(opinions)))
    if not known.all():
        raise MethodError("groups", groups[~known][0], f"Use 0 to {len(opinions) - 1}, or -2 for undecided.")


def _opinions(plan: Plan, rng: np.random.Generator) -> NDArray[np.float64]:
    """Chances to agree: clear for each group, on the same side where the ground is shared."""
    strength = rng.beta(8, 2, size=(plan.groups, plan.statements))
    side = rng.random((plan.groups, plan.statements)) < 0.5
    shared = rng.random(plan.statements) < plan.shared
    side[:, shared] = side[0, shared]
    chances: NDArray[np.float64] = np.where(side, np.maximum(strength, 0.5), 1 - np.maximum(strength, 0.5))
    return chances


def _logit(chance: NDArray[np.float64]) -> NDArray[np.float32]:
    """Logit with room for certainty: chances of 0 and 1 become minus and plus 30."""
    with np.errstate(divide="ignore"):
        logit: NDArray[np.float64] = np.clip(np.log(chance) - np.log1p(-chance), -30, 30)
    return logit.astype(np.float32)


def _chunks(people: int, statements: int) -> Iterator[slice]:
    step = max(1, _CELLS // statements)
    return (slice(start, min(start + step, people)) for start in range(0, people, step))


def _who_answers_what(
    rate: NDArray[np.float64], statements: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and columns of the answers of some people, by row; each answers at least one statement."""
    taken = rng.random((len(rate), statements), dtype=np.float32) < rate[:, None].astype(np.float32)
    silent = np.flatnonzero(~taken.any(axis=1))
    taken[silent, rng.integers(statements, size=len(silent))] = True
    row, column = np.nonzero(taken)
    return row, column


def _joined(
    counts: list[NDArray[np.int64]],
    columns: list[NDArray[np.int32]],
    values: list[NDArray[np.int8]],
    statements: int,
) -> Votes:
    starts = np.concatenate([[0], np.cumsum(np.concatenate(counts))]).astype(np.int64)
    return Votes(
        participants=np.arange(len(starts) - 1, dtype=np.int64),
        statements=np.arange(statements, dtype=np.int64),
        starts=starts,
        columns=np.concatenate(columns),
        values=np.concatenate(values),
    )


def _said(logit: NDArray[np.float32], plan: Plan, rng: np.random.Generator) -> NDArray[np.int8]:
    """Answers of people with these leanings: most by conviction, some by a coin, some a pass."""
    by_coin = rng.random(len(logit), dtype=np.float32) < plan.noise
    chance = np.where(by_coin, np.float32(0.5), 1 / (1 + np.exp(-logit)))
    said = np.where(rng.random(len(logit), dtype=np.float32) < chance, AGREE, DISAGREE)
    said[rng.random(len(logit), dtype=np.float32) < plan.passes] = PASS
    return said.astype(np.int8)
