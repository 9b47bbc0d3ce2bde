"""Subtracting parts from the whole: what is published of groups may not give away the few who are in none."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor

from decapolis_methods.disclosure.shares import PUBLIC_FLOOR, Bound, Share

OPEN_WAYS = 3
"""A small count stays open when it could be any of at least so many numbers."""

_MIRROR: dict[Bound, Bound] = {"few": "nearly all", "nearly all": "few"}


def leaves_open(
    whole: Share, parts: Sequence[Share], *, minimum: int = PUBLIC_FLOOR, is_complete: bool = False
) -> bool:
    """Whether a share of everybody and shares of groups, side by side, leave every small count open.

    Parameters
    ----------
    whole : Share
        Share of everybody, as published.
    parts : sequence of Share
        Shares of groups that do not overlap, as published.
    minimum : int
        Smallest number of people of whom anything is said.
    is_complete : bool
        Whether the parts are everybody. Otherwise some people are in none of them.

    Returns
    -------
    bool
        False where a count below the minimum (of people outside of the groups, or of a group whose share is only
        bounded) could be computed to within fewer than three numbers. Such a table is not to be published.

    Notes
    -----
    Interval arithmetic: each share allows a range of counts, as rounding left it; each hidden count lies between what
    the others leave at most and at least. Both those who gave the answer and those who did not are looked at. One
    table at a time: what tables of different days give away together is not seen here.

    References
    ----------
    Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley, chapter 4 (interval protection).

    Examples
    --------
    >>> from decapolis_methods.disclosure.shares import release_share
    >>> whole, groups = release_share(300, 600), [release_share(180, 300), release_share(100, 200)]
    >>> leaves_open(whole, groups)
    True
    >>> leaves_open(release_share(23, 60), [release_share(12, 30), release_share(11, 30)], is_complete=True)
    True
    """
    return all(
        _is_open(one, others, minimum, is_complete=is_complete)
        for one, others in ((whole, parts), (_mirrored(whole), [_mirrored(part) for part in parts]))
    )


def possible_counts(share: Share, minimum: int) -> tuple[int, int]:
    """Smallest and largest number of people that a published share allows.

    Parameters
    ----------
    share : Share
        As published.
    minimum : int
        The minimum with which it was published.

    Returns
    -------
    tuple of int

    Examples
    --------
    >>> possible_counts(Share("exact", 50, 38, 62, 60), 10)
    (30, 32)
    """
    if share.n is None:
        return 0, minimum - 1
    least, most = share.n, share.n + minimum // 2 - 1
    if share.bound == "few":
        return 0, minimum - 1
    if share.bound == "nearly all":
        return least - minimum + 1, most
    if share.percent is not None:
        return max(minimum, ceil((share.percent - 0.5) * least / 100)), floor((share.percent + 0.5) * most / 100)
    return floor((share.low or 0) * least / 100), ceil((share.high or 0) * most / 100)


def _mirrored(share: Share) -> Share:
    """Share of those who did not give the answer."""
    if share.low is None or share.high is None:
        return share
    percent = None if share.percent is None else 100 - share.percent
    bound = _MIRROR.get(share.bound, share.bound)
    return replace(share, bound=bound, percent=percent, low=100 - share.high, high=100 - share.low)


def _is_open(whole: Share, parts: Sequence[Share], minimum: int, *, is_complete: bool) -> bool:
    least, most = possible_counts(whole, minimum)
    ranges = [possible_counts(part, minimum) for part in parts]
    floors, ceilings = sum(low for low, _ in ranges), sum(high for _, high in ranges)
    rest = (0, 0) if is_complete else (max(0, least - ceilings), most - floors)
    hidden = [] if is_complete else [rest]
    for part, (low, high) in zip(parts, ranges, strict=True):
        if part.bound != "exact":
            others_most = ceilings - high + max(rest[1], 0)
            hidden.append((max(low, least - others_most), min(high, most - (floors - low) - rest[0])))
    return all(low >= minimum or high - low + 1 >= OPEN_WAYS for low, high in hidden)
