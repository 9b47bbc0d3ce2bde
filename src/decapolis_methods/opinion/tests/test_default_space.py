import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decapolis_methods.opinion.analysis import Moderation
from decapolis_methods.opinion.default.ballots import Ballots, cast
from decapolis_methods.opinion.default.space import PENALTY, additive, fit, place, residual, strongest
from decapolis_methods.opinion.votes import Votes


def ballots_of_table(table: list[list[int]] | np.ndarray) -> Ballots:
    """Everybody answered everything; 0 is a pass."""
    values = np.asarray(table)
    who, what = np.indices(values.shape).reshape(2, -1)
    return cast(Votes.from_triplets(who, what, values.ravel()), nothing_moderated(values.shape[1]))


def nothing_moderated(statements: int) -> Moderation:
    return Moderation(np.zeros(statements, dtype=bool), np.zeros(statements, dtype=bool))


def two_camps(people: int, statements: int, *, seed: int = 0, sure: float = 0.9) -> np.ndarray:
    """The first half agrees with the first half of the statements, the second half with the others; some stray."""
    rng = np.random.default_rng(seed)
    side = np.where(np.arange(people) < people // 2, 1, -1)
    lean = np.where(np.arange(statements) < statements // 2, 1, -1)
    stray = np.where(rng.random((people, statements)) < sure, 1, -1)
    return np.asarray(side[:, None] * lean * stray)


def test_cast_takes_positions_only() -> None:
    votes = Votes.from_triplets([1, 1, 1, 2, 2], [5, 6, 7, 5, 6], [1, 0, -1, 1, 1])
    refused = np.array([False, False, True])
    ballots = cast(votes, Moderation(refused, np.zeros(3, dtype=bool)))
    assert ballots.answers.toarray().tolist() == [[1, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0]]
    assert (ballots.per_person.tolist(), ballots.per_statement.tolist()) == ([1, 2], [2, 1, 0])


def test_cast_leaves_meta_statements_out() -> None:
    votes = Votes.from_triplets([1, 1], [5, 6], [1, 1])
    moderation = Moderation(np.zeros(2, dtype=bool), np.array([True, False]))
    assert cast(votes, moderation).per_statement.tolist() == [0, 1]


def test_ballots_of_some_people() -> None:
    ballots = ballots_of_table([[1, -1], [1, 1], [-1, 0]])
    some = ballots.of(np.array([2, 0]))
    assert some.answers.toarray().tolist() == [[0, 0, 1, 0], [1, 0, 0, 1]]


def test_ballots_sample_is_the_first_people(monkeypatch: pytest.MonkeyPatch) -> None:
    ballots = ballots_of_table([[1, -1], [1, 1], [-1, 0]])
    assert ballots.sample is ballots
    monkeypatch.setattr("decapolis_methods.opinion.default.ballots.SAMPLE", 1)
    assert ballots.sample.answers.toarray().tolist() == [[1, 0, 0, 1]]


@pytest.mark.parametrize("seed", range(8))
def test_ballots_order_begins_with_a_fair_sample_where_many_said_the_same(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three in ten gave the same answers: so did about three in ten of the sample, not all of them or nobody."""
    monkeypatch.setattr("decapolis_methods.opinion.default.ballots.SAMPLE", 300)
    table = np.random.default_rng(seed).choice([-1, 1], (1000, 20))
    table[:300] = table[0]
    order = ballots_of_table(table).order
    assert sorted(order.tolist()) == list(range(1000))
    assert 0.2 < (order[:300] < 300).mean() < 0.4


def test_additive_first_step_by_hand() -> None:
    """Without leaning a statement with 5 agree and 1 disagree has the centre 4 / (6 + 3)."""
    ballots = ballots_of_table([[1], [1], [1], [1], [1], [-1]])
    leaning, centre = additive(ballots, np.ones(6), np.ones(1))
    assert 0 < centre[0] < 4 / (6 + PENALTY)
    assert leaning[0] > 0 > leaning[-1]


def test_residual_is_what_is_left_where_something_was_answered() -> None:
    ballots = ballots_of_table([[1, 0], [-1, 1]])
    left = residual(ballots, np.array([0.1, 0.2]), np.array([0.3, 0.4]))
    assert left.toarray() == pytest.approx(np.array([[0.6, 0.0], [-1.5, 0.4]]))


@pytest.mark.parametrize("columns", [1, 2, 5, 30, 60])
def test_strongest_equals_singular_values(columns: int) -> None:
    ballots = ballots_of_table(np.random.default_rng(1).choice([-1, 1], (40, columns)))
    table = residual(ballots, np.zeros(40), np.zeros(columns))
    values, directions = strongest(table, 2)
    expected = np.pad(np.linalg.svd(table.toarray())[1] ** 2, (0, 2))[:2]
    assert values == pytest.approx(expected, abs=1e-6)
    assert directions.shape == (columns, 2)


def test_fit_separates_two_camps_along_the_first_axis() -> None:
    found = fit(ballots_of_table(two_camps(40, 20)))
    assert found.positions[:20, 0].min() > found.positions[20:, 0].max()
    assert (found.loadings[:10, 0] > 0).all()
    assert (found.loadings[10:, 0] < 0).all()


def test_fit_axes_are_at_right_angles_and_of_mean_square_one() -> None:
    found = fit(ballots_of_table(two_camps(60, 24, sure=0.7)))
    assert found.loadings.T @ found.loadings / 24 == pytest.approx(np.eye(2), abs=1e-9)
    away = found.positions - found.positions.mean(axis=0)
    spread = away.T @ away
    assert spread[0, 1] == pytest.approx(0, abs=1e-9)
    assert spread[0, 0] > spread[1, 1]


def test_fit_agreeing_with_everything_is_no_axis() -> None:
    """A third agrees with all, a third disagrees with all: they lean differently and stand in the same place."""
    table = np.concatenate([two_camps(40, 20), np.ones((20, 20), int), -np.ones((20, 20), int)])
    found = fit(ballots_of_table(table))
    assert found.leaning[40:60].min() > 0.5
    assert found.leaning[60:].max() < -0.5
    between = np.linalg.norm(found.positions[40:60].mean(axis=0) - found.positions[60:].mean(axis=0))
    camps = np.linalg.norm(found.positions[:20].mean(axis=0) - found.positions[20:40].mean(axis=0))
    assert between < 0.05 * camps


def test_fit_draws_people_of_few_words_to_the_origin() -> None:
    table = two_camps(40, 20, sure=1.0)
    table[0, 2:] = 0
    found = fit(ballots_of_table(table))
    assert abs(found.positions[0, 0]) < 0.6 * abs(found.positions[1, 0])


def test_fit_mirrors_when_agree_and_disagree_change_places() -> None:
    table = two_camps(40, 20, sure=0.8)
    one, other = fit(ballots_of_table(table)), fit(ballots_of_table(-table))
    assert other.centre == pytest.approx(-one.centre)
    assert other.leaning == pytest.approx(-one.leaning)
    assert other.loadings == pytest.approx(one.loadings, abs=1e-6)
    assert other.positions == pytest.approx(-one.positions, abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_fit_does_not_depend_on_the_order_of_people_or_statements(seed: int) -> None:
    table = two_camps(40, 16, sure=0.75, seed=seed % 7)
    rng = np.random.default_rng(seed)
    people, statements = rng.permutation(40), rng.permutation(16)
    one, other = fit(ballots_of_table(table)), fit(ballots_of_table(table[people][:, statements]))
    assert other.positions == pytest.approx(one.positions[people], abs=1e-6)
    assert other.loadings == pytest.approx(one.loadings[statements], abs=1e-6)


def test_fit_weights_count_as_repeated_people() -> None:
    table = two_camps(30, 12, sure=0.8)
    weights = np.random.default_rng(2).integers(1, 4, 30)
    once = fit(ballots_of_table(table), people=weights.astype(float))
    repeated = fit(ballots_of_table(np.repeat(table, weights, axis=0)))
    assert once.centre == pytest.approx(repeated.centre)
    assert np.repeat(once.positions, weights, axis=0) == pytest.approx(repeated.positions, abs=1e-6)


def test_fit_of_nothing_is_flat() -> None:
    found = fit(ballots_of_table([[0, 0, 0], [0, 0, 0]]))
    assert found.positions.tolist() == [[0, 0], [0, 0]]
    assert found.centre.tolist() == [0, 0, 0]
    assert found.loadings.tolist() == [[0, 0]] * 3


@pytest.mark.parametrize("statements", [1, 2])
def test_fit_with_fewer_statements_than_axes(statements: int) -> None:
    found = fit(ballots_of_table(two_camps(20, 4)[:, :statements]))
    assert np.isfinite(found.positions).all()
    assert found.loadings.shape == (statements, 2)


def test_place_gives_the_positions_of_the_fit() -> None:
    ballots = ballots_of_table(two_camps(30, 12, sure=0.8))
    space = fit(ballots)
    assert place(ballots, space, np.ones(12)) == pytest.approx(space.positions)


def test_fit_people_and_statements_without_answers_change_nothing() -> None:
    table = two_camps(30, 12, sure=0.8)
    wider = np.pad(table, ((0, 5), (0, 7)))
    one, other = fit(ballots_of_table(table)), fit(ballots_of_table(wider))
    assert other.positions[:30] == pytest.approx(one.positions, abs=1e-6)
    assert other.loadings[:12] == pytest.approx(one.loadings, abs=1e-6)
    assert (other.loadings[12:] == 0).all()
