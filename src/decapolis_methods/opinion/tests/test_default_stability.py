import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decapolis_methods.opinion.analysis import Moderation
from decapolis_methods.opinion.default.ballots import cast
from decapolis_methods.opinion.default.space import fit
from decapolis_methods.opinion.default.stability import (
    Shown,
    _outlines,
    aligned,
    contingency,
    matched,
    rand_index,
    repeat,
)
from decapolis_methods.opinion.outlines import DIRECTIONS, outline
from decapolis_methods.opinion.planted import Plan, answers
from decapolis_methods.opinion.votes import Votes

labels_of_ten = st.lists(st.integers(0, 3), min_size=10, max_size=10)


def shown(*, people: int = 80, noise: float = 0.1, statements: int = 24) -> Shown:
    """Two camps as planted, placed and labelled by the truth."""
    truth = np.arange(people) % 2
    opinions = np.where(np.arange(statements) % 2 == np.array([[0], [1]]), 0.95, 0.05)
    plan = Plan(people, statements, groups=2, density=0.9, noise=noise)
    none = np.zeros(statements, dtype=bool)
    ballots = cast(answers(opinions, truth, plan, seed=4), Moderation(none, none))
    return Shown(ballots, fit(ballots).positions, truth.astype(np.int64), 1)


@given(st.floats(0, 6.3), st.floats(0.1, 9), st.booleans())
def test_aligned_undoes_turning_scaling_moving_and_mirroring(angle: float, size: float, mirror: bool) -> None:  # noqa: FBT001 - hypothesis gives arguments by place
    points = np.random.default_rng(1).normal(size=(30, 2))
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    moved = size * points @ turn @ np.diag([-1.0 if mirror else 1.0, 1.0]) + [3.0, -4.0]
    assert aligned(moved, points) == pytest.approx(points, abs=1e-9)


def test_aligned_of_a_point_stays_at_the_middle() -> None:
    points = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert aligned(np.zeros((2, 2)), points).tolist() == [[2.0, 3.0], [2.0, 3.0]]


def test_matched_by_hand() -> None:
    assert matched(np.array([2, 2, 0, 1, 1]), np.array([0, 0, 1, 2, 2])).tolist() == [0, 0, 1, 2, 2]


@given(labels_of_ten, st.permutations(range(4)))
def test_matched_undoes_a_renaming(labels: list[int], names: list[int]) -> None:
    reference = np.array(labels)
    assert matched(np.array(names)[reference], reference).tolist() == labels


def test_contingency_by_hand() -> None:
    assert contingency(np.array([0, 0, 2]), np.array([1, 1, 0])).tolist() == [[0, 2, 0], [0, 0, 0], [1, 0, 0]]


def test_rand_index_by_hand() -> None:
    """Six people, pairs together: 2 of 15 in both, 6 and 3 in each; by chance 6 * 3 / 15."""
    first, second = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 2, 2])
    assert rand_index(first, second) == pytest.approx((2 - 6 * 3 / 15) / ((6 + 3) / 2 - 6 * 3 / 15))


@given(labels_of_ten, labels_of_ten)
def test_rand_index_is_symmetric_and_at_most_one(one: list[int], other: list[int]) -> None:
    first, second = np.array(one), np.array(other)
    assert rand_index(first, second) == pytest.approx(rand_index(second, first))
    assert rand_index(first, second) <= 1
    assert rand_index(first, first) == 1


def test_repeat_says_how_far_it_is_and_ends_where_it_is_told_to() -> None:
    told: list[tuple[str, int, int]] = []

    def tell(phase: str, done: int, total: int) -> None:
        told.append((phase, done, total))
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        repeat(shown(), 5, seed=1, progress=tell)
    assert told == [("repeating", 0, 5), ("repeating", 1, 5), ("repeating", 2, 5)]


def test_rand_index_of_chance_is_about_zero() -> None:
    rng = np.random.default_rng(0)
    assert np.mean([rand_index(*rng.integers(0, 3, (2, 200))) for _ in range(50)]) == pytest.approx(0, abs=0.01)


def test_outlines_of_groups_with_and_without_people() -> None:
    positions = np.random.default_rng(0).normal(size=(50, 2))
    found = _outlines(positions, np.zeros(50, dtype=np.int64), 2)
    assert found.shape == (2, DIRECTIONS, 2)
    assert found[0].tolist() == outline(positions).tolist()
    assert np.isnan(found[1]).all()


def test_outlines_of_many_people_are_drawn_round_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decapolis_methods.opinion.default.stability.DRAWN_ROUND", 20)
    positions = np.random.default_rng(0).normal(size=(50, 2))
    [found] = _outlines(positions, np.zeros(50, dtype=np.int64), 1)
    assert found.tolist() == outline(positions[::3]).tolist()


@pytest.mark.slow
def test_repeat_of_clear_camps_holds() -> None:
    found = repeat(shown(), 20, seed=1)
    assert (found.rounds, found.numbers.shape, found.agreement.shape, found.membership.shape) == (
        20,
        (20,),
        (20,),
        (80,),
    )
    assert np.mean(found.numbers == 2) > 0.8
    assert found.agreement.mean() > 0.9
    assert (found.membership > 0.9).mean() > 0.9


@pytest.mark.slow
def test_repeat_of_faint_camps_wavers() -> None:
    clear, faint = (repeat(shown(noise=noise, statements=12), 20, seed=1) for noise in (0.1, 0.8))
    assert faint.agreement.mean() < clear.agreement.mean() - 0.3
    assert faint.membership.mean() < clear.membership.mean() - 0.1


@pytest.mark.slow
def test_repeat_draws_outlines_in_the_frame_of_the_map() -> None:
    map_shown = shown()
    found = repeat(map_shown, 10, seed=1)
    assert {line.shape for line in found.outlines} == {(2, DIRECTIONS, 2)}
    for group in range(2):
        middle = map_shown.positions[map_shown.group_of == group].mean(axis=0)
        middles = np.array([line[group].mean(axis=0) for line in found.outlines])
        assert np.linalg.norm(middles - middle, axis=1).max() < 0.3


@pytest.mark.slow
def test_repeat_is_the_same_for_the_same_seed() -> None:
    one, same, other = (repeat(shown(noise=0.5), 5, seed=seed) for seed in (1, 1, 2))
    assert one.agreement.tolist() == same.agreement.tolist()
    assert one.agreement.tolist() != other.agreement.tolist()


@pytest.mark.slow
def test_repeat_places_all_people_though_few_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decapolis_methods.opinion.default.stability.DRAWN", 30)
    found = repeat(shown(), 8, seed=1)
    assert found.membership.shape == (80,)
    assert found.agreement.mean() > 0.8


def test_repeat_without_the_statement_that_sets_people_apart_finds_no_groups() -> None:
    """One statement of four divides people; a repeat that does not draw it has everybody together."""
    side = np.arange(40) % 2
    table = np.ones((40, 4), dtype=int)
    table[:, 0] = 1 - 2 * side
    who, what = np.indices(table.shape).reshape(2, -1)
    none = np.zeros(4, dtype=bool)
    ballots = cast(Votes.from_triplets(who, what, table.ravel()), Moderation(none, none))
    found = repeat(Shown(ballots, fit(ballots).positions, side.astype(np.int64), 1), 12, seed=0)
    assert set(found.agreement.tolist()) == {0.0, 1.0}
    assert (found.numbers[found.agreement == 0] == 0).all()
