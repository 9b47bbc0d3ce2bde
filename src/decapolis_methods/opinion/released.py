"""The result of an analysis as it may be published: no person, no small number, no position of anybody."""

from dataclasses import dataclass
from typing import Literal

from decapolis_methods.disclosure.shares import Share

Direction = Literal["agree", "disagree"]


@dataclass(frozen=True)
class StatementTotals:
    """What all participants said of one statement.

    `statement` is its number in the conversation; a share that rests on too few people is bounded or withheld.
    `bridging` is the statement's appeal across groups (no unit, about -1 to 1; larger is more shared), or None.
    """

    statement: int
    agree: Share
    disagree: Share
    bridging: float | None


@dataclass(frozen=True)
class GroupSummary:
    """One opinion group: a letter (a, b, c …), about how many people, in per cent of all participants."""

    letter: str
    people: int
    percent: float


@dataclass(frozen=True)
class Common:
    """A statement on which every group leans the same way. `by_group` is in the order of the groups.

    `share` is the share of everybody who leans in `direction`, `lowest` the smallest lower bound of the 95 %
    interval over the groups, in per cent.
    """

    statement: int
    direction: Direction
    share: Share
    lowest: float
    by_group: tuple[Share, ...]


@dataclass(frozen=True)
class Dividing:
    """A statement on which the groups differ: share who agree in each group, in the order of the groups."""

    statement: int
    by_group: tuple[Share, ...]


@dataclass(frozen=True)
class Special:
    """A statement that sets one group apart: `direction` is the answer that is more frequent here than elsewhere."""

    letter: str
    statement: int
    direction: Direction
    here: Share
    elsewhere: Share


Point = tuple[float, float]


@dataclass(frozen=True)
class MapGroup:
    """A group on the map: marks (each about `people_per_mark` people), its outline, and how far its edge moved.

    `letter` is empty for people whose group is undecided (marks, no outline). `outline` and `sway` are closed
    polygons, the last point is not repeated; `sway` is empty without bootstrap. `centre` is where the label may stand.
    """

    letter: str
    centre: Point
    marks: tuple[Point, ...]
    outline: tuple[Point, ...]
    sway: tuple[Point, ...]


@dataclass(frozen=True)
class OpinionMap:
    """The map: coordinates from 0 to 1 in both directions (y grows downwards), the same scale in both."""

    people_per_mark: int
    groups: tuple[MapGroup, ...]


@dataclass(frozen=True)
class Certainty:
    """How often the picture came back when the analysis was repeated with some people and statements left out.

    `rounds` repeats; `same_number` of them found the same number of groups; `agreement` is the mean adjusted Rand
    index with the result shown (1 identical, 0 chance); `undecided` the share of placed people (0 to 1) who changed
    group too often to be counted in one. `rounds` is 0 where nothing was repeated.
    """

    rounds: int
    same_number: int
    agreement: float
    undecided: float


@dataclass(frozen=True)
class Withheld:
    """What is not shown: numbers of statements, groups and shares, and why."""

    few_answers: int
    """Statements that fewer people answered than may be published."""
    refused: int
    """Statements refused by moderators: neither shown nor analysed."""
    bounded: int
    """Shares given as "fewer than ten" or "all but fewer than ten"."""
    small_groups: int
    """Groups too small to be shown; their people are counted as undecided."""


NoGroups = Literal["", "too few people", "no structure", "too small"]


@dataclass(frozen=True)
class Released:
    """Everything of a result that may be published.

    `participants`, `statements` (shown and analysed) and `votes` are totals; `no_groups` says why there are no groups
    ("" where there are). `undecided` is None where it may not be said. `slate` are five to eight statements that
    together speak for everybody, most supported first. `figures_rounded_to` is 5 where group sizes had to be rounded
    so that a small remainder cannot be computed, else 1.
    """

    participants: int
    statements: int
    votes: int
    totals: tuple[StatementTotals, ...]
    groups: tuple[GroupSummary, ...]
    undecided: int | None
    figures_rounded_to: int
    no_groups: NoGroups
    common: tuple[Common, ...]
    dividing: tuple[Dividing, ...]
    special: tuple[Special, ...]
    slate: tuple[int, ...]
    map: OpinionMap | None
    certainty: Certainty
    withheld: Withheld
    minimum: int
    mode: str
    version: str
    seed: int
