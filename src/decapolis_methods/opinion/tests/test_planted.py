"""Planted conversations hold what was planted."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from decapolis_methods.errors import MethodError
from decapolis_methods.opinion import planted
from decapolis_methods.opinion.planted import UNDECIDED, Plan, answers, conversation
from decapolis_methods.opinion.votes import Votes


def dense(votes: Votes) -> NDArray[np.int64]:
    """Votes as a matrix; 9 where nothing was answered."""
    cells = np.full(votes.shape, 9)
    cells[votes.rows, votes.columns] = votes.values
    return cells


@given(
    participants=st.integers(1, 30), statements=st.integers(1, 20), groups=st.integers(1, 4), seed=st.integers(0, 99)
)
@settings(max_examples=40, deadline=None)
def test_conversation_votes_are_well_formed(participants: int, statements: int, groups: int, seed: int) -> None:
    votes = conversation(Plan(participants, statements, groups), seed=seed).votes
    again = Votes.from_triplets(
        votes.participants[votes.rows], votes.columns, votes.values, statements=np.arange(statements)
    )
    for field in ("participants", "statements", "starts", "columns", "values"):
        np.testing.assert_array_equal(getattr(votes, field), getattr(again, field))
        assert getattr(votes, field).dtype == getattr(again, field).dtype


def test_conversation_is_the_same_for_the_same_seed() -> None:
    one, two, other = (conversation(Plan(200, 30), seed=seed) for seed in (4, 4, 5))
    np.testing.assert_array_equal(one.votes.values, two.votes.values)
    np.testing.assert_array_equal(one.groups, two.groups)
    assert len(other.votes) != len(one.votes)


def test_conversation_everybody_answers_something() -> None:
    votes = conversation(Plan(500, 40, density=0.01), seed=2).votes
    assert np.diff(votes.starts).min() == 1


def test_conversation_density_is_the_mean_share_answered() -> None:
    votes = conversation(Plan(4000, 50, density=0.3), seed=2).votes
    assert len(votes) / (4000 * 50) == pytest.approx(0.3, abs=0.01)


def test_conversation_numbers_of_votes_have_a_long_tail() -> None:
    each = np.diff(conversation(Plan(4000, 200, density=0.1), seed=2).votes.starts)
    assert np.median(each) < each.mean() < each.max() / 3


def test_conversation_undecided_are_as_many_as_planned() -> None:
    groups = conversation(Plan(5000, 5, undecided=0.2), seed=3).groups
    assert (groups == UNDECIDED).mean() == pytest.approx(0.2, abs=0.02)


def test_conversation_shared_statements_lean_the_same_way() -> None:
    opinions = conversation(Plan(10, 400, groups=4, shared=1), seed=3).opinions
    assert ((opinions >= 0.5).all(axis=0) | (opinions <= 0.5).all(axis=0)).all()
    opinions = conversation(Plan(10, 400, groups=4, shared=0), seed=3).opinions
    assert (opinions >= 0.5).all(axis=0).mean() == pytest.approx(1 / 16, abs=0.04)


def test_answers_without_noise_follow_certain_opinions() -> None:
    opinions = np.array([[1.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
    plan = Plan(3, 3, groups=2, density=1, noise=0, passes=0, yea_saying=1)
    said = dense(answers(opinions, np.array([0, 1, 1]), plan, seed=8))
    np.testing.assert_array_equal(said, [[1, -1, 1], [-1, -1, 1], [-1, -1, 1]])


def test_answers_come_at_the_planted_rates() -> None:
    opinions, groups = np.array([[0.8, 0.3]]), np.zeros(20_000, dtype=np.int64)
    said = dense(answers(opinions, groups, Plan(20_000, 2, groups=1, density=1, noise=0, passes=0.25), seed=8))
    assert (said == 0).mean() == pytest.approx(0.25, abs=0.01)
    agree = (said == 1).sum(axis=0) / (said != 0).sum(axis=0)
    np.testing.assert_allclose(agree, [0.8, 0.3], atol=0.015)


def test_answers_by_coin_pull_to_one_half() -> None:
    opinions, groups = np.array([[1.0, 0.0]]), np.zeros(20_000, dtype=np.int64)
    said = dense(answers(opinions, groups, Plan(20_000, 2, groups=1, density=1, noise=0.4, passes=0), seed=8))
    np.testing.assert_allclose((said == 1).mean(axis=0), [0.8, 0.2], atol=0.015)


def test_answers_of_undecided_people_are_the_mean_of_the_groups() -> None:
    opinions = np.array([[0.9, 0.5], [0.1, 0.5]])
    plan = Plan(20_000, 2, groups=2, density=1, noise=0, passes=0)
    said = dense(answers(opinions, np.full(20_000, UNDECIDED), plan, seed=8))
    np.testing.assert_allclose((said == 1).mean(axis=0), [0.5, 0.5], atol=0.015)


@pytest.mark.parametrize(("yea_saying", "spread"), [(0.0, 0.09), (2.0, 0.3)])
def test_answers_yea_saying_spreads_people_not_statements(yea_saying: float, spread: float) -> None:
    opinions, groups = np.full((1, 30), 0.5), np.zeros(5000, dtype=np.int64)
    plan = Plan(5000, 30, groups=1, density=1, noise=0, passes=0, yea_saying=yea_saying)
    agree = dense(answers(opinions, groups, plan, seed=8)) == 1
    assert agree.mean(axis=1).std() == pytest.approx(spread, abs=0.03)
    assert agree.mean(axis=0).std() < 0.02


def test_answers_made_in_chunks_are_well_formed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planted, "_CELLS", 64)
    votes = conversation(Plan(101, 10, density=0.5), seed=2).votes
    assert votes.starts[-1] == len(votes) == len(votes.columns)
    assert votes.rows.max() == 100
    assert (np.diff(votes.rows * 10 + votes.columns) > 0).all()


@pytest.mark.parametrize(
    ("change", "argument"),
    [
        ({"participants": 0}, "participants"),
        ({"statements": 0}, "statements"),
        ({"groups": 0}, "groups"),
        ({"density": 0}, "density"),
        ({"density": 1.1}, "density"),
        ({"noise": -0.1}, "noise"),
        ({"passes": float("nan")}, "passes"),
        ({"yea_saying": -1}, "yea_saying"),
    ],
)
def test_plan_refuses_what_cannot_be(change: dict[str, Any], argument: str) -> None:
    with pytest.raises(MethodError) as refused:
        Plan(**{"participants": 5, "statements": 5} | change)
    assert refused.value.argument == argument


@pytest.mark.parametrize(
    ("opinions", "groups", "argument"),
    [
        (np.full((1, 3), 0.5), np.zeros(4, int), "opinions"),
        (np.full((1, 2), 0.5), np.zeros(3, int), "groups"),
        (np.full((1, 2), 1.5), np.zeros(4, int), "opinions"),
        (np.full((1, 2), 0.5), np.array([0, 0, 0, 1]), "groups"),
        (np.full((1, 2), 0.5), np.array([0, 0, 0, -1]), "groups"),
    ],
)
def test_answers_refuse_what_does_not_fit_the_plan(
    opinions: NDArray[np.float64], groups: NDArray[np.int64], argument: str
) -> None:
    with pytest.raises(MethodError) as refused:
        answers(opinions, groups, Plan(4, 2, groups=1), seed=1)
    assert refused.value.argument == argument


def test_conversation_refuses_a_negative_seed() -> None:
    with pytest.raises(MethodError, match="seed: -1"):
        conversation(Plan(4, 2), seed=-1)
