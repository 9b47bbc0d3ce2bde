import numpy as np
import pytest

from decapolis_methods.opinion.analysis import Moderation
from decapolis_methods.opinion.default.ballots import Ballots, cast
from decapolis_methods.opinion.default.groups import (
    CLEARER,
    FEWEST_PEOPLE,
    SMALLEST,
    Grouping,
    cluster,
    find_groups,
    gather,
    is_clearer_than_crowds,
    largest_first,
)
from decapolis_methods.opinion.default.space import fit
from decapolis_methods.opinion.default.structure import axes_above_chance
from decapolis_methods.opinion.kmeans import nearest, silhouette
from decapolis_methods.opinion.planted import Plan, conversation

Floats = np.ndarray


def clouds(sizes: list[int], *, apart: float = 6.0, seed: int = 0) -> Floats:
    """Round clouds of people, their middles on a circle."""
    rng = np.random.default_rng(seed)
    angle = 2 * np.pi * np.arange(len(sizes)) / len(sizes)
    middles = apart * np.column_stack([np.cos(angle), np.sin(angle)])
    return np.concatenate([middle + rng.normal(size=(size, 2)) for middle, size in zip(middles, sizes, strict=True)])


def ballots(plan: Plan, seed: int) -> Ballots:
    none = np.zeros(plan.statements, dtype=bool)
    return cast(conversation(plan, seed=seed).votes, Moderation(none, none))


def test_gather_counts_everybody_and_keeps_the_middle() -> None:
    positions = clouds([300, 200])
    cells = gather(positions)
    assert cells.people.sum() == 500
    assert np.average(cells.points, axis=0, weights=cells.people) == pytest.approx(positions.mean(axis=0))
    assert len(cells.points) < 500


def test_gather_puts_those_in_one_cell_together() -> None:
    cells = gather(np.array([[0.1, 0.1], [0.1, 0.101], [5.0, 5.0], [-5.0, -5.0]]))
    assert sorted(cells.people.tolist()) == [1, 1, 2]


def test_gather_of_everybody_in_one_place() -> None:
    cells = gather(np.zeros((40, 2)))
    assert (cells.people.tolist(), cells.points.tolist()) == ([40.0], [[0.0, 0.0]])


def test_gather_works_along_one_axis() -> None:
    assert gather(np.linspace(0, 1, 50)[:, None]).points.shape[1] == 1


def test_gather_changes_the_silhouette_little() -> None:
    positions = clouds([150, 150], apart=3)
    labels = (positions[:, 0] < 0).astype(np.int64)
    cells = gather(positions)
    coarse = silhouette(cells.points, (cells.points[:, 0] < 0).astype(np.int64), weights=cells.people)
    assert coarse == pytest.approx(silhouette(positions, labels), abs=0.02)


def test_cluster_judges_each_number_of_groups() -> None:
    grouping = cluster(gather(clouds([90, 80, 70])), (2, 3, 4), seed=1)
    assert set(grouping.centres) == {2, 3, 4}
    assert (grouping.best, grouping.smallest[3]) == (3, 70)


def test_grouping_best_leaves_out_numbers_with_too_small_a_group() -> None:
    nowhere = np.zeros((2, 2))
    centres = {2: nowhere, 3: nowhere}
    assert Grouping(centres, {2: 0.4, 3: 0.9}, {2: SMALLEST, 3: SMALLEST - 1}).best == 2
    assert Grouping(centres, {2: 0.4, 3: 0.4}, {2: SMALLEST, 3: SMALLEST}).best == 2
    assert Grouping({}, {}, {}).best == 0


def test_cluster_leaves_out_more_groups_than_cells() -> None:
    assert cluster(gather(np.zeros((40, 2))), (2, 3), seed=0).best == 0


@pytest.mark.parametrize("sizes", [[60, 40], [50, 70, 30], [80, 20, 60, 40], [40, 41, 42, 43, 44]])
def test_find_groups_finds_clouds_largest_first(sizes: list[int]) -> None:
    positions = clouds(sizes, apart=9)
    labels = nearest(positions, find_groups(positions, seed=0))
    assert np.bincount(labels).tolist() == sorted(sizes, reverse=True)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("width", [1.0, 0.5, 0.2])
