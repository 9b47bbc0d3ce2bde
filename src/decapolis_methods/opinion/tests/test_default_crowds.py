"""One crowd without groups, of whatever shape, is not cut in two; people are drawn by what they said, not by name."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from decapolis_methods.opinion.analysis import Analysis, Moderation
from decapolis_methods.opinion.default import analyse_default
from decapolis_methods.opinion.default.ballots import cast
from decapolis_methods.opinion.default.crowds import CROWDS, evenly_spread
from decapolis_methods.opinion.default.space import fit
from decapolis_methods.opinion.default.structure import axes_above_chance
from decapolis_methods.opinion.planted import Plan, continuum, conversation
from decapolis_methods.opinion.votes import Votes

Floats = NDArray[np.float64]

SHAPES: dict[str, Callable[[np.random.Generator], Floats]] = {
    "bell": lambda rng: rng.normal(size=(600, 1)),
    "long tail": lambda rng: rng.exponential(size=(600, 1)),
    "even": lambda rng: rng.uniform(-1.7, 1.7, size=(600, 1)),
    "bell of two axes": lambda rng: rng.normal(size=(600, 2)),
}


def found_in(votes: Votes, bootstrap: int = 0) -> Analysis:
    none = np.zeros(len(votes.statements), dtype=bool)
    return analyse_default(votes, Moderation(none, none), bootstrap=bootstrap)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("slope", [0.5, 1.0, 1.5, 2.0])
@pytest.mark.parametrize("shape", SHAPES)
def test_one_crowd_without_a_gap_is_not_cut(shape: str, slope: float, seed: int) -> None:
    places = slope * SHAPES[shape](np.random.default_rng(seed))
    assert len(found_in(continuum(places, Plan(600, 80, density=0.35), seed=seed)).group_ids) == 0


@pytest.mark.slow
@pytest.mark.parametrize(("groups", "density"), [(2, 0.5), (2, 0.25), (3, 0.5), (3, 0.35)])
def test_planted_groups_are_still_found(groups: int, density: float) -> None:
    plan = Plan(600, 80, groups=groups, density=density, yea_saying=0.7)
    assert [len(found_in(conversation(plan, seed=seed).votes).group_ids) for seed in range(3)] == [groups] * 3


def test_evenly_spread_crowds_look_as_widely_spread_as_the_people() -> None:
    votes = conversation(Plan(300, 40, groups=3, density=0.6), seed=1).votes
    none = np.zeros(40, dtype=bool)
    ballots = cast(votes, Moderation(none, none))
    space = fit(ballots)
    crowds = list(evenly_spread(ballots, space, 2, seed=0))
    assert [crowd.shape for crowd in crowds] == [(300, 2)] * CROWDS
    assert np.mean([crowd.std(axis=0) for crowd in crowds], axis=0) == pytest.approx(
        space.positions.std(axis=0), rel=0.1
    )
    assert [crowd.shape for crowd in evenly_spread(ballots, space, 1, seed=0, sample=50)] == [(50, 1)] * CROWDS


def renamed(votes: Votes, names: NDArray[np.int64]) -> Votes:
    rows = votes.rows
    return Votes.from_triplets(
        names[rows],
        votes.statements[votes.columns],
        votes.values,
        statements=votes.statements,
        participants=np.sort(names),
    )


@pytest.mark.slow
def test_other_names_change_nothing() -> None:
    votes = conversation(Plan(300, 40, groups=2, density=0.5, noise=0.2), seed=2).votes
    names = np.random.default_rng(5).permutation(1000)[:300].astype(np.int64)
    one, other = found_in(votes, 10), found_in(renamed(votes, names), 10)
    back = np.searchsorted(other.participants, names)
    assert one.group_of.tolist() == other.group_of[back].tolist()
    np.testing.assert_array_equal(one.positions, other.positions[back])
    assert one.stability is not None
    assert other.stability is not None
    assert one.stability.agreement.tolist() == other.stability.agreement.tolist()


@pytest.mark.slow
def test_who_only_passes_changes_no_sample() -> None:
    votes = conversation(Plan(300, 40, groups=2, density=0.5, passes=0.0), seed=2).votes
    none = np.zeros(40, dtype=bool)
    rows, columns = np.append(votes.rows, 500), np.append(votes.columns, 0)
    more = Votes.from_triplets(rows, columns, np.append(votes.values, 0), statements=votes.statements)
    before, after = cast(votes, Moderation(none, none)), cast(more, Moderation(none, none))
    assert np.array_equal(before.of(before.order).said.toarray(), after.of(after.order).said.toarray())
    assert axes_above_chance(after.of(after.order), seed=0, sample=100) == 1
    assert found_in(votes, 5).group_of.tolist() == found_in(more, 5).group_of[:300].tolist()
