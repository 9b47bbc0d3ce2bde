"""Several tables of the same people: what one says less what another says may not be a few of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from decapolis_methods.disclosure.shares import PUBLIC_FLOOR, check_minimum
from decapolis_methods.errors import MethodError

Scope = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Figure:
    """One published number of people, and of whom.

    Attributes
    ----------
    scope : mapping of str to frozenset of str
        For each dimension that narrows the figure, the values that are counted; a dimension left out counts all.
    low, high : int
        Least and most that a reader can tell from the figure: both the count itself where it is exact, the count less
        and plus one below the base where it is rounded.
    """

    scope: Scope
    low: int
    high: int


@dataclass(frozen=True)
class Conflict:
    """A small number of people that two releases give away together.

    Attributes
    ----------
    whole : Figure
        The figure from which is subtracted.
    parts : tuple of Figure
        Figures of the other release inside it, which do not overlap.
    low, high : int
        Least and most people in the difference; below 0 where there are more in the parts, as after a later count.
    """

    whole: Figure
    parts: tuple[Figure, ...]
    low: int
    high: int


def conflicts(
    new: Sequence[Figure],
    earlier: Sequence[Sequence[Figure]],
    *,
    domains: Mapping[str, frozenset[str]],
    minimum: int = PUBLIC_FLOOR,
    inside: bool = False,
) -> tuple[Conflict, ...]:
    """Find what a table to be published would give away beside those that were.

    Parameters
    ----------
    new : sequence of Figure
        The figures of one table, hidden ones left out.
    earlier : sequence of sequence of Figure
        The same of each table that was published of the same people: other dates and other cuts alike.
    domains : mapping of str to frozenset of str
        All values of each dimension.
    minimum : int
        Smallest number of people of whom anything is said.
    inside : bool
        Whether the table stays inside the city; see `shares.check_minimum`.

    Returns
    -------
    tuple of Conflict
        Empty where the table may be published.

    Raises
    ------
    MethodError
        A scope with an unknown dimension or value, or a minimum below the floor.

    Notes
    -----
    Each figure of one release is held against the figures of the other that lie inside it, all of one breakdown
    together. The difference must be at least the minimum, or could be any of more than that many numbers, or concern
    nobody because the parts are the whole. Where the same cell was published before and now has a few more people,
    those few are the conflict: publish the earlier figure until more have come, or a rounded one.

    Differences of three and more releases are not looked for; nor is that a reader adds what he knows himself.

    References
    ----------
    Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley, section 5.4 (linked tables, differencing).

    Examples
    --------
    >>> ages = {"age": frozenset({"18-24", "25", "26-40"})}
    >>> before = Figure({"age": frozenset({"18-24"})}, 57, 57)
    >>> now = Figure({"age": frozenset({"18-24", "25"})}, 60, 60)
    >>> [(conflict.low, conflict.high) for conflict in conflicts([now], [[before]], domains=ages)]
    [(3, 3)]
    """
    check_minimum(minimum, inside=inside)
    for release in (new, *earlier):
        _check(release, domains)
    return tuple(
        conflict
        for release in earlier
        for wholes, others in ((new, release), (release, new))
        for whole in wholes
        for conflict in _given_away(whole, others, domains, minimum)
    )


def figures(
    counts: Sequence[Sequence[int | None]], *, rows: Sequence[Scope], columns: Sequence[Scope], base: int = 1
) -> list[Figure]:
    """List the figures of a published table, its hidden cells left out.

    Parameters
    ----------
    counts : sequence of sequence of (int or None), shape (rows, columns)
        As published, sums included where they are; None where hidden.
    rows, columns : sequence of mapping
        Scope of each row and of each column; empty for a row or column of sums.
    base : int
        What the figures were rounded to; 1 where they are exact.

    Returns
    -------
    list of Figure

    Raises
    ------
    MethodError
        Rows or columns without a scope of their own.

    Examples
    --------
    >>> north, all_ages = {"district": frozenset({"north"})}, {}
    >>> figures([[20, None]], rows=[north], columns=[{"age": frozenset({"18-24"})}, all_ages], base=5)[0].high
    24
    """
    if len(rows) != len(counts) or any(len(row) != len(columns) for row in counts):
        raise MethodError("counts", f"{len(counts)} rows", "Give one scope a row and one a column.")
    return [
        Figure({**row, **column}, max(0, count - base + 1), count + base - 1)
        for row, line in zip(rows, counts, strict=True)
        for column, count in zip(columns, line, strict=True)
        if count is not None
    ]


def _check(release: Sequence[Figure], domains: Mapping[str, frozenset[str]]) -> None:
    for figure in release:
        for dimension, values in figure.scope.items():
            if not values or not values <= domains.get(dimension, frozenset()):
                raise MethodError("scope", f"{dimension} {sorted(values)}", "Give values that the domains name.")


def _given_away(
    whole: Figure, others: Sequence[Figure], domains: Mapping[str, frozenset[str]], minimum: int
) -> Iterator[Conflict]:
    """Differences of one figure and what another release says of people inside it."""
    breakdowns: dict[frozenset[str], list[Figure]] = defaultdict(list)
    for other in others:
        parts = breakdowns[frozenset(other.scope)]
        if _is_within(other.scope, whole.scope, domains) and not any(_overlap(other, part) for part in parts):
            parts.append(other)
    for parts in breakdowns.values():
        low, high = whole.low - sum(part.high for part in parts), whole.high - sum(part.low for part in parts)
        if parts and not _is_open(low, high, minimum) and not _is_nothing(whole, parts, domains, low, high):
            yield Conflict(whole, tuple(parts), low, high)


def _is_within(part: Scope, whole: Scope, domains: Mapping[str, frozenset[str]]) -> bool:
    return all(part.get(dimension, domains[dimension]) <= values for dimension, values in whole.items())


def _overlap(one: Figure, other: Figure) -> bool:
    """Whether two figures of one breakdown may count the same people."""
    return all(values & other.scope[dimension] for dimension, values in one.scope.items())


def _is_open(low: int, high: int, minimum: int) -> bool:
    """Whether a difference is large, or could be any of more numbers than a small count could."""
    return low >= minimum or high <= -minimum or high - low > minimum


def _is_nothing(
    whole: Figure, parts: Sequence[Figure], domains: Mapping[str, frozenset[str]], low: int, high: int
) -> bool:
    """Whether the parts are the whole, and as many."""
    covered = sum(_combinations(part.scope, domains) for part in parts)
    return low <= 0 <= high and covered == _combinations(whole.scope, domains)


def _combinations(scope: Scope, domains: Mapping[str, frozenset[str]]) -> int:
    """Number of combinations of values that a figure counts."""
    return prod(len(scope.get(dimension, values)) for dimension, values in domains.items())
