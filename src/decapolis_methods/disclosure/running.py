"""Shares that may be published while people still answer: coarse enough that two results in a row hide each other.

Whoever keeps a result can subtract it from the next one, and learn of the few people who came between. So each count
that stands behind a running share is known to ten neighbouring values at best (the minimum): no difference of it from
any later figure, however exact, is certain to be one of the numbers 1 to 9.
"""

from math import ceil, floor

from decapolis_methods.disclosure.shares import PUBLIC_FLOOR, WITHHELD, Share, check_minimum, wilson
from decapolis_methods.disclosure.sizes import Sizes
from decapolis_methods.errors import MethodError

FINE = 2
"""Widest step in per cent, of the minimum in all, that is still given as a figure and not as a range."""


def release_running_answers(
    agree: int, disagree: int, seen: int, *, minimum: int = PUBLIC_FLOOR
) -> tuple[Share, Share]:
    """Say of two answers to one question what may be said while more people answer it.

    Parameters
    ----------
    agree, disagree, seen : int
        Number of people who agreed and who disagreed, of the number who were asked; the others passed.
    minimum : int
        Smallest number of people of whom anything is said, 10 or more.

    Returns
    -------
    tuple of Share
        Shares of `seen` who agreed and who disagreed; withheld where fewer than three minima were asked.

    Raises
    ------
    MethodError
        Counts that cannot be, or a minimum below the floor.

    Notes
    -----
    Counts are rounded down to a multiple of the minimum, and what is published follows from the rounded counts alone.
    Where too few are left beside the two answers, only the larger one is given and the other one is what it leaves.
    That each of the three counts may then be any of at least `minimum` numbers, even for somebody who knows how
    many were asked, is tested on every triple of eleven numbers of people, up to 120. Not to be used for the last
    result: `release_answers`.

    Examples
    --------
    >>> agree, disagree = release_running_answers(320, 210, 580)
    >>> (agree.bound, agree.percent), (disagree.bound, disagree.percent)
    (('exact', 56), ('exact', 37))
    >>> agree, disagree = release_running_answers(32, 21, 58)
    >>> (agree.low, agree.high), (disagree.low, disagree.high)
    ((50, 78), (0, 58))
    """
    check_minimum(minimum)
    if min(agree, disagree) < 0 or agree + disagree > seen:
        raise MethodError("seen", seen, f"Give at least the {agree + disagree} who agreed or disagreed.")
    n = seen - seen % minimum
    if n < 3 * minimum:
        return WITHHELD, WITHHELD
    counts = [min(count - count % minimum, n - minimum) for count in (agree, disagree)]
    shares = [_step(count, n, minimum) for count in counts]
    if n - sum(counts) < 2 * minimum:
        smaller = 1 if counts[0] >= counts[1] else 0
        shares[smaller] = _range(0, n + minimum - 1 - counts[1 - smaller], n, minimum)
    return shares[0], shares[1]


def coarse_sizes(sizes: Sizes, *, minimum: int = PUBLIC_FLOOR) -> Sizes:
    """Round sizes of groups down to multiples of the minimum.

    Parameters
    ----------
    sizes : Sizes
        As `release_sizes` gave them.
    minimum : int
        Smallest number of people of whom anything is said, 10 or more.

    Returns
    -------
    Sizes

    Raises
    ------
    MethodError
        A minimum below the floor.

    Examples
    --------
    >>> coarse_sizes(Sizes((57, 23), 12, 1))
    Sizes(groups=(50, 20), remainder=10, rounded_to=10)
    """
    check_minimum(minimum)
    *groups, rest = (None if size is None else size - size % minimum for size in (*sizes.groups, sizes.remainder))
    return Sizes(tuple(groups), rest, minimum)


def _step(count: int, n: int, minimum: int) -> Share:
    """A count that is known to lie between one multiple of the minimum and the next, as a share of `n`."""
    if count == 0:
        return Share("few", None, 0, ceil(100 * minimum / n), n)
    if count == n - minimum:
        return _range(count, n, n, minimum)
    if 100 * minimum > FINE * n:
        return _range(count, count + minimum - 1, n, minimum)
    percent = floor(100 * (count + minimum / 2) / (n + minimum / 2) + 0.5)
    low, high = wilson(percent * n / 100, n)
    return Share("exact", percent, floor(100 * low + 0.5), floor(100 * high + 0.5), n)


def _range(low: int, high: int, n: int, minimum: int) -> Share:
    """Shares that are possible for `low` to `high` of `n` people or up to a step more, in whole per cents."""
    return Share("between", None, floor(100 * low / (n + minimum - 1)), min(100, ceil(100 * high / n)), n)
