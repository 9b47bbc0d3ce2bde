import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decapolis_methods.opinion import votes as votes_module
from decapolis_methods.opinion.counts import count_answers, count_everybody
from decapolis_methods.opinion.votes import Votes

repeated = settings(max_examples=30, deadline=None)

VOTES = Votes.from_triplets([1, 1, 2, 2, 3, 4], [7, 8, 7, 8, 7, 8], [1, 0, 1, -1, -1, 1])


def test_count_answers_by_hand():
    """Participants 1 and 2 are one group, 3 the other, 4 in none."""
    counted = count_answers(VOTES, np.array([0, 0, 1, -1]), 2)
    assert counted.agree.tolist() == [[2, 0], [0, 0]]
    assert counted.disagree.tolist() == [[0, 1], [1, 0]]
    assert counted.seen.tolist() == [[2, 2], [1, 0]]


def test_count_everybody_counts_those_in_no_group():
    counted = count_everybody(VOTES)
    assert counted.agree.tolist() == [[2, 1]]
    assert counted.disagree.tolist() == [[1, 1]]
    assert counted.seen.tolist() == [[3, 3]]


@repeated
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4), st.sampled_from([1, -1, 0])), min_size=1))
def test_groups_and_the_rest_add_up_to_everybody(log: list[tuple[int, int, int]]):
    votes = Votes.from_triplets(*zip(*log, strict=True))
    group_of = votes.participants % 3 - 1
    groups, rest = count_answers(votes, group_of, 2), count_answers(votes, np.where(group_of < 0, 0, -1), 1)
    everybody = count_everybody(votes)
    for name in ("agree", "disagree", "seen"):
        added = getattr(groups, name).sum(axis=0) + getattr(rest, name)[0]
        assert added.tolist() == getattr(everybody, name)[0].tolist()
    assert everybody.seen.sum() == len(votes)


def test_counting_in_parts_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    whole = count_answers(VOTES, np.array([0, 0, 1, -1]), 2)
    monkeypatch.setattr(votes_module.Votes.blocks, "__defaults__", (2,))
    parts = count_answers(VOTES, np.array([0, 0, 1, -1]), 2)
    assert parts.seen.tolist() == whole.seen.tolist()
    assert parts.agree.tolist() == whole.agree.tolist()
