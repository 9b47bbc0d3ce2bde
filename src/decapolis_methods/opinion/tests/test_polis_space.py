"""The space of opinions, by hand on three people and two statements.

     s1    s2            centre 1/3 and 0        less the centre    2/3   1
p1    1     1                                                       2/3  -1
p2    1    -1            squares 24/9 and 2,                       -4/3   .
p3   -1     .            product 0: the axes are s1 and s2
"""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from decapolis_methods.opinion.counts import count_everybody
from decapolis_methods.opinion.polis.space import Space, leading_components, opinion_space
from decapolis_methods.opinion.votes import Votes

repeated = settings(max_examples=25, deadline=None)

VOTES = Votes.from_triplets([1, 1, 2, 2, 3], [1, 2, 1, 2, 1], [1, 1, 1, -1, -1])


def lay_out(votes: Votes, *, without: int | None = None) -> Space:
    return opinion_space(votes, count_everybody(votes), votes.statements != without)


def test_opinion_space_by_hand():
    space = lay_out(VOTES)
    assert space.centre.tolist() == pytest.approx([1 / 3, 0.0])
    np.testing.assert_allclose(space.components, [[1.0, 0.0], [0.0, 1.0]], atol=1e-12)
    far = -4 / 3 * sqrt(2)  # one of two statements answered: pushed out by sqrt(2 / 1)
    np.testing.assert_allclose(space.positions, [[2 / 3, 1.0], [2 / 3, -1.0], [far, 0.0]], atol=1e-12)
    assert space.extremity.tolist() == pytest.approx([sqrt(2) * 2 / 3, sqrt(2)])


def test_opinion_space_counts_refused_statements_as_seen_by_everybody():
    """With a refused third statement, voted on by p1: 3 of 3 count for p1 and p2, 2 of 3 for p3."""
    votes = Votes.from_triplets([1, 1, 2, 2, 3, 1], [1, 2, 1, 2, 1, 3], [1, 1, 1, -1, -1, -1])
    space = lay_out(votes, without=3)
    assert space.centre.tolist() == pytest.approx([1 / 3, 0.0, 0.0])
    far = -4 / 3 * sqrt(3 / 2)
    np.testing.assert_allclose(space.positions, [[2 / 3, 1.0], [2 / 3, -1.0], [far, 0.0]], atol=1e-12)
    assert space.extremity.tolist() == pytest.approx([sqrt(3) * 2 / 3, sqrt(3), 0.0])


def test_opinion_space_passes_pull_towards_the_middle():
    votes = Votes.from_triplets([1, 2], [1, 1], [1, 0])
    assert lay_out(votes).centre.tolist() == [0.5]
    assert lay_out(votes).positions.tolist() == [[0.5, 0.0], [-0.5, 0.0]]


def test_statements_without_votes_change_nothing():
    with_more = Votes.from_triplets([1, 1, 2, 2, 3], [1, 2, 1, 2, 1], [1, 1, 1, -1, -1], statements=[1, 2, 9])
    np.testing.assert_allclose(lay_out(with_more).positions, lay_out(VOTES).positions)


def test_where_all_agree_there_is_no_axis():
    space = lay_out(Votes.from_triplets([1, 2], [1, 1], [1, 1]))
    assert space.components.tolist() == [[0.0], [0.0]]
    assert space.positions.tolist() == [[0.0, 0.0], [0.0, 0.0]]


def test_one_direction_only_leaves_the_second_axis_empty():
    space = lay_out(Votes.from_triplets([1, 1, 2, 2], [1, 2, 1, 2], [1, -1, -1, 1]))
    assert abs(space.components[0]).tolist() == pytest.approx([sqrt(0.5), sqrt(0.5)])
    assert space.components[1].tolist() == [0.0, 0.0]


@pytest.mark.slow
@repeated
@given(st.integers(0, 2**32 - 1), st.sampled_from([5, 32, 33, 60]))
def test_leading_components_are_those_of_the_singular_value_decomposition(seed: int, statements: int):
    """On both sides of the size from which not all eigenvectors are computed."""
    rng = np.random.default_rng(seed)
    scales = np.r_[9.0, 5.0, np.ones(statements - 2)]
    table = rng.standard_normal((80, statements)) * scales
    found = leading_components(csr_array(table))
    expected = np.linalg.svd(table)[2][:2]
    assert np.abs((found * expected).sum(axis=1)).tolist() == pytest.approx([1.0, 1.0], abs=1e-9)


PEOPLE, MANY = np.indices((60, 40))
REGULAR = {
    "two camps that answer everything the other way round": np.where((PEOPLE + MANY) % 2, 1.0, -1.0),
    "five camps that each answered statements of their own": np.kron(np.eye(5), np.ones((12, 8))),
    "two statements only": np.where(MANY == 3, 1.0, np.where(MANY == 7, -1.0, 0.0)) * (PEOPLE % 3 - 1),
    "one person": np.where(MANY % 2, 1.0, -1.0)[:1],
}


@pytest.mark.parametrize("pattern", REGULAR)
def test_leading_components_of_regular_patterns(pattern: str):
    """Patterns that a start could be at right angles to, and of which several directions spread equally."""
    table = REGULAR[pattern]
    found = leading_components(csr_array(table))
    spread = np.linalg.svd(table, compute_uv=False) ** 2
    np.testing.assert_allclose(((table @ found.T) ** 2).sum(axis=0), np.pad(spread, (0, 1))[:2], atol=1e-9)
    np.testing.assert_allclose(found @ found.T, np.diag(found.any(axis=1).astype(float)), atol=1e-12)


@pytest.mark.slow
@repeated
@given(st.integers(0, 2**32 - 1))
def test_leading_components_point_by_rule(seed: int):
    found = leading_components(csr_array(np.random.default_rng(seed).standard_normal((20, 6))))
    assert all(axis[np.abs(axis).argmax()] > 0 for axis in found)
    assert np.linalg.norm(found, axis=1).tolist() == pytest.approx([1.0, 1.0])


@pytest.mark.slow
@repeated
@given(st.integers(0, 2**32 - 1))
def test_leading_components_are_those_of_power_iteration(seed: int):
    """As Polis finds them: multiply a random start by the squares again and again; then without that direction."""
    rng = np.random.default_rng(seed)
    table = rng.standard_normal((60, 40)) * np.r_[9.0, 5.0, np.ones(38)]
    left, expected = table, []
    for _ in range(2):
        axis = rng.random(40)
        for _ in range(100):
            axis = left.T @ (left @ axis)
            axis /= np.linalg.norm(axis)
        left = left - np.outer(left @ axis, axis)
        expected.append(axis)
    found = leading_components(csr_array(table))
    assert np.abs((found * np.array(expected)).sum(axis=1)).tolist() == pytest.approx([1.0, 1.0], abs=1e-9)


def test_working_in_parts_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    whole = lay_out(VOTES)
    monkeypatch.setattr(Votes.blocks, "__defaults__", (2,))
    parts = lay_out(VOTES)
    assert parts.positions.tolist() == whole.positions.tolist()
    assert parts.components.tolist() == whole.components.tolist()
