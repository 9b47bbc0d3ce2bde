"""Shares of people that may be published: nothing that rests on fewer than a minimum of them.

The rules, and why:

* Fewer than the minimum were asked: nothing is said.
* A side of the answer that fewer than the minimum took is named "few", or the other side "nearly all"; the count may
  then be any number below the minimum.
* Two answers to one question (agree, disagree) leave a third (pass). Where that third is small, the smaller of the two
  is given as a range, else the third could be computed from them.
* Numbers of people asked are rounded down to a multiple of half the minimum (5 for 10), and the interval follows from
  the published percentage and number, so that subtracting groups from everybody never leaves an exact small count.
"""

from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Literal

from decapolis_methods.errors import MethodError

Bound = Literal["exact", "few", "nearly all", "between", "withheld"]

PUBLIC_FLOOR = 10
"""The smallest number of people of whom anything may be said in public."""

INSIDE_FLOOR = 5
"""The same for staff inside the city, who are bound by duty."""

_Z95 = 1.959963984540054


@dataclass(frozen=True)
class Share:
    """A share of people as it may be published.

    Attributes
    ----------
    bound : {"exact", "few", "nearly all", "between", "withheld"}
        "exact": `percent` and the interval stand. "few": fewer than the minimum of the `n` people;
        "nearly all": all but fewer than the minimum; "between": the exact share would give away a small number of
        others; for these three `percent` is empty and `low` to `high` is the range of shares that are possible.
        "withheld": fewer than the minimum were asked; everything else is empty.
    percent : float or None
        Share in per cent, 0 to 100, rounded to a whole number.
    low, high : float or None
        95 % interval (or range of what is possible) in per cent, 0 to 100, whole numbers.
    n : int or None
        Number of people who answered, at least the minimum, rounded down to a multiple of half of it.
    """

    bound: Bound
    percent: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None


WITHHELD = Share("withheld")


def check_minimum(minimum: int, *, inside: bool = False) -> None:
    """Refuse a minimum below the floor: it may be set upwards only.

    Parameters
    ----------
    minimum : int
        Smallest number of people of whom anything is said.
    inside : bool
        Whether the figures stay inside the city (floor 5) or are public (floor 10).

    Raises
    ------
    MethodError
        The minimum is below the floor.

    Examples
    --------
    >>> check_minimum(5, inside=True)
    >>> check_minimum(5)
    Traceback (most recent call last):
    ...
    decapolis_methods.errors.MethodError: minimum: 5 cannot be used. Give 10 or more.
    """
    lowest = INSIDE_FLOOR if inside else PUBLIC_FLOOR
    if minimum < lowest:
        raise MethodError("minimum", minimum, f"Give {lowest} or more.")


def wilson(successes: float, trials: float) -> tuple[float, float]:
    """95 % score interval of a share (Wilson).

    Parameters
    ----------
    successes, trials : float
        Number of people who did, of the number asked; 0 <= successes <= trials, trials above 0.

    Returns
    -------
    tuple of float
        Lower and upper bound, 0 to 1.

    Raises
    ------
    MethodError
        No trials, or successes outside of 0 to trials.

    Notes
    -----
    Assumes that people answered independently and would be drawn again alike: it says how far chance alone moves the
    share, nothing about people who did not take part. It never leaves 0 to 1 and is not empty at 0 or 1.

    References
    ----------
    Newcombe, R. G. (1998). Two-sided confidence intervals for the single proportion. Statistics in Medicine 17,
    857-872, method 3.

    Examples
    --------
    >>> [round(bound, 4) for bound in wilson(81, 263)]
    [0.2553, 0.3662]
    """
    if not 0 <= successes <= trials or trials == 0:
        raise MethodError("successes", f"{successes} of {trials}", "Give 0 to trials, and at least one trial.")
    share, square = successes / trials, _Z95**2
    centre = share + square / (2 * trials)
    spread = _Z95 * sqrt(share * (1 - share) / trials + square / (4 * trials**2))
    scale = 1 + square / trials
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def release_share(successes: int, trials: int, *, minimum: int = PUBLIC_FLOOR, inside: bool = False) -> Share:
    """Say of a share what may be said.

    Parameters
    ----------
    successes, trials : int
        Number of people who did, of the number asked; 0 <= successes <= trials.
    minimum : int
        Smallest number of people of whom anything is said.
    inside : bool
        Whether the figure stays inside the city; see `check_minimum`.

    Returns
    -------
    Share

    Raises
    ------
    MethodError
        Counts that cannot be, or a minimum below the floor.

    Notes
    -----
    Of fewer than two minima both sides may be small: then the smaller side alone is named. Two shares of the same
    people need `release_answers`, a share of a part and of the whole `differencing.leaves_open`.

    Examples
    --------
    >>> release_share(502, 571)
    Share(bound='exact', percent=88, low=85, high=90, n=570)
    >>> release_share(3, 40)
    Share(bound='few', percent=None, low=0, high=23, n=40)
    >>> release_share(38, 40)
    Share(bound='nearly all', percent=None, low=77, high=100, n=40)
    >>> release_share(3, 7)
    Share(bound='withheld', percent=None, low=None, high=None, n=None)
    """
    check_minimum(minimum, inside=inside)
    if not 0 <= successes <= trials:
        raise MethodError("successes", f"{successes} of {trials}", "Give 0 to trials.")
    if trials < minimum:
        return WITHHELD
    n = published_number(trials, minimum)
    others = trials - successes
    if min(successes, others) >= minimum:
        return _exact(successes, trials, n)
    edge = min(100 * (minimum - 1) / n, 50)
    return _range("few", 0, edge, n) if successes <= others else _range("nearly all", 100 - edge, 100, n)


