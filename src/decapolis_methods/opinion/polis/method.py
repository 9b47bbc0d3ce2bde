"""The whole of Polis's analysis, step by step."""

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from decapolis_methods.errors import MethodError
from decapolis_methods.opinion.analysis import Analysis, Moderation
from decapolis_methods.opinion.counts import count_answers, count_everybody
from decapolis_methods.opinion.polis.consensus import find_consensus, group_aware_consensus
from decapolis_methods.opinion.polis.groups import group_by_position
from decapolis_methods.opinion.polis.inclusion import placed_participants
from decapolis_methods.opinion.polis.priorities import routing_priorities
from decapolis_methods.opinion.polis.representative import find_representative
from decapolis_methods.opinion.polis.space import opinion_space
from decapolis_methods.opinion.votes import Votes

VERSION = "1"

Labels = NDArray[np.int64]
OUTSIDE = -1


def analyse_polis(
    votes: Votes, moderation: Moderation, *, groups: Mapping[int, int] | None = None, seed: int = 0
) -> Analysis:
    """Analyse votes as Polis does.

    Parameters
    ----------
    votes : Votes
        At least one vote.
    moderation : Moderation
        Which statements are refused or meta, shape (m,) each.
    groups : mapping of int to int, optional
        Group of each participant, by identifiers; whoever is not named is outside. Default: groups are made.
    seed : int
        0 or more; matters only where groups are made of more than 20,000 people.

    Returns
    -------
    Analysis
        `low`, `high` and `q_value`, `lowest` and `bridging` are NaN, `slate` is empty and `stability` None: Polis
        has no such thing.

    Raises
    ------
    MethodError
        `groups` is empty, names a participant who has no row in `votes`, or is not of whole numbers of 0 or more.

    Notes
    -----
    Equal to Polis's own figures given the same moderation and groups. Its groups themselves depend on the order in
    which votes came in and cannot be had again from the votes; nor can the place of people who answered too little
    now but were placed before: here they are placed if `groups` names them. Use the default mode unless results have
    to be compared with those of Polis.

    References
    ----------
    Small, C., Bjorkegren, M., Erkkilä, T., Shaw, L., Megill, C. (2021). Polis: Scaling deliberation by mapping high
    dimensional opinion spaces. Recerca 26(2).

    Examples
    --------
    >>> votes = Votes.from_triplets([1, 1, 2, 2, 3, 3], [8, 9] * 3, [1, 1, 1, -1, 1, -1])
    >>> none = np.zeros(2, dtype=bool)
    >>> found = analyse_polis(votes, Moderation(none, none), groups={1: 0, 2: 1, 3: 1})
    >>> found.counts.agree.tolist(), [one.statement for one in found.consensus]
    ([[1, 1], [2, 0]], [8])
    """
    everybody = count_everybody(votes)
    space = opinion_space(votes, everybody, moderation.analysed)
    if groups is None:
        placed = placed_participants(votes, np.zeros(len(votes.participants), dtype=bool))
        group_of, group_ids = _made(space.positions, placed, seed)
    else:
        group_of, group_ids = _given(votes, groups)
        placed = placed_participants(votes, group_of != OUTSIDE)
    counts = count_answers(votes, group_of, len(group_ids))
    return Analysis(
        participants=votes.participants,
        statements=votes.statements,
        votes=len(votes),
        moderation=moderation,
        centre=space.centre,
        components=space.components,
        positions=np.where(placed[:, None], space.positions, np.nan),
        group_of=group_of,
        group_ids=group_ids,
        counts=counts,
        everybody=everybody,
        representative=find_representative(counts, moderation.analysed, votes.statements, group_ids),
        consensus=find_consensus(everybody, moderation.analysed, votes.statements),
        group_aware_consensus=group_aware_consensus(counts),
        priorities=routing_priorities(counts, space.extremity, moderation.meta),
        bridging=np.full(len(votes.statements), np.nan),
        slate=(),
        stability=None,
        mode="polis",
        version=VERSION,
        seed=seed,
    )


def _made(positions: NDArray[np.float64], placed: NDArray[np.bool_], seed: int) -> tuple[Labels, Labels]:
    """Group of each participant by position (-1 outside), and the groups' identifiers."""
    group_of = np.full(len(positions), OUTSIDE, dtype=np.int64)
    group_of[placed] = group_by_position(positions[placed], seed=seed)
    return group_of, np.arange(group_of.max() + 1)


def _given(votes: Votes, groups: Mapping[int, int]) -> tuple[Labels, Labels]:
    """Number of the given group of each participant (-1 outside), and the groups' identifiers."""
    named = _identifiers(groups.keys(), "participant")
    unknown = named[~np.isin(named, votes.participants)]
    if len(unknown):
        remedy = "Give groups only of participants who voted."
        raise MethodError("groups", f"participant {unknown[0]} (one of {len(unknown)} unknown)", remedy)
    group_ids, group = np.unique(_identifiers(groups.values(), "group"), return_inverse=True)
    group_of = np.full(len(votes.participants), OUTSIDE, dtype=np.int64)
    group_of[np.searchsorted(votes.participants, named)] = group
    return group_of, group_ids


def _identifiers(given: Collection[int], what: str) -> Labels:
    identifiers = np.array(list(given))
    if identifiers.dtype.kind not in "iu" or identifiers.min() < 0:
        found = "an empty mapping" if len(given) == 0 else f"a {what} that is no whole number of 0 or more"
        raise MethodError("groups", found, "Map identifiers of participants to identifiers of groups, one at least.")
    return identifiers.astype(np.int64)
