import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from decapolis_methods.opinion.intervals import difference_test, false_discovery, half_test, lower, smoothed, upper


def test_smoothed_by_hand() -> None:
    assert smoothed([0, 0, 4], [0, 4, 4]).tolist() == pytest.approx([1 / 2, 1 / 6, 5 / 6])


@given(st.integers(0, 400), st.integers(0, 400))
def test_interval_equals_beta_quantiles(successes: int, failures: int) -> None:
    posterior = stats.beta(successes + 1, failures + 1)
    trials = successes + failures
    assert lower(successes, trials) == pytest.approx(posterior.ppf(0.025), abs=1e-9)
    assert upper(successes, trials) == pytest.approx(posterior.ppf(0.975), abs=1e-9)


@given(st.integers(0, 60), st.integers(0, 60))
def test_interval_holds_the_smoothed_share(successes: int, failures: int) -> None:
    trials = successes + failures
    assert lower(successes, trials) < smoothed(successes, trials) < upper(successes, trials)


@given(st.integers(0, 60), st.integers(0, 60))
def test_interval_mirrors_when_success_and_failure_change_places(successes: int, failures: int) -> None:
    trials = successes + failures
    assert lower(successes, trials) == pytest.approx(1 - upper(failures, trials))


def test_interval_of_nobody_asked_is_almost_everything() -> None:
    assert lower(0, 0) == pytest.approx(0.025)
    assert upper(0, 0) == pytest.approx(0.975)


def test_interval_narrows_with_answers() -> None:
    widths = upper([5, 50, 500], [10, 100, 1000]) - lower([5, 50, 500], [10, 100, 1000])
    assert widths[0] > widths[1] > widths[2]


def test_half_test_by_hand() -> None:
    """6 of 6: share 7/8, standard error (1/2) / sqrt(8)."""
    assert half_test(6, 6) == pytest.approx((7 / 8 - 1 / 2) / (0.5 / np.sqrt(8)))
    assert half_test(3, 6) == 0.0


def test_difference_test_by_hand() -> None:
    """8 of 8 here, 0 of 8 there: 9/10 against 1/10, pooled 10/20, standard error sqrt(1/4 * (1/10 + 1/10))."""
    eight, none = np.array([8.0]), np.array([0.0])
    assert difference_test((eight, eight), (none, eight)) == pytest.approx(0.8 / np.sqrt(0.05))


def test_difference_test_changes_sign_with_the_sides() -> None:
    here, there = (np.array([7.0]), np.array([9.0])), (np.array([2.0]), np.array([30.0]))
    assert difference_test(here, there) == pytest.approx(-difference_test(there, here))


def test_false_discovery_by_hand() -> None:
    """Ranks 1, 2, 3 of 0.01, 0.02, 0.06 give 0.03, 0.03, 0.06; the order of the tests does not matter."""
    assert false_discovery(np.array([0.06, 0.01, 0.02])).tolist() == pytest.approx([0.06, 0.03, 0.03])


def test_false_discovery_reaches_down_from_a_later_rank() -> None:
    assert false_discovery(np.array([0.02, 0.021])).tolist() == pytest.approx([0.021, 0.021])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_false_discovery_equals_scipy(chances: list[float]) -> None:
    expected = stats.false_discovery_control(chances)
    assert false_discovery(np.array(chances)) == pytest.approx(expected)


def test_false_discovery_keeps_the_shape() -> None:
    table = np.linspace(0, 1, 12).reshape(3, 4)
    assert false_discovery(table).ravel() == pytest.approx(false_discovery(table.ravel()))


def test_false_discovery_holds_what_it_promises() -> None:
    """90 tests of nothing beside 10 of something, 400 times: of what is found at 5 %, at most 5 % is nothing."""
    rng = np.random.default_rng(5)
    false_share = []
    for _ in range(400):
        chances = np.concatenate([rng.random(90), stats.norm.sf(rng.normal(3.5, 1, 10))])
        found = np.flatnonzero(false_discovery(chances) <= 0.05)
        false_share.append((found < 90).sum() / max(len(found), 1))
    assert np.mean(false_share) < 0.06
