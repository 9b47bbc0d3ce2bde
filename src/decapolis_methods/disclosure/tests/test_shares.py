"""Shares: hand-worked figures, and an exhaustive search that no small count can be computed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decapolis_methods.disclosure.shares import (
    WITHHELD,
    Share,
    check_minimum,
    passes,
    published_number,
    release_answers,
    release_share,
    wilson,
)
from decapolis_methods.errors import MethodError

Answers = tuple[int, int, int]
"""Counts of agree, disagree and pass."""


# Newcombe (1998), table I, method 3, as published there to four digits.
@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_intervals(successes: int, trials: int, low: float, high: float) -> None:
    assert wilson(successes, trials) == pytest.approx((low, high), abs=5e-5)


def test_wilson_is_symmetrical() -> None:
    low, high = wilson(3, 20)
    assert wilson(17, 20) == pytest.approx((1 - high, 1 - low))


@settings(deadline=None, max_examples=60)
@given(trials=st.integers(1, 5000), share=st.floats(0, 1))
def test_wilson_holds_the_share_and_stays_a_share(trials: int, share: float) -> None:
    low, high = wilson(share * trials, trials)
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1


@pytest.mark.parametrize(("successes", "trials"), [(1, 0), (0, 0), (-1, 5), (6, 5)])
def test_wilson_refuses_counts_that_cannot_be(successes: int, trials: int) -> None:
    with pytest.raises(MethodError, match="successes"):
        wilson(successes, trials)


@pytest.mark.parametrize(
    ("successes", "trials", "expected"),
    [
        (0, 9, WITHHELD),
        (9, 9, WITHHELD),
        (0, 10, Share("few", None, 0, 50, 10)),
        (5, 10, Share("few", None, 0, 50, 10)),
        (6, 10, Share("nearly all", None, 50, 100, 10)),
        (10, 10, Share("nearly all", None, 50, 100, 10)),
        (9, 100, Share("few", None, 0, 9, 100)),
        (10, 100, Share("exact", 10, 6, 17, 100)),
        (90, 100, Share("exact", 90, 83, 94, 100)),
        (91, 100, Share("nearly all", None, 91, 100, 100)),
        (0, 1000, Share("few", None, 0, 1, 1000)),
        (25, 200, Share("exact", 13, 9, 18, 200)),
    ],
)
def test_release_share_by_hand(successes: int, trials: int, expected: Share) -> None:
    assert release_share(successes, trials) == expected


def test_release_share_interval_follows_from_what_is_published() -> None:
    share = release_share(502, 571)
    low, high = wilson(0.88 * 570, 570)
    assert (share.low, share.high) == (round(100 * low), round(100 * high))


@settings(deadline=None, max_examples=60)
@given(trials=st.integers(10, 3000), data=st.data())
def test_release_share_holds_the_true_share(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    share = release_share(successes, trials)
    assert share.low is not None
    assert share.high is not None
    assert share.low - 0.5 <= 100 * successes / trials <= share.high + 0.5


@settings(deadline=None, max_examples=60)
@given(trials=st.integers(20, 3000), data=st.data())
def test_release_share_of_the_others_mirrors(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials).filter(lambda count: 2 * count != trials))
    share, others = release_share(successes, trials), release_share(trials - successes, trials)
    mirror = {"few": "nearly all", "nearly all": "few", "exact": "exact"}
    assert others.bound == mirror[share.bound]


def test_release_share_takes_a_higher_minimum() -> None:
    assert release_share(12, 100, minimum=20).bound == "few"
    assert release_share(12, 19, minimum=20) == WITHHELD


@pytest.mark.parametrize(("minimum", "where"), [(9, "public"), (0, "public"), (4, "inside"), (-3, "inside")])
def test_minimum_goes_upwards_only(minimum: int, where: str) -> None:
    inside = where == "inside"
    with pytest.raises(MethodError, match="minimum"):
        check_minimum(minimum, inside=inside)
    with pytest.raises(MethodError, match="minimum"):
        release_share(50, 100, minimum=minimum, inside=inside)


@pytest.mark.parametrize(("successes", "trials"), [(-1, 20), (21, 20)])
def test_release_share_refuses_counts_that_cannot_be(successes: int, trials: int) -> None:
    with pytest.raises(MethodError, match="successes"):
        release_share(successes, trials)


def test_release_answers_refuses_more_answers_than_people() -> None:
    with pytest.raises(MethodError, match="seen: 20"):
        release_answers(11, 10, 20)


@pytest.mark.parametrize(
    ("agree", "disagree", "seen", "bounds"),
    [
        (300, 200, 571, ("exact", "exact")),  # 71 passed: nothing is small
        (300, 266, 571, ("exact", "between")),  # 5 passed: the smaller share becomes a range
        (266, 300, 571, ("between", "exact")),
        (4, 500, 571, ("few", "exact")),  # 67 passed
        (9, 553, 571, ("few", "between")),  # 9 and 9: the sum alone would give both away
        (4, 565, 571, ("few", "nearly all")),
        (5, 6, 571, ("few", "few")),
        (3, 4, 9, ("withheld", "withheld")),
    ],
)
def test_release_answers_by_hand(agree: int, disagree: int, seen: int, bounds: tuple[str, str]) -> None:
    assert tuple(share.bound for share in release_answers(agree, disagree, seen)) == bounds


@settings(deadline=None, max_examples=60)
@given(seen=st.integers(10, 2000), data=st.data())
def test_release_answers_hold_the_true_shares(seen: int, data: st.DataObject) -> None:
    agree = data.draw(st.integers(0, seen))
    disagree = data.draw(st.integers(0, seen - agree))
    for count, share in zip((agree, disagree), release_answers(agree, disagree, seen), strict=True):
        assert share.low is not None
        assert share.high is not None
        assert share.low - 0.5 <= 100 * count / seen <= share.high + 0.5


@settings(deadline=None, max_examples=60)
@given(seen=st.integers(10, 800), data=st.data())
def test_passes_hold_the_true_share(seen: int, data: st.DataObject) -> None:
    agree = data.draw(st.integers(0, seen))
    disagree = data.draw(st.integers(0, seen - agree))
    share = passes(*release_answers(agree, disagree, seen))
    assert share.low is not None
    assert share.high is not None
    assert share.low - 1 <= 100 * (seen - agree - disagree) / seen <= share.high + 1


@pytest.mark.parametrize(
    ("agree", "disagree", "seen", "expected"),
    [
        (60, 20, 100, Share("exact", 20, 13, 29, 100)),
        (60, 5, 100, Share("between", None, 31, 40, 100)),
        (3, 95, 100, Share("between", None, 0, 9, 100)),
        (3, 4, 9, WITHHELD),
    ],
)
def test_passes_by_hand(agree: int, disagree: int, seen: int, expected: Share) -> None:
    assert passes(*release_answers(agree, disagree, seen)) == expected


def test_published_number_rounds_down_to_half_the_minimum() -> None:
    assert [published_number(people, 10) for people in (10, 14, 15, 19, 571)] == [10, 10, 15, 15, 570]
    assert published_number(23, 20) == 20


def every_answer(most: int) -> Iterator[Answers]:
    """All ways in which up to `most` people can agree, disagree and pass."""
    for seen in range(most + 1):
        for agree in range(seen + 1):
            for disagree in range(seen - agree + 1):
                yield agree, disagree, seen - agree - disagree


def fewest_open(worlds: Iterable[Answers], minimum: int) -> int:
    """In how many ways the least open of the counts below the minimum can be read."""
    open_ways = [len(set(counts)) for counts in zip(*worlds, strict=True) if min(counts) < minimum]
    return min(open_ways, default=minimum)


@pytest.mark.slow
@pytest.mark.parametrize(("minimum", "most"), [(10, 62), (5, 40)])
def test_release_answers_leave_every_small_count_open(minimum: int, most: int) -> None:
    """Whatever is published fits at least half the minimum of different numbers for each small count."""
    worlds: dict[tuple[Share, Share], list[Answers]] = defaultdict(list)
    for agree, disagree, passed in every_answer(most + minimum):
        seen = agree + disagree + passed
        worlds[release_answers(agree, disagree, seen, minimum=minimum, inside=minimum < 10)].append(
            (agree, disagree, passed)
        )
    complete = [fits for fits in worlds.values() if max(map(sum, fits)) <= most]
    assert len(complete) > 100
    assert min(fewest_open(fits, minimum) for fits in complete) >= minimum // 2


def test_release_share_alone_leaves_every_small_count_open() -> None:
    worlds: dict[Share, list[tuple[int, int]]] = defaultdict(list)
    for trials in range(205):
        for successes in range(trials + 1):
            worlds[release_share(successes, trials)].append((successes, trials - successes))
    for fits in worlds.values():
        for counts in zip(*fits, strict=True):
            assert min(counts) >= 10 or len(set(counts)) >= 5