def release_answers(
    agree: int, disagree: int, seen: int, *, minimum: int = PUBLIC_FLOOR, inside: bool = False
) -> tuple[Share, Share]:
    """Say of two answers to one question what may be said, so that the third cannot be computed where it is small.

    Parameters
    ----------
    agree, disagree, seen : int
        Number of people who agreed and who disagreed, of the number who were asked; the others passed.
    minimum : int
        Smallest number of people of whom anything is said.
    inside : bool
        Whether the figures stay inside the city; see `check_minimum`.

    Returns
    -------
    tuple of Share
        Shares of `seen` who agreed and who disagreed.

    Raises
    ------
    MethodError
        Counts that cannot be, or a minimum below the floor.

    Notes
    -----
    Complementary suppression: where fewer than the minimum passed, one of two exact shares becomes a range as wide as
    the minimum, or both do where neither is a majority. That no published pair fixes a count below the minimum is
    tested on every possible triple.

    Examples
    --------
    >>> agree, disagree = release_answers(32, 21, 58)
    >>> agree.percent, disagree.bound, disagree.low, disagree.high
    (55, 'between', 28, 46)
    """
    if agree + disagree > seen:
        raise MethodError("seen", seen, f"Give at least the {agree + disagree} who agreed or disagreed.")
    counts = (agree, disagree)
    shares = [release_share(count, seen, minimum=minimum, inside=inside) for count in counts]
    if min(agree, disagree, seen - agree - disagree) < minimum:
        shares = _protected(counts, shares, seen, minimum)
    return shares[0], shares[1]


def passes(agree: Share, disagree: Share) -> Share:
    """What two published answers to one question say of the third, that of those who passed.

    Parameters
    ----------
    agree, disagree : Share
        As `release_answers` gave them.

    Returns
    -------
    Share
        Exact where both are; else the range that they leave. Not to be published: it says nothing new.

    Examples
    --------
    >>> passes(*release_answers(60, 20, 100))
    Share(bound='exact', percent=20, low=13, high=29, n=100)
    >>> passes(*release_answers(60, 38, 100))
    Share(bound='between', percent=None, low=0, high=10, n=100)
    """
    if agree.n is None:
        return WITHHELD
    if agree.percent is not None and disagree.percent is not None:
        return _of_percent(floor(max(0, 100 - agree.percent - disagree.percent)), agree.n)
    (least, most), (fewest, largest) = (_reach(share) for share in (agree, disagree))
    return _range("between", 100 - most - largest, 100 - least - fewest, agree.n)


def _reach(share: Share) -> tuple[float, float]:
    """Least and largest share of the people asked, in per cent."""
    if share.percent is not None:
        return share.percent, share.percent
    return share.low or 0, 100 if share.high is None else share.high


def published_number(people: int, minimum: int) -> int:
    """Number of people asked, as it may be published: rounded down to a multiple of half the minimum.

    Parameters
    ----------
    people : int
        True number, 0 or more.
    minimum : int
        Smallest number of people of whom anything is said.

    Returns
    -------
    int

    Examples
    --------
    >>> published_number(571, 10)
    570
    """
    return people - people % (minimum // 2)


def _protected(counts: tuple[int, int], shares: list[Share], seen: int, minimum: int) -> list[Share]:
    """Two shares, one of the three counts being small: what stays exact must leave the small ones open.

    An exact share fixes the sum of the other two counts, one of which is small. So the sum must leave room, at least
    half the minimum above it; and of two exact shares one becomes a range. Which one may depend on nothing but what is
    published: the majority stays, and where there is none, neither does.
    """
    exact = [place for place in (0, 1) if shares[place].bound == "exact"]
    if not exact:
        return shares
    n = published_number(seen, minimum)
    few = 100 * (minimum - 1) / n
    large = max(exact, key=lambda place: counts[place])
    is_tight = seen - counts[large] < minimum + minimum // 2
    if len(exact) == 2:
        return _one_of_two(shares, large, is_tight=is_tight, is_half=2 * counts[large] >= seen, few=few)
    if is_tight or seen - sum(counts) < minimum:
        shares = [_range("between", 100 - 2 * few, 100, n) if place == large else shares[place] for place in (0, 1)]
    return shares


def _one_of_two(shares: list[Share], large: int, *, is_tight: bool, is_half: bool, few: float) -> list[Share]:
    """Two shares of at least the minimum each, where fewer than that passed; `few` is the minimum in per cent."""
    n, rest = shares[large].n or 0, 100 - (shares[large].percent or 0)
    if is_tight:
        width = 2 * few if few < 25 else 100  # of a few dozen, not even which of the two is larger
        kept, other = _range("between", 100 - width, 100, n), _range("between", 0, width, n)
    elif is_half:
        kept, other = shares[large], _range("between", rest - 0.5 - few, rest + 0.5, n)
    else:
        kept = other = _range("between", 50 - few, 50, n)
    return [kept, other] if large == 0 else [other, kept]


def _exact(successes: int, trials: int, n: int) -> Share:
    return _of_percent((200 * successes + trials) // (2 * trials), n)


def _of_percent(percent: int, n: int) -> Share:
    low, high = wilson(percent * n / 100, n)
    return Share("exact", percent, floor(100 * low + 0.5), floor(100 * high + 0.5), n)


def _range(bound: Bound, low: float, high: float, n: int) -> Share:
    """Range of shares that are possible, widened to whole per cents."""
    return Share(bound, None, max(0, floor(low)), min(100, ceil(high)), n)
