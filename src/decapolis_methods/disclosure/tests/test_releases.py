"""Several tables of the same people."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decapolis_methods.disclosure.releases import Figure, Scope, conflicts, figures
from decapolis_methods.errors import MethodError

AGES = frozenset({"18", "19", "20", "21"})
DISTRICTS = frozenset({"north", "south"})
DOMAINS = {"age": AGES, "district": DISTRICTS}


def exact(count: int, **scope: str) -> Figure:
    """A figure as published, its values written with commas."""
    return Figure({dimension: frozenset(values.split(",")) for dimension, values in scope.items()}, count, count)


def differences(new: list[Figure], earlier: list[Figure]) -> list[tuple[int, int]]:
    """What is given away."""
    return [(found.low, found.high) for found in conflicts(new, [earlier], domains=DOMAINS)]


@pytest.mark.parametrize(
    ("new", "earlier", "expected"),
    [
        # A cut that is one year wider tells of the three in that year; the order of publishing does not matter.
        ([exact(60, age="18,19,20")], [exact(57, age="18,19")], [(3, 3)]),
        ([exact(57, age="18,19")], [exact(60, age="18,19,20")], [(3, 3)]),
        ([exact(67, age="18,19,20")], [exact(57, age="18,19")], []),
        # Nobody is a small number too, but parts that are the whole leave nobody out.
        ([exact(57, age="18,19,20")], [exact(57, age="18,19")], [(0, 0)]),
        ([exact(57, district="north")], [exact(57, district="north")], []),
        ([exact(100)], [exact(40, district="north"), exact(60, district="south")], []),
        # The same cell at a later date: the few who came, or went, are known.
        ([exact(60, district="north")], [exact(57, district="north")], [(3, 3), (-3, -3)]),
        ([exact(80, district="north")], [exact(57, district="north")], []),
        # All parts of a breakdown together.
        ([exact(100)], [exact(30, age="18"), exact(30, age="19"), exact(36, age="20")], [(4, 4)]),
        ([exact(100)], [exact(30, age="18"), exact(30, age="19")], []),
        # Cuts that only overlap cannot be subtracted.
        ([exact(60, age="18,19")], [exact(58, age="19,20")], []),
        ([exact(60, age="18", district="north")], [exact(58, age="19")], []),
    ],
)
def test_conflicts_by_hand(new: list[Figure], earlier: list[Figure], expected: list[tuple[int, int]]) -> None:
    assert differences(new, earlier) == expected


def test_conflicts_name_the_figures() -> None:
    whole, part = exact(60, age="18,19,20"), exact(57, age="18,19")
    (found,) = conflicts([whole], [[part]], domains=DOMAINS)
    assert (found.whole, found.parts) == (whole, (part,))


def test_rounded_figures_leave_the_difference_open() -> None:
    before, now = Figure({}, 51, 69), Figure({}, 51, 69)
    assert conflicts([now], [[before]], domains=DOMAINS) == ()
    assert conflicts([exact(63)], [[Figure({}, 58, 62)]], domains=DOMAINS) != ()


def test_conflicts_need_known_values() -> None:
    with pytest.raises(MethodError, match="domains name"):
        conflicts([exact(30, age="17")], [], domains=DOMAINS)
    with pytest.raises(MethodError, match="domains name"):
        conflicts([exact(30, street="Main")], [], domains=DOMAINS)
    with pytest.raises(MethodError, match="domains name"):
        conflicts([Figure({"age": frozenset()}, 30, 30)], [], domains=DOMAINS)


def cuts(counts: dict[str, int]) -> list[Figure]:
    """Every figure of one or more ages that is large enough to be published."""
    chosen = [ages for size in range(1, 5) for ages in combinations(sorted(AGES), size)]
    listed = [exact(sum(counts[age] for age in ages), age=",".join(ages)) for ages in chosen]
    return [figure for figure in listed if figure.low >= 10]


@settings(deadline=None, max_examples=100)
@given(counts=st.lists(st.integers(0, 40), min_size=4, max_size=4))
def test_of_two_cuts_published_without_conflict_no_difference_is_small(counts: list[int]) -> None:
    of_age = dict(zip(sorted(AGES), counts, strict=True))
    for one, other in combinations(cuts(of_age), 2):
        is_nested = one.scope["age"] < other.scope["age"]
        is_small = is_nested and other.low - one.low < 10
        assert bool(differences([one], [other])) == is_small


def test_figures_lists_what_is_shown() -> None:
    north: Scope = {"district": frozenset({"north"})}
    listed = figures([[20, None], [30, 50]], rows=[north, {}], columns=[{"age": frozenset({"18"})}, {}])
    assert [(figure.low, dict(figure.scope)) for figure in listed] == [
        (20, {"district": frozenset({"north"}), "age": frozenset({"18"})}),
        (30, {"age": frozenset({"18"})}),
        (50, {}),
    ]


def test_figures_refuses_rows_without_scope() -> None:
    with pytest.raises(MethodError, match="one scope a row"):
        figures([[20]], rows=[], columns=[{}])
