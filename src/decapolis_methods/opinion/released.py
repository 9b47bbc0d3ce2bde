"""The result of an analysis as it may be published: no person, no small number, no position of anybody."""

from collections.abc import Callable, Container, Mapping
from dataclasses import asdict, dataclass, is_dataclass, replace
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from decapolis_methods.disclosure.shares import Share
from decapolis_methods.errors import MethodError

Direction = Literal["agree", "disagree"]


@dataclass(frozen=True)
class StatementTotals:
    """What all participants said of one statement.

    `statement` is its number in the conversation; a share that rests on too few people is bounded or withheld.
    Its appeal across groups (`Analysis.bridging`) is not released: with it a withheld count could be computed.
    """

    statement: int
    agree: Share
    disagree: Share


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


Row = TypeVar("Row", StatementTotals, Common, Dividing, Special)
Point = tuple[float, float]
Builder = Callable[[Any], Any]


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
    group too often to be counted in one, rounded to steps of 0.05 (0 where fewer than the minimum). `rounds` is 0 where
    nothing was repeated.
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
    """Shares given as a range ("fewer than ten", "all but fewer than ten", "between") instead of a figure."""
    small_groups: int
    """Groups too small to be shown; their people are counted as undecided."""
    by_group: int = 0
    """Statements without figures by group, because subtracting those from everybody would fix a small number."""
    about_participants: int = 0
    """Statements about the participants themselves: how many say what of themselves is no result."""


NoGroups = Literal["", "too few people", "no structure", "too small", "not stable"]


@dataclass(frozen=True)
class Released:
    """Everything of a result that may be published.

    `participants`, `statements` (shown and analysed) and `votes` (on those statements) are totals; `no_groups` says why
    there are no groups ("" where there are). `undecided` is None where it may not be said. `slate` are five to eight
    statements that together speak for everybody, most supported first. `figures_rounded_to` is 5 where group sizes had
    to be rounded so that a small remainder cannot be computed, else 1. `is_running` says that people still
    answered when it was made: figures are then coarse, so that the next release and this one hide who came between.
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
    is_running: bool = False


@dataclass(frozen=True)
class Finding:
    """The part of a release of which its sentence is made; fields as in `Released`."""

    participants: int
    groups: tuple[GroupSummary, ...]
    no_groups: NoGroups
    common: tuple[Common, ...]
    dividing: tuple[Dividing, ...]

    @property
    def statements(self) -> frozenset[int]:
        """Numbers of the statements that it names.

        Returns
        -------
        frozenset of int
        """
        return frozenset((*(one.statement for one in self.common), *(one.statement for one in self.dividing)))


def as_document(released: Released) -> dict[str, Any]:
    """Everything released as plain values, ready for JSON.

    Parameters
    ----------
    released : Released
        What may be published.

    Returns
    -------
    dict
        The fields by name; tuples stay tuples, which JSON writes as lists.

    Examples
    --------
    >>> nothing = Released(
    ...     participants=0, statements=0, votes=0, totals=(), groups=(), undecided=None, figures_rounded_to=1,
    ...     no_groups="too few people", common=(), dividing=(), special=(), slate=(), map=None,
    ...     certainty=Certainty(0, 0, 0.0, 0.0), withheld=Withheld(0, 0, 0, 0), minimum=10, mode="default",
    ...     version="1", seed=0,
    ... )
    >>> as_document(nothing)["certainty"]
    {'rounds': 0, 'same_number': 0, 'agreement': 0.0, 'undecided': 0.0}
    >>> from_document(as_document(nothing)) == nothing
    True
    """
    return asdict(released)


def from_document(document: Mapping[str, Any]) -> Released:
    """What `as_document` made, also after a way through JSON.

    Parameters
    ----------
    document : mapping
        Fields of `Released` by name; unknown fields, which a later version may have added, are left out.

    Returns
    -------
    Released

    Raises
    ------
    MethodError
        A field is missing or of another kind.
    """
    released: Released = _builder(Released)(document)
    return released


def finding_from_document(document: Mapping[str, Any]) -> Finding:
    """The part of a document of which a sentence is made, without reading the rest.

    Parameters
    ----------
    document : mapping
        What `as_document` made, or only those of its fields that `Finding` has.

    Returns
    -------
    Finding

    Raises
    ------
    MethodError
        A field is missing or of another kind.
    """
    finding: Finding = _builder(Finding)(document)
    return finding


def only_shown(released: Released, shown: Container[int]) -> Released:
    """What remains of a release where moderators refused statements after it was made.

    Parameters
    ----------
    released : Released
        As it was made.
    shown : container of int
        Numbers of the statements that may still be shown.

    Returns
    -------
    Released
        Without every row of another statement, and without a slate that is no longer whole. Figures of the other
        rows, and numbers of all, stay as they were.
    """
    return replace(
        released,
        totals=_among(released.totals, shown),
        common=_among(released.common, shown),
        dividing=_among(released.dividing, shown),
        special=_among(released.special, shown),
        slate=released.slate if all(number in shown for number in released.slate) else (),
    )


def finding_shown(finding: Finding, shown: Container[int]) -> Finding:
    """The same of the part of which a sentence is made.

    Parameters
    ----------
    finding : Finding
        As it was made.
    shown : container of int
        Numbers of the statements that may still be shown.

    Returns
    -------
    Finding
    """
    return replace(finding, common=_among(finding.common, shown), dividing=_among(finding.dividing, shown))


def _among(rows: tuple[Row, ...], shown: Container[int]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.statement in shown)


@cache
def _builder(kind: Any) -> Builder:  # noqa: ANN401 - a type that is known at run time only
    """Make the function that builds a value of a type from plain values; once for each type, as pages wait for it."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_builder(kind)
    arguments = get_args(kind)
    if get_origin(kind) is tuple and arguments[-1] is Ellipsis:
        part = _builder(arguments[0])
        return lambda values: tuple(map(part, values))
    if get_origin(kind) is tuple:
        parts = [_builder(argument) for argument in arguments]
        return lambda values: tuple(part(value) for part, value in zip(parts, values, strict=True))
    if get_origin(kind) is UnionType:
        present = _builder(arguments[0])
        return lambda value: None if value is None else present(value)
    return _as_it_is


def _dataclass_builder(kind: type[Any]) -> Builder:
    fields = {name: _builder(hint) for name, hint in get_type_hints(kind).items()}

    def build(value: Any) -> Any:  # noqa: ANN401 - a type that is known at run time only
        try:
            return kind(**{name: field(value[name]) for name, field in fields.items() if name in value})
        except (TypeError, ValueError) as wrong:
            raise MethodError("document", f"{kind.__name__} ({wrong})", "Analyse again to make a new one.") from wrong

    return build


def _as_it_is(value: Any) -> Any:  # noqa: ANN401 - a type that is known at run time only
    return value
