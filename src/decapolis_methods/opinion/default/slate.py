"""A slate of statements that together speak for everybody: justified representation from incomplete answers."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from decapolis_methods.opinion.default.ballots import table
from decapolis_methods.opinion.votes import AGREE, Votes

Floats = NDArray[np.float64]

FEWEST, MOST = 5, 8
"""Statements on the slate."""

WORTH = 1 / 20
"""A sixth to eighth statement is taken while it newly speaks for this share of all people."""

_CAUTION = 10.0
"""A share rests on few answers as if ten more people had been asked and none had agreed."""


def find_slate(votes: Votes, analysed: NDArray[np.bool_]) -> tuple[int, ...]:
    """Choose five to eight statements such that no large like-minded part of the people is left without one.

    Parameters
    ----------
    votes : Votes
    analysed : ndarray of bool, shape (m,)
        Statements that may stand on the slate.

    Returns
    -------
    tuple of int
        Identifiers, in the order of choice; fewer than five only where fewer statements are agreed with by anybody.

    Notes
    -----
    Each choice is the statement that speaks for most of those for whom none speaks yet. Where all have seen all, that
    is the greedy rule of Chamberlin and Courant, which gives justified representation: with k statements on the slate,
    no n / k people who all agree with one statement are left without a statement they agree with. Where somebody was
    never asked, the share among those asked for whom nothing speaks yet stands in (cautiously, where few were asked),
    and that part of the person counts as spoken for. This is a guess: full certainty would need the missing answers
    (Halpern et al.). People who took no position on any statement are not counted.

    References
    ----------
    Halpern, D., Kehne, G., Procaccia, A. D., Tucker-Foltz, J., Wüthrich, M. (2023). Representation with incomplete
    votes. AAAI 37.
    Aziz, H. et al. (2017). Justified representation in approval-based committee voting. Social Choice and Welfare 48.

    Examples
    --------
    Six people agree with the first statement, three others with the second; the third pleases four of the six.

    >>> table = [[1, -1, 1]] * 4 + [[1, -1, -1]] * 2 + [[-1, 1, -1]] * 3
    >>> who, what = np.indices((9, 3)).reshape(2, -1)
    >>> find_slate(Votes.from_triplets(who, what, np.ravel(table)), np.ones(3, dtype=bool))
    (0, 1, 2)
    """
    answers = _answers(votes)
    positions = np.concatenate([analysed, np.zeros_like(analysed), analysed]).astype(np.float64)
    waiting = (answers @ positions > 0).astype(np.float64)
    support, people = _reach(answers, waiting), waiting.sum()
    share, open_to_choice = support, analysed & (support > 0)
    chosen: list[int] = []
    while len(chosen) < MOST and open_to_choice.any():
        best = int(np.lexsort((-support, -np.where(open_to_choice, share, -1.0).round(9)))[0])
        if len(chosen) >= FEWEST and share[best] * waiting.sum() < WORTH * people:
            break
        chosen.append(best)
        open_to_choice[best] = False
        waiting = _still_waiting(votes, waiting, best, float(share[best]))
        share = _reach(answers, waiting)
    return tuple(int(votes.statements[at]) for at in chosen)


def _answers(votes: Votes) -> csr_array:
    """1 for each answer, shape (n, 3 m): agreed with, passed over, disagreed with."""
    n, m = votes.shape
    columns = (AGREE - votes.values) * np.int32(m)
    columns += votes.columns
    return table(np.ones(len(votes)), columns, votes.starts, (n, 3 * m))


def _reach(answers: csr_array, waiting: Floats) -> Floats:
    """Share of those waiting for whom each statement speaks, as known from those who were asked."""
    agreed, passed, disagreed = np.split(answers.T @ waiting, 3)
    return np.asarray(agreed / (agreed + passed + disagreed + _CAUTION))


def _still_waiting(votes: Votes, waiting: Floats, chosen: int, share: float) -> Floats:
    """How much of each person is still without a statement after one was chosen."""
    asked = np.flatnonzero(votes.columns == chosen)
    who = np.searchsorted(votes.starts, asked, side="right") - 1
    still = waiting * (1 - share)
    still[who] = np.where(votes.values[asked] == AGREE, 0.0, waiting[who])
    return still
