"""Shares of everybody and of each group, each made once by the rules of disclosure, for all parts of a release."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from decapolis_methods.disclosure.differencing import leaves_open
from decapolis_methods.disclosure.running import release_running_answers
from decapolis_methods.disclosure.shares import Share, passes, release_answers
from decapolis_methods.opinion.analysis import Analysis, Direction, GroupCounts

Maker = Callable[[int, int, int], tuple[Share, Share]]


@dataclass(frozen=True)
class Answers:
    """Who agreed and who disagreed with one statement, as it may be published."""

    agree: Share
    disagree: Share

    def towards(self, direction: Direction) -> Share:
        """Share of one of the two answers.

        Parameters
        ----------
        direction : {"agree", "disagree"}

        Returns
        -------
        Share
        """
        return self.agree if direction == "agree" else self.disagree


@dataclass(frozen=True)
class Figures:
    """All figures from which a release takes, by the number of the statement.

    Attributes
    ----------
    minimum : int
        Smallest number of people of whom anything is said.
    everybody : dict
        Answers of all participants to each statement that was analysed. What people say of themselves is not: how
        many say that they are of some age or origin is no opinion, and never leaves.
    open : tuple of int
        Statements that were analysed and whose figures by group leave every small count open.
    groups : tuple of dict
        For each group shown, its answers to the open statements.
    elsewhere : tuple of dict
        The same of everybody who is not in the group.
    """

    minimum: int
    everybody: dict[int, Answers]
    open: tuple[int, ...]
    groups: tuple[dict[int, Answers], ...]
    elsewhere: tuple[dict[int, Answers], ...]


def released_figures(analysis: Analysis, order: list[int], minimum: int, *, is_running: bool = False) -> Figures:
    """Make the shares of everybody and of the groups that are shown.

    Parameters
    ----------
    analysis : Analysis
        With counts of everybody and of each group.
    order : list of int
        Places of the groups shown, in the order in which they are shown.
    minimum : int
        Smallest number of people of whom anything is said, 10 or more.
    is_running : bool
        Whether another release of the same people follows, so that figures must stand up to subtraction.

    Returns
    -------
    Figures

    Raises
    ------
    MethodError
        A minimum below the floor.
    """
    made = partial(release_running_answers if is_running else release_answers, minimum=minimum)
    everybody = _answers(analysis.everybody, 0, analysis, made)
    by_group = [_answers(analysis.counts, place, analysis, made) for place in order]
    others = [_answers(_others(analysis, place), 0, analysis, made) for place in order]
    candidates = analysis.statements[analysis.moderation.analysed].tolist()
    open_ones = [
        number for number in candidates if are_open(everybody[number], [each[number] for each in by_group], minimum)
    ]
    return Figures(
        minimum,
        {number: everybody[number] for number in candidates},
        tuple(open_ones),
        tuple({number: group[number] for number in open_ones} for group in by_group),
        tuple({number: group[number] for number in open_ones} for group in others),
    )


def _answers(counts: GroupCounts, row: int, analysis: Analysis, made: Maker) -> dict[int, Answers]:
    columns = zip(counts.agree[row].tolist(), counts.disagree[row].tolist(), counts.seen[row].tolist(), strict=True)
    return {
        number: Answers(*made(agree, disagree, seen))
        for number, (agree, disagree, seen) in zip(analysis.statements.tolist(), columns, strict=True)
    }


def _others(analysis: Analysis, place: int) -> GroupCounts:
    """Answers of everybody but one group."""
    every, group = analysis.everybody, slice(place, place + 1)
    return GroupCounts(
        np.subtract(every.agree, analysis.counts.agree[group]),
        np.subtract(every.disagree, analysis.counts.disagree[group]),
        np.subtract(every.seen, analysis.counts.seen[group]),
    )


def are_open(whole: Answers, parts: Sequence[Answers], minimum: int, *, is_complete: bool = False) -> bool:
    """Whether answers of groups, beside everybody's, leave every small count open: of agree, disagree and pass.

    Parameters
    ----------
    whole : Answers
        Of everybody.
    parts : sequence of Answers
        Of groups that do not overlap.
    minimum : int
        Smallest number of people of whom anything is said.
    is_complete : bool
        Whether the groups are everybody.

    Returns
    -------
    bool
    """
    counts: tuple[Callable[[Answers], Share], ...] = (
        lambda one: one.agree,
        lambda one: one.disagree,
        lambda one: passes(one.agree, one.disagree),
    )
    return all(
        leaves_open(count(whole), [count(part) for part in parts], minimum=minimum, is_complete=is_complete)
        for count in counts
    )
