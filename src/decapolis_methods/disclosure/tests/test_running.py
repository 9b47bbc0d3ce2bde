"""Shares while people still answer: no two results, subtracted, give a small number away."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decapolis_methods.disclosure.running import coarse_sizes, release_running_answers
from decapolis_methods.disclosure.shares import Share, release_answers
from decapolis_methods.disclosure.sizes import Sizes
from decapolis_methods.errors import MethodError

Triple = tuple[int, int, int]
SMALL = range(1, 10)


def triples(seen: int) -> Iterator[Triple]:
    """Every way in which so many people can agree, disagree and pass."""
    return (
        (agree, disagree, seen - agree - disagree) for agree in range(seen + 1) for disagree in range(seen - agree + 1)
    )


def alike(seen: int) -> dict[tuple[Share, Share], list[Triple]]:
    """Ways to answer by what is published of them, for somebody who knows how many were asked."""
    found = defaultdict(list)
    for one in triples(seen):
        found[release_running_answers(one[0], one[1], seen)].append(one)
    return found


def fits(exact: int, possible: set[int]) -> set[int]:
    """Differences between an exact later count and what an earlier one may have been."""
    return {exact - one for one in possible}


@pytest.mark.slow
@pytest.mark.parametrize("seen", [10, 29, 30, 31, 39, 40, 55, 60, 79, 100, 120])
def test_each_count_may_be_any_of_ten_numbers_even_where_it_is_known_how_many_were_asked(seen: int) -> None:
    for published, behind in alike(seen).items():
        for count in range(3):
            possible = {one[count] for one in behind}
            assert len(possible) >= 10, (published, count)
            assert max(possible) - min(possible) >= 9, (published, count)


ASKED = st.integers(10, 70).flatmap(lambda seen: st.sampled_from(list(triples(seen))))


@settings(deadline=None, max_examples=50)
@given(before=ASKED, come=st.tuples(*[st.integers(0, 12)] * 3))
def test_no_later_result_however_exact_fixes_a_small_number_of_those_who_came(before: Triple, come: Triple) -> None:
    """Whoever knows everything of the later result, and how many were asked in both, is not certain of 1 to 9."""
    behind = alike(sum(before))[release_running_answers(before[0], before[1], sum(before))]
    for count in range(3):
        differences = fits(before[count] + come[count], {one[count] for one in behind})
        assert not differences <= set(SMALL)
        assert not differences <= {-one for one in SMALL}


def test_exact_figures_would_fix_one() -> None:
    """What this is for: by exact figures, one of ten newcomers is known to have agreed."""
    first, then = release_answers(400, 400, 1000)[0], release_answers(410, 400, 1010)[0]
    assert (first.bound, then.bound) == ("exact", "exact")
    assert release_answers(40, 40, 100) != release_answers(41, 49, 110)
    assert release_running_answers(400, 400, 1000) == release_running_answers(405, 400, 1009)


@pytest.mark.parametrize(
    ("counts", "agree", "disagree"),
    [
        ((320, 210, 580), ("exact", 52, 60), ("exact", 33, 41)),
        ((40, 30, 100), ("between", 36, 49), ("between", 27, 39)),
        ((60, 38, 100), ("between", 55, 69), ("between", 0, 49)),
        ((3, 40, 100), ("few", 0, 10), ("between", 36, 49)),
        ((99, 0, 100), ("between", 82, 100), ("between", 0, 19)),
        ((15, 10, 29), ("withheld", None, None), ("withheld", None, None)),
    ],
)
def test_release_running_answers_by_hand(
    counts: Triple, agree: tuple[object, ...], disagree: tuple[object, ...]
) -> None:
    shares = release_running_answers(*counts)
    assert [(share.bound, share.low, share.high) for share in shares] == [agree, disagree]


@settings(deadline=None, max_examples=200)
@given(st.integers(30, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.integers(0, n), st.just(n))))
def test_a_range_holds_the_true_share(counts: Triple) -> None:
    agree, disagree, seen = counts
    disagree = min(disagree, seen - agree)
    for count, share in zip((agree, disagree), release_running_answers(agree, disagree, seen), strict=True):
        assert share.low is not None
        assert share.high is not None
        slack = 2 if share.bound == "exact" else 0
        assert share.low - slack <= 100 * count / seen <= share.high + slack


@pytest.mark.parametrize("counts", [(5, 6, 10), (-1, 0, 40), (0, -1, 40)])
def test_counts_that_cannot_be_are_refused(counts: Triple) -> None:
    with pytest.raises(MethodError):
        release_running_answers(*counts)


def test_a_minimum_below_the_floor_is_refused() -> None:
    with pytest.raises(MethodError):
        release_running_answers(20, 20, 50, minimum=5)
    with pytest.raises(MethodError):
        coarse_sizes(Sizes((), 0, 1), minimum=5)


def test_coarse_sizes_by_hand() -> None:
    assert coarse_sizes(Sizes((57, None, 10), None, 5)) == Sizes((50, None, 10), None, 10)
    assert coarse_sizes(Sizes((), 40, 1)) == Sizes((), 40, 10)
