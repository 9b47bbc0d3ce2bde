"""The whole of the default analysis, step by step."""

from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from decapolis_methods.errors import MethodError
from decapolis_methods.opinion.analysis import Analysis, Moderation, Stability
from decapolis_methods.opinion.counts import count_groups_and_everybody
from decapolis_methods.opinion.default.ballots import SAMPLE, Ballots, cast
from decapolis_methods.opinion.default.bridging import bridging
from decapolis_methods.opinion.default.consensus import find_consensus, lowest_support
from decapolis_methods.opinion.default.groups import find_groups
from decapolis_methods.opinion.default.representative import find_representative
from decapolis_methods.opinion.default.routing import priorities
from decapolis_methods.opinion.default.slate import find_slate
from decapolis_methods.opinion.default.space import fit
from decapolis_methods.opinion.default.stability import Shown, Spread, one_by_one, repeat, undecided
from decapolis_methods.opinion.default.structure import axes_above_chance
from decapolis_methods.opinion.kmeans import nearest
from decapolis_methods.opinion.progress import Progress, silent
from decapolis_methods.opinion.votes import Votes

VERSION = "3"

ENOUGH = 7
"""Positions (agree or disagree) from which a person is placed; all of them where there are fewer statements."""

OUTSIDE, UNDECIDED = -1, -2

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
Value = TypeVar("Value", np.int64, np.float64)


def analyse_default(  # noqa: PLR0913 - all but two are given by name, and each has a default
    votes: Votes,
    moderation: Moderation,
    *,
    seed: int = 0,
    bootstrap: int = 0,
    spread: Spread = one_by_one,
    progress: Progress = silent,
) -> Analysis:
    """Analyse votes: space, groups and how sure they are, common ground, what divides, whom a slate speaks for.

    Parameters
    ----------
    votes : Votes
        Rows are sorted by identifier, so that the order of the source is nothing.
    moderation : Moderation
        Which statements are refused or meta, shape (m,) each.
    seed : int
        0 or more; the same votes and seed give the same result.
    bootstrap : int
        Repeats with people and statements drawn anew, 0 or more; 0 leaves `stability` out and nobody undecided.
    spread : callable
        How the repeats are done; the result is the same to the byte.
    progress : Progress, optional
        Told the phase and how far it is; it may raise to end the work.

    Returns
    -------
    Analysis
        Without groups where fewer than 30 people are placed, or where people differ no more than by chance.

    Raises
    ------
    MethodError
        The moderation does not fit the statements, or seed or bootstrap is negative.

    Notes
    -----
    A pass says "seen, no position": it counts among those who saw a statement, and takes no part in space, groups,
    bridging and slate. Missing answers are taken as missing for reasons that the model knows (the person, the
    statement, the side); where routing depends on more than that, positions can be off. How the parts work and what
    they rest on stands in docs/explanation/opinion-groups.md.

    References
    ----------
    Wojcik, S. et al. (2022). Birdwatch: crowd wisdom and bridging algorithms. arXiv:2210.15723.

    Examples
    --------
    >>> votes = Votes.from_triplets([1, 1, 2, 2, 3, 3], [8, 9] * 3, [1, 1, 1, -1, 1, -1])
    >>> none = np.zeros(2, dtype=bool)
    >>> found = analyse_default(votes, Moderation(none, none))
    >>> len(found.group_ids), found.everybody.agree.tolist(), found.slate
    (0, [[3, 1]], (8, 9))
    """
    _check(votes, moderation, seed, bootstrap)
    progress("placing", 0, 0)
    ballots, people = _in_order(cast(votes, moderation))
    space = fit(ballots)
    axes = axes_above_chance(space.start, seed=seed)
    enough = np.flatnonzero(ballots.per_person >= max(1, min(ENOUGH, int(moderation.analysed.sum()))))
    placed, positions = people[enough], space.positions[enough]
    groups = _groups(positions[:, :axes], seed)
    number = int(groups.max(initial=OUTSIDE)) + 1
    stability = None
    if bootstrap and number:
        shown = Shown(ballots.of(enough), positions, groups, axes)
        stability = repeat(shown, bootstrap, seed=seed, spread=spread, progress=progress)
        groups = np.where(undecided(stability), UNDECIDED, groups)
    progress("counting", 0, 0)
    group_of = _spread(groups, placed, len(votes.participants), OUTSIDE)
    counts, everybody = count_groups_and_everybody(votes, group_of, number)
    judged = counts if number else everybody
    return Analysis(
        participants=votes.participants,
        statements=votes.statements,
        votes=len(votes),
        moderation=moderation,
        centre=space.centre,
        components=space.loadings.T,
        positions=_spread(positions, placed, len(votes.participants), np.nan),
        group_of=group_of,
        group_ids=np.arange(number, dtype=np.int64),
        counts=counts,
        everybody=everybody,
        representative=find_representative(counts, moderation.analysed, votes.statements),
        consensus=find_consensus(judged, everybody, moderation.analysed, votes.statements),
        group_aware_consensus=lowest_support(judged.agree, judged.seen),
        priorities=priorities(everybody, space.loadings[:, :axes], moderation),
        bridging=bridging(space.centre, space.loadings[:, :axes], ballots.per_statement),
        slate=find_slate(votes.of(people[:SAMPLE]), moderation.analysed),
        stability=_of_all(stability, placed, len(votes.participants)),
        mode="default",
        version=VERSION,
        seed=seed,
    )


def _check(votes: Votes, moderation: Moderation, seed: int, bootstrap: int) -> None:
    statements = len(votes.statements)
    if not moderation.refused.shape == moderation.meta.shape == (statements,):
        shapes = f"shapes {moderation.refused.shape} and {moderation.meta.shape}"
        raise MethodError("moderation", shapes, f"Give one entry for each of {statements} statements.")
    if seed < 0:
        raise MethodError("seed", seed, "Give a whole number of 0 or more.")
    if bootstrap < 0:
        raise MethodError("bootstrap", bootstrap, "Give the number of repeats, 0 or more.")


def _in_order(ballots: Ballots) -> tuple[Ballots, Labels]:
    """Ballots of the people who took a position, in an order that does not depend on names, and their rows."""
    people = ballots.order
    return ballots.of(people), people


def _groups(positions: Floats, seed: int) -> Labels:
    """Group of each placed person, largest group first; nobody's (-1) where there are no groups."""
    centres = find_groups(positions, seed=seed)
    return nearest(positions, centres) if len(centres) else np.full(len(positions), OUTSIDE)


def _spread(values: NDArray[Value], placed: Labels, people: int, otherwise: float) -> NDArray[Value]:
    """Values of the placed people among all, with another value for the rest."""
    every = np.full((people, *values.shape[1:]), otherwise, dtype=values.dtype)
    every[placed] = values
    return every


def _of_all(stability: Stability | None, placed: Labels, people: int) -> Stability | None:
    """Stability with the membership of all participants instead of the placed ones."""
    if stability is None:
        return None
    return replace(stability, membership=_spread(stability.membership, placed, people, np.nan))
