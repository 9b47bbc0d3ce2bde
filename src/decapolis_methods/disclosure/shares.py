"""Shares of people that may be published: nothing that rests on fewer than a minimum of them."""

from dataclasses import dataclass
from typing import Literal

Bound = Literal["exact", "few", "nearly all", "withheld"]


@dataclass(frozen=True)
class Share:
    """A share of people as it may be published.

    Attributes
    ----------
    bound : {"exact", "few", "nearly all", "withheld"}
        "exact": `percent` and the interval stand. "few": fewer than the minimum of the `n` people;
        "nearly all": all but fewer than the minimum; for these two `percent` is empty and `low` to
        `high` is the range of shares that are possible. "withheld": fewer than the minimum were
        asked; everything else is empty.
    percent : float or None
        Share in per cent, 0 to 100, rounded to a whole number.
    low, high : float or None
        95 % interval (or range of what is possible) in per cent, 0 to 100, whole numbers.
    n : int or None
        Number of people who answered, at least the minimum.
    """

    bound: Bound
    percent: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
