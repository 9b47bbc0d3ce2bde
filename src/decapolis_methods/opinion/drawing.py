"""Drawing the statement that somebody is asked next, with a known chance for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from decapolis_methods.errors import MethodError

FLOOR = 0.2
"""Share of the draws that treats all statements alike."""
VERSION = "1"


@dataclass(frozen=True)
class Drawn:
    """What was drawn: its place in the list, the chance it had, and out of how many."""

    place: int
    probability: float
    n: int
    version: str = VERSION


def draw(weights: Sequence[float], *, at: float, floor: float = FLOOR) -> Drawn:
    """Draw one statement in proportion to its weight, with a floor under the chance of each.

    Parameters
    ----------
    weights : sequence of float
        Of each statement that may be drawn, 0 or more; at least one statement.
    at : float
        A random number, 0 or more and below 1.
    floor : float
        Share of the draws that treats all alike, 0 to 1: no chance is smaller than ``floor / n``.

    Returns
    -------
    Drawn

    Raises
    ------
    MethodError
        There is nothing to draw from, a weight is negative, or `at` is no such number.

    Notes
    -----
    With the chance of each draw kept beside the answer, answers can later be weighted by its inverse. The floor keeps
    such weights from growing without bound. Where all weights are 0, all chances are alike.

    References
    ----------
    Horvitz, D. G. & Thompson, D. J. (1952). A generalization of sampling without replacement from a finite universe.

    Examples
    --------
    >>> drawn = draw([3.0, 1.0], at=0.5)
    >>> drawn.place, round(drawn.probability, 3), drawn.n
    (0, 0.7, 2)
    >>> draw([3.0, 1.0], at=0.75).place
    1
    """
    if not weights or min(weights) < 0:
        raise MethodError("weights", "an empty list or a weight below 0", "Give at least one weight, none below 0.")
    if not 0 <= at < 1:
        raise MethodError("at", at, "Give a random number from 0 to below 1.")
    n, total = len(weights), sum(weights)
    lowest = floor / n if total else 1 / n
    chances = [lowest + (1 - floor) * (weight / total) if total else lowest for weight in weights]
    place = next((place for place, reached in enumerate(accumulate(chances)) if at < reached), n - 1)
    return Drawn(place, chances[place], n)
