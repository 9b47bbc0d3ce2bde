"""Polis mode never fills the table of participants by statements."""

import tracemalloc

import numpy as np
import pytest

from decapolis_methods.opinion.analysis import Moderation
from decapolis_methods.opinion.polis import analyse_polis
from decapolis_methods.opinion.votes import Votes

PEOPLE, STATEMENTS, EACH = 30_000, 2_000, 10


@pytest.mark.slow
def test_memory_is_that_of_the_votes_and_not_of_the_table():
    """The whole table would take 480 MB; the votes take 4 MB, and working on them may take some twenty times that."""
    rng = np.random.default_rng(1)
    who = np.repeat(np.arange(PEOPLE), EACH)
    what = rng.integers(0, STATEMENTS, len(who))
    votes = Votes.from_triplets(who, what, np.where((who + what) % 2, 1, -1))
    none = np.zeros(len(votes.statements), dtype=bool)
    tracemalloc.start()
    try:
        found = analyse_polis(votes, Moderation(none, none))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 90e6
    assert len(found.group_ids) >= 2
