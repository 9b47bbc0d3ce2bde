import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from decapolis_methods.opinion.polis.groups import SAMPLE, group_by_position

repeated = settings(max_examples=20, deadline=None)

CENTRES = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [-10.0, -5.0], [12.0, 12.0], [0.0, -20.0]])


def clouds(number: int, people: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Positions around far centres, in mixed order, and the centre of each person."""
    rng = np.random.default_rng(seed)
    centre = np.arange(people) % number
    return CENTRES[centre] + rng.uniform(-1.0, 1.0, (people, 2)), centre


def same(found: NDArray[np.int64], expected: NDArray[np.int64]) -> bool:
    """Whether two groupings are the same but for the names of the groups."""
    pairs = set(zip(found.tolist(), expected.tolist(), strict=True))
    return len(pairs) == len(set(found.tolist())) == len(set(expected.tolist()))


@pytest.mark.slow
@repeated
@given(st.integers(2, 3), st.integers(15, 250), st.integers(0, 1000))
def test_far_clouds_are_the_groups(number: int, people: int, seed: int):
    positions, centre = clouds(number, people, seed)
    assert same(group_by_position(positions), centre)


@pytest.mark.slow
def test_a_sample_is_enough_where_there_are_many():
    positions, centre = clouds(3, SAMPLE + 50_000, seed=1)
    first, second = group_by_position(positions, seed=1), group_by_position(positions, seed=1)
    assert same(first, centre)
    assert first.tolist() == second.tolist()


def test_people_at_one_place_are_one_group():
    assert group_by_position(np.zeros((4, 2))).tolist() == [0, 0, 0, 0]


def test_two_places_are_two_groups():
    assert group_by_position(np.array([[1.0, 0.0], [0.0, 0.0], [1.0, 0.0]])).tolist() == [0, 1, 0]


def test_nobody_is_in_no_group():
    assert group_by_position(np.zeros((0, 2))).tolist() == []


def test_few_people_make_few_groups():
    """Polis looks for at most 2 groups among fewer than 12 clusters, 3 among fewer than 24."""
    line = np.column_stack([np.repeat([0.0, 10.0, 20.0, 30.0], 2) + [0.0, 0.1] * 4, np.zeros(8)])
    assert len(set(group_by_position(line).tolist())) == 2


@pytest.mark.slow
@repeated
@given(st.integers(0, 1000))
def test_the_order_of_people_does_not_matter(seed: int):
    """Where Polis starts anew it does: its issue 2506."""
    positions = np.random.default_rng(seed).standard_normal((300, 2))
    order = np.random.default_rng(seed + 1).permutation(300)
    assert same(group_by_position(positions[order]), group_by_position(positions)[order])


def test_the_seed_does_not_matter_where_all_take_part():
    positions = np.random.default_rng(5).standard_normal((300, 2))
    assert group_by_position(positions, seed=1).tolist() == group_by_position(positions, seed=2).tolist()


@pytest.mark.parametrize(("clusters", "most"), [(2, 2), (11, 2), (12, 3), (23, 3), (24, 4), (36, 5), (100, 5)])
def test_the_more_clusters_the_more_groups_may_be(clusters: int, most: int):
    """Six far clouds, yet never more groups than Polis looks for among so many clusters."""
    centre = np.arange(clusters) % 6
    positions = CENTRES[centre] + np.column_stack([np.arange(clusters), np.arange(clusters)]) / 1000
    assert len(set(group_by_position(positions).tolist())) <= most


@pytest.mark.slow
def test_five_far_clouds_are_five_groups():
    positions, centre = clouds(5, 200, seed=4)
    assert same(group_by_position(positions), centre)
