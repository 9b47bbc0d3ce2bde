"""Subtracting groups from everybody."""

from collections import defaultdict
from dataclasses import replace
from functools import cache
from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from decapolis_methods.disclosure.differencing import leaves_open, possible_counts
from decapolis_methods.disclosure.shares import WITHHELD, Share, passes, release_answers, release_share


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


@settings(deadline=None, max_examples=60)
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
    assert leaves_open(replace(whole, percent=43), [large, few], is_complete=True)


def test_leaves_open_looks_at_those_who_did_not_as_well() -> None:
    whole, parts = release_share(62, 100), [release_share(30, 65), release_share(32, 35)]
    mirrored = release_share(38, 100), [release_share(35, 65), release_share(3, 35)]
    assert leaves_open(whole, parts) == leaves_open(*mirrored)


def test_leaves_open_where_a_group_is_withheld_altogether() -> None:
    assert leaves_open(release_share(50, 100), [WITHHELD, release_share(40, 80)])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=4), st.integers(0, 9))
def test_leaves_open_does_not_depend_on_the_order_of_groups(groups: list[tuple[int, int]], outside: int) -> None:
    trials = [yes + no for yes, no in groups]
    whole = release_share(sum(yes for yes, _ in groups), sum(trials) + outside)
    parts = [release_share(yes, yes + no) for yes, no in groups]
    assert leaves_open(whole, parts) == leaves_open(whole, parts[::-1])


@settings(deadline=None, max_examples=60)
@given(st.integers(5, 400), st.integers(5, 400), st.integers(5, 400), st.integers(5, 400))
def test_leaves_open_where_thousands_are_in_no_group(yes: int, no: int, more: int, others: int) -> None:
    whole = release_share(yes + more + 2000, yes + no + more + others + 5000)
    assert leaves_open(whole, [release_share(yes, yes + no), release_share(more, more + others)])


def test_leaves_open_sees_passes_that_could_be_computed() -> None:
    """13 of 87 passed, 13 of 47 in one group: nobody else did, although agree and disagree leave that open."""
    tables = [release_answers(49, 25, 87), release_answers(13, 21, 47), release_answers(32, 1, 33)]
    for place in (0, 1):
        assert leaves_open(tables[0][place], [tables[1][place], tables[2][place]])
    assert not leaves_open(passes(*tables[0]), [passes(*tables[1]), passes(*tables[2])])


Table = tuple[Share, Share]

LARGEST = 24


@cache
def worlds() -> dict[Table, NDArray[np.int64]]:
    """For each pair of published shares, all counts (agree, disagree, pass) behind it, for up to 58 people."""
    found = defaultdict(list)
    for seen in range(2 * LARGEST + 10):
        for agree in range(seen + 1):
            for disagree in range(seen - agree + 1):
                found[release_answers(agree, disagree, seen)].append((agree, disagree, seen - agree - disagree))
    return {table: np.array(counts) for table, counts in found.items()}


def readings(whole: Table, first: Table, second: Table) -> NDArray[np.int64]:
    """All ways to fill the table: counts of both groups and of the rest, side by side."""
    one, two = worlds()[first], worlds()[second]
    filled = []
    for everybody in worlds()[whole]:
        left = everybody - one
        left, ones = left[(left >= 0).all(axis=1)], one[(left >= 0).all(axis=1)]
        rest = left[:, None] - two[None]
        at, of = np.nonzero((rest >= 0).all(axis=2))
        filled.append(np.hstack([ones[at], two[of], rest[at, of]]))
    return np.vstack(filled)


def random_table(seed: int) -> list[tuple[int, ...]]:
    """Counts of two groups and of a small rest."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(12, LARGEST + 1, size=2)
    groups = [tuple(rng.multinomial(size, rng.dirichlet((1, 1, 1))).tolist()) for size in sizes]
    return [*groups, tuple(rng.integers(0, 4, size=3).tolist())]


def published(true: list[tuple[int, ...]]) -> list[Table]:
    """Shares of everybody and of the groups."""
    everybody = tuple(map(sum, zip(*true, strict=True)))
    return [release_answers(counts[0], counts[1], sum(counts)) for counts in (everybody, *true[:-1])]


def is_let_through(tables: list[Table]) -> bool:
    shares = [(*table, passes(*table)) for table in tables]
    return all(leaves_open(whole, parts) for whole, *parts in zip(*shares, strict=True))


@pytest.mark.slow
def test_tables_that_leave_open_fix_no_small_count() -> None:
    """Solved for all counts at once, whatever is let through can be read in more than one way."""
    tried = [random_table(seed) for seed in range(14)]
    let_through = [true for true in tried if is_let_through(published(true))]
    assert len(let_through) >= 7
    for true in let_through:
        filled = readings(*published(true))
        counts = list(chain.from_iterable(true))
        assert (filled == np.array(counts)).all(axis=1).any()
        small = [at for at, count in enumerate(counts) if count < 10]
        assert min(len(np.unique(filled[:, at])) for at in small) >= 2