def test_find_groups_finds_none_in_one_cloud(seed: int, width: float) -> None:
    positions = np.random.default_rng(seed).normal(size=(600, 2)) * [1.0, width]
    assert find_groups(positions, seed=seed).shape == (0, 2)


@pytest.mark.parametrize("seed", range(5))
def test_find_groups_finds_none_along_one_axis_without_camps(seed: int) -> None:
    positions = np.random.default_rng(seed).normal(size=(600, 1))
    assert find_groups(positions, seed=seed).shape == (0, 1)


def test_find_groups_finds_two_camps_along_one_axis() -> None:
    positions = np.concatenate([np.full(30, -1.0), np.full(50, 1.0)])[:, None]
    positions += np.random.default_rng(0).normal(size=(80, 1)) / 5
    assert np.sign(find_groups(positions, seed=0)).ravel().tolist() == [1, -1]


def test_find_groups_seeks_none_among_too_few() -> None:
    assert len(find_groups(clouds([FEWEST_PEOPLE // 2, FEWEST_PEOPLE // 2 - 1], apart=9), seed=0)) == 0
    assert len(find_groups(clouds([FEWEST_PEOPLE // 2, FEWEST_PEOPLE // 2], apart=9), seed=0)) == 2


def test_find_groups_seeks_none_without_an_axis() -> None:
    assert find_groups(np.empty((50, 0)), seed=0).shape == (0, 0)


def test_find_groups_of_everybody_in_one_place() -> None:
    assert len(find_groups(np.zeros((50, 2)), seed=0)) == 0


def test_find_groups_does_not_depend_on_the_order_of_people() -> None:
    positions = clouds([70, 60, 50], apart=3)
    order = np.random.default_rng(1).permutation(180)
    assert find_groups(positions[order], seed=0) == pytest.approx(find_groups(positions, seed=0))


def test_largest_first_breaks_ties_by_place() -> None:
    positions = np.array([[0.0], [1.0], [5.0], [6.0], [9.0]])
    assert largest_first(positions, np.array([[9.0], [0.5], [5.5]])).ravel().tolist() == [5.5, 0.5, 9.0]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("yea_saying", [0.0, 1.0])
def test_axes_above_chance_finds_none_in_a_crowd_of_one_opinion(seed: int, yea_saying: float) -> None:
    plan = Plan(participants=500, statements=60, groups=1, density=0.3, yea_saying=yea_saying)
    assert axes_above_chance(fit(ballots(plan, seed)).start, seed=0) == 0


@pytest.mark.slow
@pytest.mark.parametrize(("groups", "axes"), [(2, 1), (3, 2), (4, 2)])
def test_axes_above_chance_counts_what_sets_groups_apart(groups: int, axes: int) -> None:
    plan = Plan(participants=600, statements=60, groups=groups, density=0.4, yea_saying=0.7)
    assert [axes_above_chance(fit(ballots(plan, seed)).start, seed=0) for seed in range(3)] == [axes] * 3


def test_axes_above_chance_of_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decapolis_methods.opinion.default.ballots.SAMPLE", 150)
    plan = Plan(participants=600, statements=40, groups=2, density=0.5)
    assert fit(ballots(plan, 1)).start.left.shape == (150, 40)
    assert axes_above_chance(fit(ballots(plan, 1)).start, seed=0) == 1


def test_axes_above_chance_without_votes() -> None:
    plan = Plan(participants=40, statements=10, groups=2, density=0.5, passes=1)
    assert axes_above_chance(fit(ballots(plan, 1)).start, seed=0) == 0


@pytest.mark.parametrize("people", [40, 800])
def test_is_clearer_than_crowds_as_all_three_crowds_say(people: int) -> None:
    """A first crowd that is far off decides as three do; a near one does not decide alone."""
    positions = clouds([people // 2, people // 2])
    rng, spread = np.random.default_rng(5), np.cov(positions.T)
    crowds = rng.multivariate_normal(np.zeros(2), spread, size=(3, people), method="eigh")
    found = [cluster(gather(crowd), (2,), seed=5).clearness[2] for crowd in crowds]
    limit = float(np.mean(found)) + CLEARER
    for clearness in (limit - 0.4, limit - 0.2, limit - 1e-6, limit + 1e-6, limit + 0.2, limit + 0.4):
        assert is_clearer_than_crowds(positions, 2, clearness, seed=5) == (clearness > limit)
