"""Sizes of groups beside a public total: neither a small group nor a small remainder may be computed."""

from collections.abc import Sequence
from dataclasses import dataclass

from decapolis_methods.disclosure.shares import PUBLIC_FLOOR, check_minimum
from decapolis_methods.errors import MethodError

ROUNDED_TO = 5


@dataclass(frozen=True)
class Sizes:
    """Sizes of groups as they may be published.

    Attributes
    ----------
    groups : tuple of (int or None)
        Size of each group, in the order given; None for a group that is too small: its people are in the remainder.
    remainder : int or None
        People in none of the groups shown, those of small groups included; None where fewer than the minimum.
    rounded_to : int
        1 where the sizes are exact; 5 where they had to be rounded, because the remainder is small.
    """

    groups: tuple[int | None, ...]
    remainder: int | None
    rounded_to: int


def release_sizes(sizes: Sequence[int], total: int, *, minimum: int = PUBLIC_FLOOR, inside: bool = False) -> Sizes:
    """Say of the sizes of groups what may be said beside a total that everybody knows.

    Parameters
    ----------
    sizes : sequence of int
        Number of people in each group.
    total : int
        Number of people in all, those in no group included; public.
    minimum : int
        Smallest group and smallest remainder that are shown.
    inside : bool
        Whether the figures stay inside the city; see `shares.check_minimum`.

    Returns
    -------
    Sizes

    Raises
    ------
    MethodError
        More people in groups than in all, a negative size, or a minimum below the floor.

    Notes
    -----
    A remainder of 1 to minimum - 1 could be computed from the total, so the largest group is made larger or smaller
    as if the remainder were half the minimum, and then all are rounded to five: other remainders below the minimum
    would have given the same figures. Where even the largest group is hardly larger than the minimum, no sizes are
    given. A remainder of nobody concerns nobody and stays exact.

    Examples
    --------
    >>> release_sizes([271, 198, 96], 643)
    Sizes(groups=(271, 198, 96), remainder=78, rounded_to=1)
    >>> release_sizes([271, 198, 4], 476)
    Sizes(groups=(275, 200, None), remainder=None, rounded_to=5)
    """
    check_minimum(minimum, inside=inside)
    if min(sizes, default=0) < 0 or sum(sizes) > total:
        raise MethodError("sizes", f"{sum(sizes)} of {total}", "Give sizes of 0 or more, no more people than in all.")
    shown = [size for size in sizes if size >= minimum]
    remainder = total - sum(shown)
    if remainder == 0 or remainder >= minimum:
        return Sizes(tuple(size if size >= minimum else None for size in sizes), remainder, 1)
    rounded = _rounded(shown, remainder - minimum // 2)
    if max(rounded, default=0) < 2 * minimum:
        return Sizes((None,) * len(sizes), total if total >= minimum else None, 1)
    each = iter(rounded)
    return Sizes(tuple(max(minimum, next(each)) if size >= minimum else None for size in sizes), None, ROUNDED_TO)


def _rounded(sizes: list[int], surplus: int) -> list[int]:
    """Sizes rounded to five, the largest taking what the remainder has above or below its stand-in."""
    largest = sizes.index(max(sizes)) if sizes else None
    taken = [size + (surplus if place == largest else 0) for place, size in enumerate(sizes)]
    return [ROUNDED_TO * ((size + ROUNDED_TO // 2) // ROUNDED_TO) for size in taken]
