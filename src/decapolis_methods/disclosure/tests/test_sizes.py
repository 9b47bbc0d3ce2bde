"""Group sizes beside a public total."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decapolis_methods.disclosure.sizes import Sizes, release_sizes
from decapolis_methods.errors import MethodError


@pytest.mark.parametrize(
    ("sizes", "total", "expected"),
    [
        ([271, 198, 96], 643, Sizes((271, 198, 96), 78, 1)),
        ([40, 60], 100, Sizes((40, 60), 0, 1)),
        ([40, 50], 100, Sizes((40, 50), 10, 1)),
        ([40, 51], 100, Sizes((40, 55), None, 5)),
        ([40, 59], 100, Sizes((40, 55), None, 5)),
        ([40, 50, 9], 99, Sizes((40, 55, None), None, 5)),
        ([40, 40, 9], 100, Sizes((40, 40, None), 20, 1)),
        ([9, 9, 8], 26, Sizes((None, None, None), 26, 1)),
        ([3], 4, Sizes((None,), None, 1)),
        ([], 0, Sizes((), 0, 1)),
        ([], 40, Sizes((), 40, 1)),
        ([12, 15], 30, Sizes((None, None), 30, 1)),
    ],
)
def test_release_sizes_by_hand(sizes: list[int], total: int, expected: Sizes) -> None:
    assert release_sizes(sizes, total) == expected


@settings(deadline=None, max_examples=60)
@given(sizes=st.lists(st.integers(0, 400), max_size=5), outside=st.integers(0, 40))
def test_release_sizes_never_shows_a_small_number(sizes: list[int], outside: int) -> None:
    released = release_sizes(sizes, sum(sizes) + outside)
    assert all(size is None or size >= 10 for size in released.groups)
    assert released.remainder is None or released.remainder == 0 or released.remainder >= 10


@settings(deadline=None, max_examples=60)
@given(sizes=st.lists(st.integers(30, 400), min_size=1, max_size=5), outside=st.integers(0, 40))
def test_release_sizes_moves_nobody_far(sizes: list[int], outside: int) -> None:
    released = release_sizes(sizes, sum(sizes) + outside)
    for size, shown in zip(sizes, released.groups, strict=True):
        assert shown is not None
        assert abs(size - shown) <= (6 if released.rounded_to == 5 else 0)


def remainders(groups: int, most: int, minimum: int) -> dict[tuple[int, Sizes], set[int]]:
    """For each total and released sizes, the remainders with which they could have come about."""
    fits: dict[tuple[int, Sizes], set[int]] = defaultdict(set)
    for sizes in product(range(minimum, most), repeat=groups):
        for remainder in range(minimum + 2):
            total = sum(sizes) + remainder
            fits[total, release_sizes(sizes, total, minimum=minimum, inside=True)].add(remainder)
    return fits


@pytest.mark.slow
@pytest.mark.parametrize(("groups", "most", "minimum"), [(1, 70, 10), (2, 60, 10), (3, 30, 5), (2, 40, 5)])
def test_release_sizes_leaves_every_small_remainder_open(groups: int, most: int, minimum: int) -> None:
    """A hidden remainder fits half the minimum of different numbers everywhere, all numbers nearly everywhere."""
    hidden = [
        len(found)
        for (_, released), found in remainders(groups, most, minimum).items()
        if released.remainder is None and all(size is None or size < most - minimum for size in released.groups)
    ]
    assert min(hidden) >= minimum // 2
    assert hidden.count(minimum - 1) > 0.8 * len(hidden)


@pytest.mark.parametrize(("sizes", "total"), [([50, 60], 100), ([-1, 30], 40)])
def test_release_sizes_refuses_people_who_cannot_be(sizes: list[int], total: int) -> None:
    with pytest.raises(MethodError, match="sizes"):
        release_sizes(sizes, total)


def test_release_sizes_minimum_goes_upwards_only() -> None:
    assert release_sizes([15, 40], 70, minimum=20).groups == (None, 40)
    with pytest.raises(MethodError, match="minimum: 5"):
        release_sizes([15, 40], 70, minimum=5)
