"""From an analysis, which has a row for each person, to what may be published, which has none."""

from collections.abc import Iterable, Iterator

import numpy as np

from decapolis_methods.disclosure.running import coarse_sizes
from decapolis_methods.disclosure.shares import PUBLIC_FLOOR, Share, check_minimum
from decapolis_methods.disclosure.sizes import Sizes, release_sizes
from decapolis_methods.errors import MethodError
from decapolis_methods.opinion.analysis import Analysis
from decapolis_methods.opinion.choosing import LETTERS, common_ground, dividing_statements, special_statements
from decapolis_methods.opinion.figures import Figures, released_figures
from decapolis_methods.opinion.opinion_map import draw_map
from decapolis_methods.opinion.released import (
    Certainty,
    Common,
    Dividing,
    GroupSummary,
    NoGroups,
    Released,
    Special,
    StatementTotals,
    Withheld,
)

PEOPLE_FOR_GROUPS = 5
"""Times the minimum that must have a place before groups are spoken of: 50 people."""

UNDECIDED = -2

SAME_NUMBER, AGREEMENT = 0.5, 0.4
"""Share of the repeats that must find as many groups, and mean adjusted Rand index with them, for groups to be shown.

People and statements are both drawn anew in a repeat: three groups that were planted reach about one half."""

_STEP = 0.05
"""Step to which the share of undecided people is rounded."""


def release(analysis: Analysis, *, minimum: int = PUBLIC_FLOOR, cell: int = 5, is_running: bool = False) -> Released:
    """Make of an analysis what may be published.

    Parameters
    ----------
    analysis : Analysis
        Of either mode.
    minimum : int
        Smallest number of people of whom anything is said, 10 or more.
    cell : int
        Smallest number of people of a group for which a mark stands on the map, 5 or more.
    is_running : bool
        Whether another release follows of the same people and some more: figures are then coarse enough that
        subtracting one from the other fixes no small number.

    Returns
    -------
    Released

    Raises
    ------
    MethodError
        A minimum below 10, or a cell below 5.

    Notes
    -----
    Groups of fewer people than the minimum are dissolved: their people count as undecided. Among fewer than five
    times the minimum no groups are spoken of at all. The same analysis always gives the same release, and the order
    of participants is nothing. The numbers of all participants, statements and votes are public as they are. Of
    statements about the participants themselves ("meta") only their number is released. Which statements are chosen
    and where the marks of the map lie follow from exact figures in a running release too.

    Examples
    --------
    >>> from decapolis_methods.opinion.default.method import analyse_default
    >>> from decapolis_methods.opinion.analysis import Moderation
    >>> from decapolis_methods.opinion.planted import Plan, conversation
    >>> votes, none = conversation(Plan(30, 8, density=1), seed=1).votes, np.zeros(8, dtype=bool)
    >>> released = release(analyse_default(votes, Moderation(none, none)))
    >>> released.participants, released.no_groups, released.map
    (30, 'too few people', None)
    """
    check_minimum(minimum)
    _check_cell(cell)
    order, sizes, no_groups = _shown_groups(analysis, minimum)
    if is_running:
        sizes = coarse_sizes(sizes, minimum=minimum)
    figures = released_figures(analysis, order, minimum, is_running=is_running)
    common, dividing = common_ground(figures), dividing_statements(figures)
    used = [one.statement for one in common], [one.statement for one in dividing]
    special = special_statements(analysis, figures, order, *used)
    totals = tuple(_totals(analysis, figures))
    return Released(
        participants=len(analysis.participants),
        statements=int(analysis.moderation.analysed.sum()),
        votes=int(analysis.everybody.seen[:, analysis.moderation.analysed].sum()),
        totals=totals,
        groups=_summaries(sizes, len(analysis.participants)),
        undecided=sizes.remainder,
        figures_rounded_to=sizes.rounded_to,
        no_groups=no_groups,
        common=common,
        dividing=dividing,
        special=special,
        slate=_slate(analysis, figures),
        map=draw_map(analysis, order, cell=cell) if order else None,
        certainty=_certainty(analysis, minimum),
        withheld=_withheld(analysis, figures, _shares(totals, common, dividing, special), minimum),
        minimum=minimum,
        mode=analysis.mode,
        version=analysis.version,
        seed=analysis.seed,
        is_running=is_running,
    )


def _check_cell(cell: int) -> None:
    if cell < 5:
        raise MethodError("cell", cell, "Give 5 or more.")


def _sizes(analysis: Analysis) -> list[int]:
    members = analysis.group_of[analysis.group_of >= 0]
    sizes: list[int] = np.bincount(members, minlength=len(analysis.group_ids)).tolist()
    return sizes


