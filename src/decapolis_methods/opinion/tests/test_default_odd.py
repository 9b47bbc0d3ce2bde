"""Odd conversations: few people, few statements, everybody alike, nobody answering. Warnings are errors here."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decapolis_methods.opinion.analysis import Analysis, Moderation
from decapolis_methods.opinion.default import analyse_default
from decapolis_methods.opinion.votes import Votes

Table = np.ndarray


def analyse_table(table: Table, *, refused: Table | None = None, bootstrap: int = 0) -> Analysis:
    """9 stands for what was not shown."""
    who, what = np.nonzero(table != 9)
    people, statements = np.arange(table.shape[0]), np.arange(table.shape[1])
    votes = Votes.from_triplets(who, what, table[who, what], statements=statements, participants=people)
    meta = np.zeros(table.shape[1], dtype=bool)
    return analyse_default(votes, Moderation(meta if refused is None else refused, meta), bootstrap=bootstrap)


def assert_sound(found: Analysis) -> None:
    """What holds of every result."""
    groups = len(found.group_ids)
    placed = np.isfinite(found.positions).all(axis=1)
    assert (np.isfinite(found.positions).any(axis=1) == placed).all()
    assert ((found.group_of == -1) == ~placed).all() or groups == 0
    assert set(found.group_of.tolist()) <= {-2, -1, *range(groups)}
    assert np.isfinite(found.components).all()
    assert np.isfinite(found.centre).all()
    assert (np.isnan(found.bridging) | (np.abs(found.bridging) < 5)).all()
    assert ((found.group_aware_consensus >= 0) & (found.group_aware_consensus <= 1)).all()
    assert (np.isfinite(found.priorities) & (found.priorities >= 0)).all()
    assert len(set(found.slate)) == len(found.slate) <= 8
    assert len(found.representative) == groups == len(found.counts.agree)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.integers(1, 14), st.floats(0, 1), st.floats(0, 1), st.integers(0, 10_000))
def test_analyse_default_of_any_small_conversation_is_sound(
    people: int, statements: int, seen: float, agree: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    answer = rng.choice([1, -1, 0], (people, statements), p=[0.9 * agree, 0.9 * (1 - agree), 0.1])
    table = np.where(rng.random((people, statements)) < seen, answer, 9)
    refused = rng.random(statements) < 0.2
    assert_sound(analyse_table(table, refused=refused, bootstrap=2))


@pytest.mark.parametrize("answer", [1, -1, 0, 9])
def test_analyse_default_of_people_who_are_all_alike(answer: int) -> None:
    found = analyse_table(np.full((50, 12), answer), bootstrap=2)
    assert_sound(found)
    assert len(found.group_ids) == 0
    directions = {1: {"agree"}, -1: {"disagree"}}.get(answer, set())
    assert {one.direction for one in found.consensus} == directions


@pytest.mark.parametrize("statements", [1, 2, 3, 8, 40])
def test_analyse_default_of_two_camps_without_exception(statements: int) -> None:
    """Everybody answers exactly as their camp."""
    lean = np.where(np.arange(statements) % 2, 1, -1)
    table = np.where(np.arange(60)[:, None] < 35, lean, -lean)
    found = analyse_table(table, bootstrap=3)
    assert_sound(found)
    if statements >= 8:
        assert np.bincount(found.group_of).tolist() == [35, 25]
        assert found.stability is not None
        assert found.stability.agreement.tolist() == [1, 1, 1]


def test_analyse_default_where_all_statements_are_refused() -> None:
    found = analyse_table(np.ones((40, 5), dtype=int), refused=np.ones(5, dtype=bool), bootstrap=2)
    assert_sound(found)
    assert (found.slate, found.consensus, found.priorities.tolist()) == ((), (), [0] * 5)


def test_analyse_default_of_one_person() -> None:
    found = analyse_table(np.array([[1, -1, 1, 1, -1, 1, 1, 0]]))
    assert_sound(found)
    assert found.slate == (0, 2, 3, 5, 6)


def test_analyse_default_where_everybody_saw_another_statement() -> None:
    assert_sound(analyse_table(np.where(np.eye(40, dtype=bool), 1, 9), bootstrap=2))
