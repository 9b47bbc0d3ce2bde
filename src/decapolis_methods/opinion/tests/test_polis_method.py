"""Properties of the whole analysis in polis mode; equality with Polis itself is in `test_polis_exports.py`."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from decapolis_methods.errors import MethodError
from decapolis_methods.opinion.analysis import Analysis, Moderation
from decapolis_methods.opinion.polis import analyse_polis
from decapolis_methods.opinion.votes import Votes

repeated = settings(max_examples=20, deadline=None)

PEOPLE, STATEMENTS = 40, 12
seeds = st.integers(0, 2**32 - 1)


def table(seed: int) -> NDArray[np.int64]:
    """Answers of two camps, 9 where there is none; the first five statements part them."""
    rng = np.random.default_rng(seed)
    camp = np.where(np.arange(PEOPLE)[:, None] % 2, 0.85, 0.15)
    chance = np.where(np.arange(STATEMENTS) < 5, camp, rng.uniform(0.3, 0.8, STATEMENTS))
    answers = np.where(rng.random((PEOPLE, STATEMENTS)) < chance, 1, -1)
    answers[rng.random(answers.shape) < 0.1] = 0
    answers[rng.random(answers.shape) < 0.2] = 9
    return answers


def collect(answers: NDArray[np.int64], **lists: list[int]) -> Votes:
    who, what = np.nonzero(answers != 9)
    return Votes.from_triplets(who, what, answers[who, what], **lists)


def analysed(votes: Votes, groups: Mapping[int, int] | None = None) -> Analysis:
    none = np.zeros(len(votes.statements), dtype=bool)
    return analyse_polis(votes, Moderation(refused=none, meta=votes.statements == 11), groups=groups)


def assert_close(found: NDArray[np.float64], expected: NDArray[np.float64]) -> None:
    np.testing.assert_allclose(found, expected, atol=1e-9)


def partition(analysis: Analysis) -> set[frozenset[int]]:
    """Groups as sets of participants, whatever their numbers."""
    groups = range(len(analysis.group_ids))
    return {frozenset(analysis.participants[analysis.group_of == group].tolist()) for group in groups}


def statements_of(analysis: Analysis) -> set[frozenset[tuple[int, str]]]:
    return {frozenset((one.statement, one.direction) for one in found) for found in analysis.representative}


@pytest.mark.slow
@repeated
@given(seeds)
def test_names_of_participants_do_not_matter(seed: int):
    answers, order = table(seed), np.random.default_rng(seed).permutation(PEOPLE)
    before, after = analysed(collect(answers)), analysed(collect(answers[order]))
    assert_close(after.positions, before.positions[order])
    assert_close(after.priorities, before.priorities)
    assert statements_of(after) == statements_of(before)
    assert {frozenset(order[list(group)].tolist()) for group in partition(after)} == partition(before)


@pytest.mark.slow
@repeated
@given(seeds)
def test_names_of_statements_do_not_matter(seed: int):
    """Only the order of equal ones: therefore without representative statements."""
    answers, order = table(seed), np.r_[np.random.default_rng(seed).permutation(STATEMENTS - 1), 11]
    before, after = analysed(collect(answers)), analysed(collect(answers[:, order]))
    assert_close(after.centre, before.centre[order])
    assert_close(after.components, before.components[:, order])
    assert_close(after.positions, before.positions)
    assert_close(after.priorities, before.priorities[order])
    assert partition(after) == partition(before)


@pytest.mark.slow
@repeated
@given(seeds, st.integers(0, PEOPLE - 1))
def test_deleting_a_participant_equals_never_having_had_them(seed: int, gone: int):
    answers = table(seed)
    answers[gone] = 9
    emptied = analysed(collect(answers, participants=list(range(PEOPLE))))
    never = analysed(collect(answers))
    others = np.arange(PEOPLE) != gone
    assert emptied.group_of[gone] == -1
    assert np.isnan(emptied.positions[gone]).all()
    assert np.array_equal(emptied.positions[others], never.positions, equal_nan=True)
    assert emptied.group_of[others].tolist() == never.group_of.tolist()
    assert emptied.priorities.tolist() == never.priorities.tolist()
    assert repr(emptied.representative) == repr(never.representative)


@pytest.mark.slow
@repeated
@given(seeds)
def test_a_statement_without_votes_changes_nothing_for_the_others(seed: int):
    before = analysed(collect(table(seed)))
    after = analysed(collect(table(seed), statements=list(range(STATEMENTS + 1))))
    assert_close(after.positions, before.positions)
    assert_close(after.priorities[:-1], before.priorities)
    assert partition(after) == partition(before)


@pytest.mark.slow
@repeated
@given(seeds)
def test_turning_all_votes_turns_the_picture(seed: int):
    answers = table(seed)
    groups = {participant: participant % 2 for participant in range(PEOPLE)}
    turned = np.where(answers == 9, 9, -answers)
    before, after = analysed(collect(answers), groups), analysed(collect(turned), groups)
    assert_close(after.centre, -before.centre)
    assert_close(after.components, before.components)
    assert_close(after.positions, -before.positions)
    assert after.counts.agree.tolist() == before.counts.disagree.tolist()
    assert after.counts.seen.tolist() == before.counts.seen.tolist()


def test_the_two_camps_are_found():
    """Ten statements on which the camps answer the other way round, a twentieth of the answers missing."""
    answers = np.where((np.arange(PEOPLE)[:, None] + np.arange(10)) % 2, 1, -1)
    answers[np.random.default_rng(3).random(answers.shape) < 0.05] = 9
    found = analysed(collect(answers))
    assert partition(found) == {frozenset(range(0, PEOPLE, 2)), frozenset(range(1, PEOPLE, 2))}


def test_given_groups_are_kept_with_their_names():
    found = analysed(collect(table(3)), {0: 7, 1: 3, 5: 7})
    assert found.group_ids.tolist() == [3, 7]
    assert found.group_of[:6].tolist() == [1, 0, -1, -1, -1, 1]
    assert [{one.group for one in chosen} for chosen in found.representative] == [{3}, {7}]


def test_those_in_given_groups_are_placed_however_little_they_answered():
    answers = table(3)
    answers[0, 1:] = 9
    answers[0, 0] = 1
    assert np.isnan(analysed(collect(answers)).positions[0]).all()
    assert np.isfinite(analysed(collect(answers), {0: 0, 1: 1}).positions[0]).all()


@pytest.mark.parametrize(
    "groups",
    [{}, {999: 0}, {0: -1}, {-3: 0}, {0: 1.5}, {"a": 0}],
    ids=["empty", "unknown", "negative group", "negative participant", "no whole number", "text"],
)
def test_groups_that_do_not_fit_are_refused(groups: Mapping[int, int]):
    with pytest.raises(MethodError) as error:
        analysed(collect(table(3)), groups)
    assert error.value.argument == "groups"


def test_what_polis_does_not_know_is_left_open():
    found = analysed(collect(table(3)))
    assert found.slate == ()
    assert found.stability is None
    assert np.isnan(found.bridging).all()
    assert (found.mode, found.seed) == ("polis", 0)


def test_refused_and_meta_statements_represent_nobody_and_are_no_axis():
    votes = collect(table(3))
    moderation = Moderation(refused=votes.statements < 2, meta=votes.statements == 2)
    found = analyse_polis(votes, moderation)
    assert not found.components[:, :3].any()
    chosen = {one.statement for group in found.representative for one in group}
    assert not chosen & {0, 1, 2}
    assert not {one.statement for one in found.consensus} & {0, 1, 2}
    assert found.priorities[2] == 49.0