def _shown_groups(analysis: Analysis, minimum: int) -> tuple[list[int], Sizes, NoGroups]:
    """Places of the groups shown, largest first, their sizes as published, and why there are none."""
    every = _sizes(analysis)
    order = [place for place in np.argsort(np.negative(every), kind="stable").tolist() if every[place] >= minimum]
    sizes = release_sizes([every[place] for place in order], len(analysis.participants), minimum=minimum)
    reason = _no_groups(analysis, order, sizes, minimum)
    if reason:
        return [], release_sizes([], len(analysis.participants), minimum=minimum), reason
    return order, sizes, ""


def _no_groups(analysis: Analysis, order: list[int], sizes: Sizes, minimum: int) -> NoGroups:
    placed = int((~np.isnan(analysis.positions[:, 0])).sum())
    if placed < PEOPLE_FOR_GROUPS * minimum:
        return "too few people"
    if len(analysis.group_ids) < 2:
        return "no structure"
    if not _came_back(analysis):
        return "not stable"
    return "too small" if len(order) < 2 or None in sizes.groups else ""


def _came_back(analysis: Analysis) -> bool:
    """Whether the groups held in the repeats; they are taken to hold where nothing was repeated."""
    stability = analysis.stability
    if stability is None or stability.rounds == 0:
        return True
    same_number = float((stability.numbers == len(analysis.group_ids)).mean())
    return same_number >= SAME_NUMBER and float(np.nanmean(stability.agreement)) >= AGREEMENT


def _summaries(sizes: Sizes, participants: int) -> tuple[GroupSummary, ...]:
    return tuple(
        GroupSummary(letter, size, round(100 * size / participants))
        for letter, size in zip(LETTERS, sizes.groups, strict=False)
        if size is not None
    )


def _totals(analysis: Analysis, figures: Figures) -> Iterator[StatementTotals]:
    for number in analysis.statements.tolist():
        answers = figures.everybody.get(number)
        if answers and answers.agree.bound != "withheld":
            yield StatementTotals(number, answers.agree, answers.disagree)


def _slate(analysis: Analysis, figures: Figures) -> tuple[int, ...]:
    """Statements that together speak for everybody, most supported first; none where one of them may not be shown."""
    lows = [(figures.everybody[number].agree.low, number) for number in analysis.slate if number in figures.everybody]
    known = [(low, number) for low, number in lows if low is not None]
    return tuple(number for _, number in sorted(known, key=lambda one: (-one[0], one[1]))) if known == lows else ()


def _certainty(analysis: Analysis, minimum: int) -> Certainty:
    stability = analysis.stability
    if stability is None or stability.rounds == 0:
        return Certainty(0, 0, 0.0, 0.0)
    return Certainty(
        rounds=stability.rounds,
        same_number=int((stability.numbers == len(analysis.group_ids)).sum()),
        agreement=round(float(np.nanmean(stability.agreement)), 2),
        undecided=_share_undecided(analysis, minimum),
    )


def _share_undecided(analysis: Analysis, minimum: int) -> float:
    """In steps of a twentieth: a finer share, beside sizes, would give away how many people were not placed."""
    placed = int((~np.isnan(analysis.positions[:, 0])).sum())
    undecided = int((analysis.group_of == UNDECIDED).sum())
    return round(_STEP * round(undecided / placed / _STEP), 2) if undecided >= minimum else 0.0


def _withheld(analysis: Analysis, figures: Figures, shares: Iterable[Share], minimum: int) -> Withheld:
    return Withheld(
        few_answers=sum(answers.agree.bound == "withheld" for answers in figures.everybody.values()),
        refused=int(analysis.moderation.refused.sum()),
        bounded=sum(share.bound not in ("exact", "withheld") for share in shares),
        small_groups=sum(0 < size < minimum for size in _sizes(analysis)),
        by_group=len(figures.everybody) - len(figures.open) if figures.groups else 0,
        about_participants=int((analysis.moderation.meta & ~analysis.moderation.refused).sum()),
    )


def _shares(
    totals: tuple[StatementTotals, ...],
    common: tuple[Common, ...],
    dividing: tuple[Dividing, ...],
    special: tuple[Special, ...],
) -> Iterator[Share]:
    """Every share of a release; that of a common statement stands among the totals."""
    for statement in totals:
        yield from (statement.agree, statement.disagree)
    for shares in (*(one.by_group for one in common), *(one.by_group for one in dividing)):
        yield from shares
    for one in special:
        yield from (one.here, one.elsewhere)
