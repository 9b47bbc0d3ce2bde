"""What an analysis of votes answers: one frozen result for both modes."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Mode = Literal["polis", "default"]
Direction = Literal["agree", "disagree"]


@dataclass(frozen=True)
class Moderation:
    """Which statements take part, in the order of `Votes.statements`.

    Attributes
    ----------
    refused : ndarray of bool, shape (m,)
        Refused by a moderator: not shown, not analysed.
    meta : ndarray of bool, shape (m,)
        About the conversation or the participants themselves: shown, but no axis of opinion.
    """

    refused: NDArray[np.bool_]
    meta: NDArray[np.bool_]

    @property
    def analysed(self) -> NDArray[np.bool_]:
        """Statements that are neither refused nor meta.

        Returns
        -------
        ndarray of bool, shape (m,)
        """
        return ~(self.refused | self.meta)


@dataclass(frozen=True)
class GroupCounts:
    """Answers of each group to each statement, shape (g, m) each. `seen` counts agree, disagree and pass."""

    agree: NDArray[np.int64]
    disagree: NDArray[np.int64]
    seen: NDArray[np.int64]


@dataclass(frozen=True)
class Representative:
    """A statement that sets a group apart.

    `successes` of `trials` members who saw it answered in `direction`. `share` is the smoothed share (p), `share_test`
    its z against one half, `ratio` the share relative to everybody else (r), `ratio_test` the z of the two shares.
    `low` and `high` are the 95 % beta-binomial interval of the share, `q_value` the Benjamini-Hochberg adjusted
    p-value; these three are NaN in polis mode, which has no such thing.
    """

    group: int
    statement: int
    direction: Direction
    successes: int
    trials: int
    share: float
    share_test: float
    ratio: float
    ratio_test: float
    low: float
    high: float
    q_value: float


@dataclass(frozen=True)
class Consensus:
    """A statement on which people agree (or disagree) together.

    `share` is the smoothed share of everybody; `share_test` its z against one half; `lowest` the smallest lower 95 %
    bound over the groups (NaN in polis mode).
    """

    statement: int
    direction: Direction
    successes: int
    trials: int
    share: float
    share_test: float
    lowest: float


@dataclass(frozen=True)
class Stability:
    """How the groups held when participants and statements were drawn again.

    Attributes
    ----------
    rounds : int
        Number of repeats.
    numbers : ndarray of int, shape (rounds,)
        Number of groups found in each.
    agreement : ndarray of float, shape (rounds,)
        Adjusted Rand index of each repeat with the result, -1 to 1.
    membership : ndarray of float, shape (n,)
        How often a participant stayed in the same group, 0 to 1; NaN where not placed. Inside the analysis only.
    outlines : tuple of ndarray of float, shape (g, k, 2)
        Outline of each group in each repeat, as points; empty where a group was not found again.
    """

    rounds: int
    numbers: NDArray[np.int64]
    agreement: NDArray[np.float64]
    membership: NDArray[np.float64]
    outlines: tuple[NDArray[np.float64], ...]


@dataclass(frozen=True)
class Analysis:
    """The result of one analysis. Rows of people stay inside: `released` makes what may be published.

    Attributes
    ----------
    participants : ndarray of int64, shape (n,)
        Identifiers, as in `Votes`.
    statements : ndarray of int64, shape (m,)
        Identifiers, as in `Votes`.
    votes : int
        Number of votes, passes included.
    moderation : Moderation
    centre : ndarray of float, shape (m,)
        polis: mean of the votes; default: the statement's intercept.
    components : ndarray of float, shape (2, m)
        The two axes.
    positions : ndarray of float, shape (n, 2)
        Place of each participant; NaN where too few votes.
    group_of : ndarray of int64, shape (n,)
        Group of each participant, 0 to g - 1; -1 outside (too few votes); -2 undecided.
    group_ids : ndarray of int64, shape (g,)
        Identifiers of the groups as given or made, ascending.
    counts, everybody : GroupCounts
        Of the groups, shape (g, m), and of all participants, shape (1, m).
    representative : tuple of tuple of Representative
        For each group, most telling first.
    consensus : tuple of Consensus
        Agreed first, then disagreed.
    group_aware_consensus : ndarray of float, shape (m,)
        polis: product over groups of the smoothed share who agree; default: smallest lower bound.
    priorities : ndarray of float, shape (m,)
        Weight with which a statement is shown next.
    bridging : ndarray of float, shape (m,)
        Appeal of a statement free of groups; NaN in polis mode and where not analysed.
    slate : tuple of int
        Identifiers of five to eight statements that together represent everybody; empty in polis mode.
    stability : Stability or None
        None where nothing was repeated.
    mode, version, seed
        How it was made.
    """

    participants: NDArray[np.int64]
    statements: NDArray[np.int64]
    votes: int
    moderation: Moderation
    centre: NDArray[np.float64]
    components: NDArray[np.float64]
    positions: NDArray[np.float64]
    group_of: NDArray[np.int64]
    group_ids: NDArray[np.int64]
    counts: GroupCounts
    everybody: GroupCounts
    representative: tuple[tuple[Representative, ...], ...]
    consensus: tuple[Consensus, ...]
    group_aware_consensus: NDArray[np.float64]
    priorities: NDArray[np.float64]
    bridging: NDArray[np.float64]
    slate: tuple[int, ...]
    stability: Stability | None
    mode: Mode
    version: str
    seed: int
