"""Subtracting groups from everybody."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decapolis_methods.disclosure.differencing import leaves_open, possible_counts
from decapolis_methods.disclosure.shares import WITHHELD, Share, release_share


@pytest.mark.parametrize(
    ("successes", "trials", "expected"),
    [
        (30, 60, (30, 32)),  # 49.5 % of 60 to 50.5 % of 64
        (4, 60, (0, 9)),
        (57, 60, (51, 64)),
        (4, 8, (0, 9)),
        (10, 1000, (10, 15)),  # 0.5 % of 1,000 would be 5, but an exact share is no small count
    ],
)
def test_possible_counts_by_hand(successes: int, trials: int, expected: tuple[int, int]) -> None:
    assert possible_counts(release_share(successes, trials), 10) == expected


def test_possible_counts_of_a_range() -> None:
    assert possible_counts(Share("between", None, 31, 49, 100), 10) == (31, 51)


@given(trials=st.integers(0, 3000), data=st.data())
def test_possible_counts_hold_the_true_count(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    least, most = possible_counts(release_share(successes, trials), 10)
    assert least <= successes <= most


def test_leaves_open_where_many_are_in_no_group() -> None:
    assert leaves_open(release_share(500, 1000), [release_share(200, 400), release_share(150, 300)])


def test_leaves_open_where_rounding_hides_the_rest() -> None:
    assert leaves_open(release_share(302, 604), [release_share(200, 400), release_share(100, 200)])


def test_leaves_open_refuses_where_the_rest_is_nearly_computed() -> None:
    whole = Share("exact", 50, 38, 62, 60)  # 30 to 32
    parts = [Share("exact", 47, 30, 64, 30), Share("exact", 57, 39, 73, 30)]  # 14 to 16 and 17 to 19
    assert not leaves_open(whole, parts)  # the rest: none or one


def test_leaves_open_refuses_where_everybody_minus_one_group_gives_the_other() -> None:
    whole, large = release_share(40, 100), Share("exact", 58, 46, 69, 65)  # 40 to 42 less 38 to 40
    few = Share("few", None, 0, 26, 35)
    assert not leaves_open(replace(whole, percent=37), [large, few], is_complete=True)
    assert leaves_open(whole, [large, few], is_complete=True)


def test_leaves_open_looks_at_those_who_did_not_as_well() -> None:
    whole, parts = release_share(62, 100), [release_share(30, 65), release_share(32, 35)]
    mirrored = release_share(38, 100), [release_share(35, 65), release_share(3, 35)]
    assert leaves_open(whole, parts) == leaves_open(*mirrored)


def test_leaves_open_where_a_group_is_withheld_altogether() -> None:
    assert leaves_open(release_share(50, 100), [WITHHELD, release_share(40, 80)])


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=4), st.integers(0, 9))
def test_leaves_open_does_not_depend_on_the_order_of_groups(groups: list[tuple[int, int]], outside: int) -> None:
    trials = [yes + no for yes, no in groups]
    whole = release_share(sum(yes for yes, _ in groups), sum(trials) + outside)
    parts = [release_share(yes, yes + no) for yes, no in groups]
    assert leaves_open(whole, parts) == leaves_open(whole, parts[::-1])


@given(st.integers(5, 400), st.integers(5, 400), st.integers(5, 400), st.integers(5, 400))
def test_leaves_open_where_thousands_are_in_no_group(yes: int, no: int, more: int, others: int) -> None:
    whole = release_share(yes + more + 2000, yes + no + more + others + 5000)
    assert leaves_open(whole, [release_share(yes, yes + no), release_share(more, more + others)])
