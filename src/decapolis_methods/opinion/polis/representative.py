"""Statements that set a group apart from everybody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

from decapolis_methods.opinion.analysis import Direction, GroupCounts, Representative
from decapolis_methods.opinion.intervals import smoothed
from decapolis_methods.opinion.polis.statistics import TELLING, share_test, two_share_test

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

MOST = 5


@dataclass(frozen=True)
class _Leaning:
    """How one group leans in one direction on each statement, against all other groups; arrays of shape (m,).

    `strength` is the product of the four figures before it.
    """

    direction: Direction
    successes: Counts
    trials: Counts
    share: Floats
    test: Floats
    ratio: Floats
    ratio_test: Floats
    strength: Floats

    def is_telling(self, place: int) -> bool:
        return bool(self.ratio_test[place] > TELLING and self.test[place] > TELLING)


def _leaning(direction: Direction, successes: Counts, trials: Counts, group: int) -> _Leaning:
    here, here_trials = successes[group], trials[group]
    there, there_trials = successes.sum(axis=0) - here, trials.sum(axis=0) - here_trials
    share, test = smoothed(here, here_trials), share_test(here, here_trials)
    ratio = share / smoothed(there, there_trials)
    ratio_test = two_share_test(here, here_trials, there, there_trials)
    strength = ratio * ratio_test * share * test
    return _Leaning(direction, here, here_trials, share, test, ratio, ratio_test, strength)


@dataclass(frozen=True)
class _Group:
    """One group in both directions, and the rules by which its statements are chosen."""

    agree: _Leaning
    disagree: _Leaning

    def side(self, place: int) -> _Leaning:
        """Direction in which the group differs more from the others."""
        return self.agree if self.agree.ratio_test[place] > self.disagree.ratio_test[place] else self.disagree

    def chosen(self, places: Sequence[int]) -> list[int]:
        """Places of the statements that represent the group."""
        best = self.best_agreed(places)
        first = [] if best is None else [best]
        telling = [place for place in places if self.agree.is_telling(place) or self.disagree.is_telling(place)]
        if not telling:
            return first or self.nearest(places)
        rest = sorted((place for place in telling if place != best), key=lambda at: -self.side(at).strength[at])
        return sorted([*first, *rest][:MOST], key=lambda at: self.side(at).direction)

    def nearest(self, places: Sequence[int]) -> list[int]:
        """Place of the statement with the largest test against the others."""
        return [max(places, key=lambda at: self.side(at).ratio_test[at])] if places else []

    def best_agreed(self, places: Sequence[int]) -> int | None:
        """Place of the statement that the group agrees with best, if it agrees with any."""
        best = None
        for place in places:
            if self.agree.successes[place] + self.disagree.successes[place] > 0 and self.beats(place, best):
                best = place
        return best

    def beats(self, place: int, best: int | None) -> bool:
        """Whether the group's agreement here is better than at `best`; what better means depends on `best`."""
        agree = self.agree
        if best is None:
            return bool(agree.test[place] > TELLING or (agree.ratio[place] > 1.0 and agree.share[place] > 0.5))
        if agree.ratio[best] > 1.0:
            return bool(agree.strength[place] > agree.strength[best])
        return bool(agree.share[place] * agree.test[place] > agree.share[best] * agree.test[best])


def find_representative(
    counts: GroupCounts, analysed: NDArray[np.bool_], statements: Counts, group_ids: Counts
) -> tuple[tuple[Representative, ...], ...]:
    """Find up to five statements for each group in which it differs from the others.

    Parameters
    ----------
    counts : GroupCounts
        Answers of the groups, shape (g, m).
    analysed : ndarray of bool, shape (m,)
        Statements that are neither refused nor meta.
    statements : ndarray of int64, shape (m,)
        Identifiers.
    group_ids : ndarray of int64, shape (g,)
        Identifiers of the groups.

    Returns
    -------
    tuple of tuple of Representative
        For each group: the statement it agrees with best, then those whose share and ratio are both telling, strongest
        first; five at most; agreed before disagreed. Where nothing is telling, the one nearest to it.

    Notes
    -----
    Every statement is tested in both directions in every group at one-sided 90 %, so that with many statements many
    will look telling by chance; the default mode corrects for that.

    References
    ----------
    Small, C., et al. (2021). Polis: Scaling deliberation by mapping high dimensional opinion spaces. Recerca 26(2).

    Examples
    --------
    >>> agree, seen = np.array([[9], [0]]), np.array([[9], [9]])
    >>> counts = GroupCounts(agree, seen - agree, seen)
    >>> here, there = find_representative(counts, np.array([True]), np.array([7]), np.array([0, 1]))
    >>> here[0].direction, here[0].successes, round(here[0].ratio), there[0].direction
    ('agree', 9, 10, 'disagree')
    """
    places = np.flatnonzero(analysed).tolist()
    found = []
    for group, group_id in enumerate(group_ids.tolist()):
        agree = _leaning("agree", counts.agree, counts.seen, group)
        disagree = _leaning("disagree", counts.disagree, counts.seen, group)
        leaning = _Group(agree, disagree)
        found.append(
            tuple(_result(leaning.side(at), at, group_id, int(statements[at])) for at in leaning.chosen(places))
        )
    return tuple(found)


def _result(side: _Leaning, place: int, group: int, statement: int) -> Representative:
    return Representative(
        group=group,
        statement=statement,
        direction=side.direction,
        successes=int(side.successes[place]),
        trials=int(side.trials[place]),
        share=float(side.share[place]),
        share_test=float(side.test[place]),
        ratio=float(side.ratio[place]),
        ratio_test=float(side.ratio_test[place]),
        low=nan,
        high=nan,
        q_value=nan,
    )
