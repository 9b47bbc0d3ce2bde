"""Subtracting parts from the whole: what is published of groups may not give away the few who are in none."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor

from decapolis_methods.disclosure.shares import PUBLIC_FLOOR, Bound, Share

OPEN_WAYS = 3
"""A small count stays open when it could be any of at least so many numbers."""

Range = tuple[int, int]

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
        bounded) or all such counts together, could be computed to within fewer than three numbers. Such a table is
        not to be published.

    Notes
    -----
    Interval arithmetic: each share allows a range of counts, as rounding left it; each hidden count lies between what
    the others leave at most and at least. Both those who gave the answer and those who did not are looked at; the
    third answer to a question needs a call of its own, with `shares.passes`. Solving for all counts at once can leave
    somewhat fewer numbers; the tests do so and find none fixed. One table at a time: what tables of different days
    give away together is not seen here.

    References
    ----------
    Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley, chapter 4 (interval protection).

    Examples
    --------
    >>> from decapolis_methods.disclosure.shares import release_share
    >>> whole, groups = release_share(300, 600), [release_share(180, 300), release_share(100, 200)]
    >>> leaves_open(whole, groups)
    True
    >>> leaves_open(release_share(44, 84), [release_share(22, 40), release_share(22, 40)])
    False
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
    """Whether each hidden count, and all of them together, could be any of enough numbers."""
    everybody = possible_counts(whole, minimum)
    shown = [possible_counts(part, minimum) for part in parts if part.bound == "exact"]
    bounded = [possible_counts(part, minimum) for part in parts if part.bound != "exact"]
    together = max(0, _less(everybody, shown)[0]), _less(everybody, shown)[1]
    rest = (0, 0) if is_complete else (max(0, _less(together, bounded)[0]), _less(together, bounded)[1])
    hidden = [] if is_complete else [rest]
    for at, (low, high) in enumerate(bounded):
        least, most = _less(together, [*bounded[:at], *bounded[at + 1 :], rest])
        hidden.append((max(low, least), min(high, most)))
    if hidden:
        hidden.append(together)
    return all(low >= minimum or high - low + 1 >= OPEN_WAYS for low, high in hidden)


def _less(whole: Range, parts: Sequence[Range]) -> Range:
    """What may be left of a count when others are taken away."""
    return whole[0] - sum(high for _, high in parts), whole[1] - sum(low for low, _ in parts)
