"""Which statements a result shows: what is common, what divides, what is special to a group."""

from collections.abc import Iterator, Sequence

from decapolis_methods.disclosure.shares import Share
from decapolis_methods.opinion.analysis import Analysis, Direction, Representative
from decapolis_methods.opinion.figures import Figures, are_open
from decapolis_methods.opinion.released import Common, Dividing, Special

MOST_COMMON, MOST_DIVIDING, MOST_SPECIAL = 8, 6, 3

LETTERS = "abcdefghijklmnopqrstuvwxyz"

_DIRECTIONS: tuple[Direction, Direction] = ("agree", "disagree")


def common_ground(figures: Figures) -> tuple[Common, ...]:
    """Choose the statements on which the majority of every group leans the same way, highest lower bound first.

    Parameters
    ----------
    figures : Figures
        What may be published.

    Returns
    -------
    tuple of Common
        Up to eight. In each group the lower bound of the share is above one half; without groups that of everybody.

    Notes
    -----
    Passes count among those asked, so a statement that many do not understand is not common ground.
    """
    found = [
        Common(number, direction, answers.towards(direction), lowest, shares)
        for number in figures.open
        for answers in [figures.everybody[number]]
        for direction in _DIRECTIONS
        for shares in [tuple(group[number].towards(direction) for group in figures.groups)]
        for lowest in [min(_low(share) for share in shares or (answers.towards(direction),))]
        if lowest > 50 and answers.towards(direction).low is not None
    ]
    return tuple(sorted(found, key=lambda one: (-one.lowest, -_low(one.share), one.statement))[:MOST_COMMON])


def dividing_statements(figures: Figures) -> tuple[Dividing, ...]:
    """Choose the statements on which the intervals of groups do not overlap, furthest apart first.

    Parameters
    ----------
    figures : Figures
        What may be published.

    Returns
    -------
    tuple of Dividing
        Up to six, each with two groups or more whose intervals do not overlap.

    Notes
    -----
    Ordered by the gap between the intervals, not between the shares, so that a small group does not come first
    because its figures are rough.
    """
    shown = [Dividing(number, tuple(group[number].agree for group in figures.groups)) for number in figures.open]
    gaps = {one.statement: _gap(one.by_group) for one in shown}
    apart = [one for one in shown if gaps[one.statement] > 0]
    return tuple(sorted(apart, key=lambda one: (-gaps[one.statement], one.statement))[:MOST_DIVIDING])


def special_statements(
    analysis: Analysis, figures: Figures, order: Sequence[int], taken: Sequence[int], dividing: Sequence[int]
) -> tuple[Special, ...]:
    """Choose for each group the statements that set it apart.

    Parameters
    ----------
    analysis : Analysis
        With the representative statements of each group.
    figures : Figures
        What may be published.
    order : sequence of int
        Places of the groups shown, in the order of their letters.
    taken : sequence of int
        Statements that are not to be repeated: the common ground.
    dividing : sequence of int
        Statements that are not repeated either: a share of everybody else beside the shares of all groups would give
        the few who are in no group a second time.

    Returns
    -------
    tuple of Special
        Up to three a group, furthest from everybody else first; a statement stands with one group only.
    """
    found: list[Special] = []
    queues = [list(_specials(analysis.representative[place], figures, at)) for at, place in enumerate(order)]
    for _ in range(MOST_SPECIAL):
        for queue in queues:
            used = {*taken, *dividing, *(one.statement for one in found)}
            found += [one for one in queue if one.statement not in used][:1]
    return tuple(sorted(found, key=lambda one: (one.letter, -_gap((one.here, one.elsewhere)), one.statement)))


def _specials(telling: Sequence[Representative], figures: Figures, at: int) -> Iterator[Special]:
    """Representative statements of a group, most telling first, whose figures here and elsewhere may be shown."""
    for one in telling:
        if one.statement not in figures.groups[at]:
            continue
        parts = figures.groups[at][one.statement], figures.elsewhere[at][one.statement]
        here, elsewhere = (part.towards(one.direction) for part in parts)
        is_apart = _gap((here, elsewhere)) > 0 and _low(here) > _low(elsewhere)
        if is_apart and are_open(figures.everybody[one.statement], parts, figures.minimum, is_complete=True):
            yield Special(LETTERS[at], one.statement, one.direction, here, elsewhere)


def _low(share: Share) -> float:
    return -1 if share.low is None else share.low


def _gap(shares: Sequence[Share]) -> float:
    """Per cents between the lowest end of one interval and the highest end of another; 0 or less if all overlap."""
    ends = [(share.low, share.high) for share in shares if share.low is not None and share.high is not None]
    if len(ends) < 2:
        return 0
    return max(low for low, _ in ends) - min(high for _, high in ends)
