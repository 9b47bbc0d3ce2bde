"""Which statements a result is summed up by: picked by rules from released figures, without a word of text."""

from dataclasses import dataclass
from typing import Literal

from decapolis_methods.errors import MethodError
from decapolis_methods.opinion.released import Common, Direction, Dividing, Finding, Released

Case = Literal["common and dividing", "only common", "only dividing", "neither"]

CLEAR_GAP = 25.0
"""Least gap, in per cent of people, between two groups that a headline may call a division."""


@dataclass(frozen=True)
class Headline:
    """What the first sentence of a result is made of.

    Attributes
    ----------
    case : {"common and dividing", "only common", "only dividing", "neither"}
        Which of the two kinds of statement was found.
    agreed, rejected : tuple of int
        Statements with which people agree, or disagree, together; strongest first. Together at
        most the number asked for.
    dividing : tuple of int
        Statements on which groups clearly differ, most divided first.
    more_common : int
        How many common statements there are beside those named.
    """

    case: Case
    agreed: tuple[int, ...]
    rejected: tuple[int, ...]
    dividing: tuple[int, ...]
    more_common: int


def headline(released: Released | Finding, *, most_common: int = 3, most_dividing: int = 2) -> Headline:
    """Choose the few statements that sum up a result.

    Parameters
    ----------
    released : Released or Finding
        Figures that may be published, or the part of them that is needed.
    most_common, most_dividing : int
        Largest number of statements of each kind, at least 1.

    Returns
    -------
    Headline

    Raises
    ------
    MethodError
        One of the two numbers is smaller than 1.

    Notes
    -----
    Common statements are taken in the order of the result. A statement divides if the shares of two groups lie at
    least `CLEAR_GAP` apart; a share that is only known within a range counts with the end of the range that makes the
    gap smaller, and a withheld one not at all. Nothing is said about how important a statement is: do not use the
    choice as a ranking of wishes.

    Examples
    --------
    >>> from decapolis_methods.opinion.released import Certainty, Withheld
    >>> empty = Released(26, 36, 640, (), (), None, 1, "too few people", (), (), (), (), None,
    ...                  Certainty(0, 0, 0.0, 0.0), Withheld(0, 0, 0, 0), 10, "default", "1", 0)
    >>> headline(empty).case
    'neither'
    """
    for name, value in (("most_common", most_common), ("most_dividing", most_dividing)):
        if value < 1:
            raise MethodError(name, value, "Ask for at least one statement.")
    common = released.common[:most_common]
    dividing = [each.statement for each in released.dividing if gap(each) >= CLEAR_GAP][:most_dividing]
    return Headline(
        _case(common=bool(common), dividing=bool(dividing)),
        _leaning(common, "agree"),
        _leaning(common, "disagree"),
        tuple(dividing),
        len(released.common) - len(common),
    )


def gap(dividing: Dividing) -> float:
    """Smallest gap between the two groups that lie furthest apart which the released shares allow.

    Parameters
    ----------
    dividing : Dividing
        Shares of the groups who agree, in per cent.

    Returns
    -------
    float
        In per cent, 0 to 100; 0 where fewer than two groups have a share.

    Examples
    --------
    >>> from decapolis_methods.disclosure.shares import Share
    >>> gap(Dividing(4, (Share("exact", 28, 22, 34, 229), Share("few", None, 0, 9, 100))))
    19.0
    """
    # Per group, the least and the largest share that it may have.
    spans = [
        (share.percent, share.percent) if share.percent is not None else (share.low, share.high)
        for share in dividing.by_group
        if share.bound != "withheld"
    ]
    known = [(float(low), float(high)) for low, high in spans if low is not None and high is not None]
    if len(known) < 2:
        return 0.0
    return max(0.0, max(low for low, _ in known) - min(high for _, high in known))


def _case(*, common: bool, dividing: bool) -> Case:
    if common and dividing:
        return "common and dividing"
    if common:
        return "only common"
    return "only dividing" if dividing else "neither"


def _leaning(common: tuple[Common, ...], direction: Direction) -> tuple[int, ...]:
    return tuple(each.statement for each in common if each.direction == direction)
