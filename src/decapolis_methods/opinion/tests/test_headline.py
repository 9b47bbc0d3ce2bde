"""The statements that sum up a result."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decapolis_methods.disclosure.shares import Share
from decapolis_methods.errors import MethodError
from decapolis_methods.opinion.headline import CLEAR_GAP, gap, headline
from decapolis_methods.opinion.released import Certainty, Common, Direction, Dividing, Released, Withheld

EMPTY = Released(
    participants=500,
    statements=20,
    votes=9000,
    totals=(),
    groups=(),
    undecided=None,
    figures_rounded_to=1,
    no_groups="",
    common=(),
    dividing=(),
    special=(),
    slate=(),
    map=None,
    certainty=Certainty(0, 0, 0.0, 0.0),
    withheld=Withheld(0, 0, 0, 0),
    minimum=10,
    mode="default",
    version="1",
    seed=0,
)


def common(statement: int, direction: Direction = "agree") -> Common:
    return Common(statement, direction, exact(80), 70, ())


def exact(percent: float) -> Share:
    return Share("exact", percent, max(0, percent - 4), min(100, percent + 4), 200)


def dividing(statement: int, *percents: float) -> Dividing:
    return Dividing(statement, tuple(map(exact, percents)))


shares = st.one_of(
    st.integers(0, 100).map(exact),
    st.just(Share("withheld")),
    st.tuples(st.integers(0, 100), st.integers(0, 100)).map(lambda two: Share("between", None, min(two), max(two), 50)),
)


def test_headline_names_common_ground_and_divisions() -> None:
    released = replace(EMPTY, common=(common(3), common(5, "disagree")), dividing=(dividing(8, 20, 70),))

    found = headline(released)

    assert (found.case, found.agreed, found.rejected, found.dividing) == ("common and dividing", (3,), (5,), (8,))


@pytest.mark.parametrize(
    ("commons", "divisions", "case"),
    [
        ((common(1),), (), "only common"),
        ((), (dividing(2, 10, 90),), "only dividing"),
        ((), (), "neither"),
        ((common(1),), (dividing(2, 40, 60),), "only common"),
    ],
)
def test_headline_says_which_case_it_is(commons: tuple[Common], divisions: tuple[Dividing], case: str) -> None:
    assert headline(replace(EMPTY, common=commons, dividing=divisions)).case == case


def test_headline_keeps_the_order_and_counts_the_rest() -> None:
    found = headline(replace(EMPTY, common=tuple(map(common, (9, 4, 7, 1, 2)))), most_common=2)

    assert (found.agreed, found.more_common) == ((9, 4), 3)


@pytest.mark.parametrize("name", ["most_common", "most_dividing"])
def test_headline_refuses_to_name_no_statement(name: str) -> None:
    with pytest.raises(MethodError, match=name):
        headline(EMPTY, **{name: 0})


def test_gap_is_the_distance_of_the_furthest_groups() -> None:
    assert gap(dividing(1, 30, 80, 55)) == 50


def test_gap_of_a_range_counts_with_its_nearer_end() -> None:
    few = Share("few", None, 0, 12, 80)
    nearly_all = Share("nearly all", None, 85, 100, 70)

    assert gap(Dividing(1, (few, nearly_all))) == 73
    assert gap(Dividing(1, (few, exact(40)))) == 28


def test_gap_leaves_out_what_is_withheld() -> None:
    assert gap(Dividing(1, (exact(90), Share("withheld")))) == 0


@given(st.lists(shares, min_size=1, max_size=5))
def test_gap_is_never_larger_than_what_ranges_allow(by_group: list[Share]) -> None:
    lows = [share.low if share.percent is None else share.percent for share in by_group if share.low is not None]
    highs = [share.high if share.percent is None else share.percent for share in by_group if share.high is not None]

    found = gap(Dividing(1, tuple(by_group)))

    assert 0 <= found <= 100
    if len(lows) > 1:
        assert found <= max(highs) - min(lows)


@given(st.lists(st.lists(shares, min_size=2, max_size=4), max_size=6))
def test_headline_calls_nothing_a_division_that_may_be_none(divisions: list[list[Share]]) -> None:
    released = replace(EMPTY, dividing=tuple(Dividing(n, tuple(each)) for n, each in enumerate(divisions)))

    named = headline(released, most_dividing=6).dividing

    assert all(gap(released.dividing[statement]) >= CLEAR_GAP for statement in named)
