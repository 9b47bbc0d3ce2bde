"""The one way in: check what is given, then analyse it in the mode that is asked for."""

from collections.abc import Mapping
from typing import get_args

import numpy as np

from decapolis_methods.errors import MethodError
from decapolis_methods.opinion.analysis import Analysis, Mode, Moderation
from decapolis_methods.opinion.default import analyse_default
from decapolis_methods.opinion.default.stability import Spread, one_by_one
from decapolis_methods.opinion.polis import analyse_polis
from decapolis_methods.opinion.progress import Progress, silent
from decapolis_methods.opinion.votes import Votes

MODES: tuple[Mode, ...] = get_args(Mode)


def analyse(  # noqa: PLR0913 - all but the first are given by name, and each has a default
    votes: Votes,
    *,
    mode: Mode = "default",
    moderation: Moderation | None = None,
    groups: Mapping[int, int] | None = None,
    seed: int = 0,
    bootstrap: int = 0,
    spread: Spread = one_by_one,
    progress: Progress = silent,
) -> Analysis:
    """Find out where people agree, where they differ, and in the default mode how sure that is.

    Parameters
    ----------
    votes : Votes
        At least one vote.
    mode : {"default", "polis"}
        "polis" gives what Polis would give, to compare with it; "default" is what we recommend.
    moderation : Moderation, optional
        Which statements are refused or meta, shape (m,) each. Default: all are shown and analysed.
    groups : mapping of int to int, optional
        Group of each participant, by identifiers, 0 or more; polis mode only. Default: groups are found.
    seed : int
        0 or more. The same votes with the same seed give the same result.
    bootstrap : int
        How often to repeat with some people and statements left out, to see how the groups hold; default mode only.
    spread : callable
        How the repeats are done, one by one or side by side; the result is the same to the byte.
    progress : Progress, optional
        Told the phase and how far it is, in the default mode; it may raise to end the work.

    Returns
    -------
    Analysis

    Raises
    ------
    MethodError
        An argument is out of its range, does not fit the votes, or does not belong to the mode.

    Notes
    -----
    The result has a row for each person: only what `release` makes of it may be published.

    Examples
    --------
    >>> votes = Votes.from_triplets([1, 1, 2, 2, 3, 3], [8, 9] * 3, [1, 1, 1, -1, 1, -1])
    >>> analyse(votes, mode="polis", groups={1: 0, 2: 1, 3: 1}).counts.disagree.tolist()
    [[0, 0], [0, 2]]
    """
    shown = np.zeros(len(votes.statements), dtype=bool)
    moderation = moderation or Moderation(refused=shown, meta=shown)
    _check_number("seed", seed)
    _check_number("bootstrap", bootstrap)
    _check_votes(votes, moderation)
    _check_mode(mode, is_grouped=groups is not None, bootstrap=bootstrap)
    if mode == "polis":
        return analyse_polis(votes, moderation, groups=groups, seed=seed)
    return analyse_default(votes, moderation, seed=seed, bootstrap=bootstrap, spread=spread, progress=progress)


def _check_number(name: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 0:
        raise MethodError(name, repr(value), "Give a whole number of 0 or more.")


def _check_mode(mode: str, *, is_grouped: bool, bootstrap: int) -> None:
    if mode not in MODES:
        raise MethodError("mode", repr(mode), f"Use one of {', '.join(MODES)}.")
    if mode == "polis" and bootstrap:
        raise MethodError("bootstrap", f"{bootstrap} in polis mode", "Leave it at 0, or use default mode.")
    if mode == "default" and is_grouped:
        raise MethodError("groups", "a grouping in default mode", "Leave it out, or use polis mode.")


def _check_votes(votes: Votes, moderation: Moderation) -> None:
    if len(votes) == 0:
        raise MethodError("votes", "an empty list", "Give at least one vote.")
    for name, flags in (("refused", moderation.refused), ("meta", moderation.meta)):
        if flags.shape != votes.statements.shape or flags.dtype != bool:
            found = f"an array of {flags.dtype} of shape {flags.shape}"
            remedy = f"Give one bool for each of the {len(votes.statements)} statements."
            raise MethodError(f"moderation.{name}", found, remedy)
    if not moderation.analysed.any():
        raise MethodError("moderation", "all refused or meta", "Leave at least one statement to be analysed.")
