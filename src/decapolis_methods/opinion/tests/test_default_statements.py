"""What is said of statements: representative, consensus, bridging, routing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from decapolis_methods.opinion.analysis import GroupCounts, Moderation, Representative
from decapolis_methods.opinion.default import consensus, representative
from decapolis_methods.opinion.default.bridging import bridging
from decapolis_methods.opinion.default.consensus import find_consensus, lowest_support
from decapolis_methods.opinion.default.representative import find_representative, lowest_difference
from decapolis_methods.opinion.default.routing import priorities
from decapolis_methods.opinion.intervals import false_discovery

Table = list[list[int]]


def counts(agree: Table, disagree: Table, seen: Table) -> GroupCounts:
    return GroupCounts(np.array(agree), np.array(disagree), np.array(seen))


def telling(agree: Table, disagree: Table, seen: Table, *, without: int = -1) -> list[list[Representative]]:
    places = np.arange(len(seen[0]))
    return [list(some) for some in find_representative(counts(agree, disagree, seen), places != without, places + 100)]


def test_find_representative_by_hand() -> None:
    """All 40 of one group agree with the first, all 40 of the other disagree; on the second both are split."""
    first, second = telling([[40, 20], [0, 20]], [[0, 20], [40, 20]], [[40, 40], [40, 40]])
    assert [(one.statement, one.direction) for one in first] == [(100, "agree")]
    assert [(one.statement, one.direction) for one in second] == [(100, "disagree")]
    [one] = first
    assert (one.group, one.successes, one.trials) == (0, 40, 40)
    assert one.share == pytest.approx(41 / 42)
    assert one.ratio == pytest.approx(41)
    posterior = stats.beta(41, 1)
    assert one.low == pytest.approx(posterior.ppf(0.025))
    assert one.high == pytest.approx(posterior.ppf(0.975))
    z = (41 / 42 - 1 / 42) / np.sqrt(1 / 4 * (1 / 42 + 1 / 42))
    assert one.ratio_test == pytest.approx(z)
    # Eight tests: twice this one, four times z = 0, twice the reverse.
    chances = np.array([stats.norm.sf(z)] * 2 + [0.5] * 4 + [stats.norm.sf(-z)] * 2)
    assert one.q_value == pytest.approx(false_discovery(chances)[0])


def test_find_representative_puts_the_surest_difference_first() -> None:
    """10 of 10 against 0 of 10 is a larger difference than 90 of 100 against 20 of 100, but less sure."""
    first, _ = telling([[10, 180], [0, 40]], [[0, 20], [10, 160]], [[10, 200], [10, 200]])
    assert [one.statement for one in first] == [101, 100]


def test_find_representative_asks_for_a_majority_of_the_group() -> None:
    """40 of 100 against none of 100 is a difference, but not what the group says."""
    assert telling([[40], [0]], [[0], [0]], [[100], [100]])[0] == []


def test_find_representative_counts_passes_against_a_share() -> None:
    assert telling([[45], [0]], [[0], [0]], [[100], [100]])[0] == []


def test_find_representative_leaves_out_what_is_not_analysed() -> None:
    tables = [[40, 40], [0, 0]], [[0, 0], [40, 40]], [[40, 40], [40, 40]]
    assert [one.statement for one in telling(*tables, without=0)[0]] == [101]


def test_find_representative_names_at_most_ten() -> None:
    many = 15
    first, second = telling([[40] * many, [0] * many], [[0] * many, [40] * many], [[40] * many] * 2)
    assert len(first) == len(second) == representative.LIMIT
    assert [one.statement for one in first] == list(range(100, 110))


def test_find_representative_needs_two_groups() -> None:
    assert telling([[9]], [[0]], [[9]]) == [[]]
    none = np.empty((0, 3), dtype=np.int64)
    assert find_representative(GroupCounts(none, none, none), np.ones(3, dtype=bool), np.arange(3)) == ()


def test_find_representative_finds_almost_nothing_between_groups_drawn_by_lot() -> None:
    rng = np.random.default_rng(7)
    share = rng.random(400)
    agree = rng.binomial(200, share, size=(2, 400))
    found = find_representative(GroupCounts(agree, 200 - agree, np.full((2, 400), 200)), share > -1, np.arange(400))
    assert sum(map(len, found)) <= 2


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_lowest_difference_is_below_the_difference(here: int, more: int, there: int, further: int) -> None:
    figures = [np.array([float(n)]) for n in (here, here + more, there, there + further)]
    plain = (here + 1) / (here + more + 2) - (there + 1) / (there + further + 2)
    assert lowest_difference(*figures)[0] < plain


def test_lowest_support_takes_the_group_that_supports_least() -> None:
    posterior = stats.beta(5 + 1, 5 + 1)
    assert lowest_support(np.array([[9], [5]]), np.array([[10], [10]])) == pytest.approx(posterior.ppf(0.025))


def test_find_consensus_asks_every_group() -> None:
    """On the first statement both groups agree, on the second only the large one, the third both reject."""
    groups = counts([[95, 95, 2], [18, 4, 0]], [[2, 2, 95], [0, 14, 19]], [[100, 100, 100], [20, 20, 20]])
    everybody = counts([[113, 99, 2]], [[2, 16, 114]], [[120, 120, 120]])
    found = find_consensus(groups, everybody, np.ones(3, dtype=bool), np.array([7, 8, 9]))
    assert [(one.statement, one.direction, one.successes, one.trials) for one in found] == [
        (7, "agree", 113, 120),
        (9, "disagree", 114, 120),
    ]
    assert found[0].share == pytest.approx(114 / 122)
    assert found[0].lowest == pytest.approx(stats.beta(18 + 1, 2 + 1).ppf(0.025))


def test_find_consensus_of_everybody_where_there_are_no_groups() -> None:
    everybody = counts([[30, 10]], [[1, 10]], [[31, 20]])
    [found] = find_consensus(everybody, everybody, np.ones(2, dtype=bool), np.array([7, 8]))
    assert found.lowest == pytest.approx(stats.beta(30 + 1, 1 + 1).ppf(0.025))


def test_find_consensus_is_sure_of_a_majority() -> None:
    """6 of 10 agree: not sure that it is more than half."""
    everybody = counts([[6]], [[4]], [[10]])
    assert find_consensus(everybody, everybody, np.ones(1, dtype=bool), np.array([7])) == ()


def test_find_consensus_leaves_out_what_is_not_analysed_and_names_at_most_ten() -> None:
    everybody = counts([[50] * 15], [[0] * 15], [[50] * 15])
    analysed = np.arange(15) > 1
    found = find_consensus(everybody, everybody, analysed, np.arange(15))
    assert [one.statement for one in found] == list(range(2, 2 + consensus.LIMIT))


def test_find_consensus_does_not_shrink_with_the_number_of_groups() -> None:
    two, five = (counts([[45]] * n, [[5]] * n, [[50]] * n) for n in (2, 5))
    everybody = counts([[90]], [[10]], [[100]])
    lowest = [find_consensus(some, everybody, np.ones(1, dtype=bool), np.array([7]))[0].lowest for some in (two, five)]
    assert lowest[0] == lowest[1]


@pytest.mark.parametrize("larger", [0.5, 0.6, 0.8, 0.95])
def test_bridging_does_not_depend_on_how_large_the_camps_are(larger: float) -> None:
    """Each camp loves its own statement; both like the third a little."""
    lean = 2 * larger - 1
    centre, loadings = np.array([lean, -lean, 0.4]), np.array([[1.0], [-1.0], [0.0]])
    assert bridging(centre, loadings, np.full(3, 50.0)) == pytest.approx([0, 0, 0.4])


def test_bridging_without_axes_is_the_centre() -> None:
    assert bridging(np.array([0.2, -0.3]), np.empty((2, 0)), np.ones(2)).tolist() == [0.2, -0.3]


def test_bridging_of_what_nobody_answered_is_unknown() -> None:
    found = bridging(np.array([0.2, 0.0]), np.zeros((2, 1)), np.array([5.0, 0.0]))
    assert found[0] == 0.2
    assert np.isnan(found[1])


@settings(deadline=None)
@given(st.integers(0, 1000))
def test_bridging_mirrors_with_the_votes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    centre, loadings, answers = rng.normal(size=9), rng.normal(size=(9, 2)), rng.integers(1, 9, 9).astype(float)
    assert bridging(-centre, loadings, answers) == pytest.approx(-bridging(centre, loadings, answers))


def test_priorities_by_hand() -> None:
    """10 saw it, 6 agreed, 2 passed, loadings of length 5: (1 - 3/12) * (1 + 5) * 7/12 * (1 + 8 / 2^2), squared."""
    everybody = counts([[6, 6, 6]], [[2, 2, 2]], [[10, 10, 10]])
    moderation = Moderation(np.array([False, True, False]), np.array([False, False, True]))
    weights = priorities(everybody, np.array([[3.0, 4.0]] * 3), moderation)
    assert weights.tolist() == pytest.approx([(9 / 12 * 6 * 7 / 12 * 3) ** 2, 0, 49])


def test_priorities_prefer_what_was_seldom_seen() -> None:
    everybody = counts([[1, 50]], [[1, 50]], [[2, 100]])
    none = np.zeros(2, dtype=bool)
    rare, frequent = priorities(everybody, np.ones((2, 1)), Moderation(none, none))
    assert rare > 5 * frequent
