"""The map: marks stand for several people, outlines for groups, and nothing for one person."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from decapolis_methods.opinion.analysis import Analysis, GroupCounts, Moderation, Stability
from decapolis_methods.opinion.opinion_map import COVERED, Cell, divided, draw_map, marks_stand_for
from decapolis_methods.opinion.outlines import DIRECTIONS, FEWEST_OUTLINED, has_outline, outline, step, sway
from decapolis_methods.opinion.released import MapGroup, OpinionMap

Floats = NDArray[np.float64]

ROOT = Cell(-8.0, -8.0, 16.0, 0)
NOTHING = np.empty((0, 0))


def crowd(people: int, seed: int = 0) -> Floats:
    return np.random.default_rng(seed).normal(size=(people, 2))


def made(positions: Floats, group_of: NDArray[np.int64]) -> Analysis:
    """An analysis of which the map alone is looked at."""
    none = GroupCounts(*(np.zeros((1, 0), dtype=np.int64),) * 3)
    return Analysis(
        participants=np.arange(len(positions)),
        statements=np.arange(0),
        votes=0,
        moderation=Moderation(np.zeros(0, dtype=bool), np.zeros(0, dtype=bool)),
        centre=np.zeros(0),
        components=np.zeros((2, 0)),
        positions=positions,
        group_of=group_of,
        group_ids=np.arange(2),
        counts=none,
        everybody=none,
        representative=(),
        consensus=(),
        group_aware_consensus=np.zeros(0),
        priorities=np.zeros(0),
        bridging=np.zeros(0),
        slate=(),
        stability=None,
        mode="default",
        version="1",
        seed=0,
    )


@pytest.fixture
def two_crowds() -> Analysis:
    """240 people left, 160 right, 60 between, 40 without a place."""
    positions = np.concatenate(
        [crowd(240), np.add(crowd(160, 1), (6, 1)), crowd(60, 2) / 2 + (3, 0), np.full((40, 2), np.nan)]
    )
    return made(positions, np.repeat([0, 1, -2, -1], [240, 160, 60, 40]))


def by_letter(drawn: OpinionMap) -> dict[str, MapGroup]:
    return {group.letter: group for group in drawn.groups}


def corners(drawn: OpinionMap) -> Floats:
    """All points of a map."""
    return np.array([point for group in drawn.groups for point in (*group.marks, *group.outline, *group.sway)])


def test_draw_map_has_the_groups_then_the_undecided(two_crowds: Analysis) -> None:
    assert [group.letter for group in draw_map(two_crowds, [0, 1]).groups] == ["a", "b", ""]
    assert [group.letter for group in draw_map(two_crowds, [1, 0]).groups] == ["a", "b", ""]


def test_draw_map_undecided_have_marks_and_no_outline(two_crowds: Analysis) -> None:
    undecided = by_letter(draw_map(two_crowds, [0, 1]))[""]
    assert len(undecided.marks) >= 6
    assert (undecided.outline, undecided.sway) == ((), ())


def test_draw_map_people_of_groups_that_are_not_shown_are_undecided(two_crowds: Analysis) -> None:
    drawn = by_letter(draw_map(two_crowds, [0]))
    assert set(drawn) == {"a", ""}
    assert len(drawn[""].marks) > 30


def test_draw_map_lies_between_0_and_1(two_crowds: Analysis) -> None:
    points = corners(draw_map(two_crowds, [0, 1]))
    assert points.min() >= 0.03
    assert points.max() <= 0.97


def test_draw_map_has_the_same_scale_in_both_directions(two_crowds: Analysis) -> None:
    edge = np.array(by_letter(draw_map(two_crowds, [0, 1]))["a"].outline)
    true = outline(two_crowds.positions[:240])
    drawn, wanted = (np.ptp(line[:, 0]) / np.ptp(line[:, 1]) for line in (edge, true))
    assert drawn == pytest.approx(wanted, rel=0.01)


def test_draw_map_grows_downwards(two_crowds: Analysis) -> None:
    drawn = by_letter(draw_map(two_crowds, [0, 1]))
    assert drawn["b"].centre[0] > drawn["a"].centre[0]
    assert drawn["b"].centre[1] < drawn["a"].centre[1]


def test_draw_map_marks_stand_for_no_more_people_than_there_are(two_crowds: Analysis) -> None:
    drawn = draw_map(two_crowds, [0, 1])
    for group, people in zip(drawn.groups, (240, 160, 60), strict=True):
        assert len(group.marks) * drawn.people_per_mark <= people


def test_draw_map_marks_stand_for_most_people(two_crowds: Analysis) -> None:
    drawn = draw_map(two_crowds, [0, 1])
    assert sum(len(group.marks) for group in drawn.groups) * drawn.people_per_mark >= 0.8 * 460


def test_draw_map_is_the_same_whatever_the_order_of_people(two_crowds: Analysis) -> None:
    turn = np.random.default_rng(7).permutation(500)
    turned = replace(two_crowds, positions=two_crowds.positions[turn], group_of=two_crowds.group_of[turn])
    assert draw_map(turned, [0, 1]) == draw_map(two_crowds, [0, 1])


def test_draw_map_shows_nobody_who_stands_alone(two_crowds: Analysis) -> None:
    """One person of 500 goes far away: no mark goes there, and the picture keeps its scale."""
    positions = two_crowds.positions.copy()
    positions[0] = (40, 40)
    drawn, before = draw_map(replace(two_crowds, positions=positions), [0, 1]), draw_map(two_crowds, [0, 1])
    assert abs(len(corners(drawn)) - len(corners(before))) <= 5
    for group, same in zip(drawn.groups, before.groups, strict=True):
        np.testing.assert_allclose(group.centre, same.centre, atol=0.03)


def test_draw_map_a_person_who_moves_in_the_crowd_makes_no_mark_of_their_own(two_crowds: Analysis) -> None:
    """Wherever one person stands among the others, the marks stay as many, and nearly all where they were."""
    before = {mark for group in draw_map(two_crowds, [0, 1]).groups for mark in group.marks}
    for place in crowd(6, 5):
        positions = two_crowds.positions.copy()
        positions[100] = place
        after = draw_map(replace(two_crowds, positions=positions), [0, 1])
        marks = np.array([mark for group in after.groups for mark in group.marks])
        assert abs(len(marks) - len(before)) <= 6
        away = np.abs(marks[:, None] - np.array(sorted(before))[None]).max(axis=2).min(axis=1)
        assert (away < 0.03).mean() > 0.9


def test_draw_map_of_a_large_crowd_has_marks_that_can_be_taken_in() -> None:
    drawn = draw_map(made(crowd(20_000), np.repeat([0, 1], 10_000)), [0, 1])
    assert drawn.people_per_mark == 100
    assert 150 < sum(len(group.marks) for group in drawn.groups) <= 200


def test_draw_map_of_people_who_all_answered_alike() -> None:
    """Everybody in one place: marks are spread over a cell, none stands on the place."""
    positions = np.concatenate([np.zeros((60, 2)), np.ones((40, 2))])
    drawn = draw_map(made(positions, np.repeat([0, 1], [60, 40])), [0, 1])
    assert len(set(by_letter(drawn)["a"].marks)) == 12
    assert np.isfinite(corners(drawn)).all()


def test_draw_map_shows_how_far_edges_moved(two_crowds: Analysis) -> None:
    edges = np.stack([outline(two_crowds.positions[:240]), outline(two_crowds.positions[240:400])])
    moved = tuple(edges + shift for shift in np.linspace(-0.4, 0.4, 20))
    stability = Stability(20, np.full(20, 2), np.ones(20), np.ones(500), moved)
    drawn = by_letter(draw_map(replace(two_crowds, stability=stability), [0, 1]))
    assert len(drawn["a"].sway) == len(drawn["b"].sway) == DIRECTIONS
    middle = np.array(drawn["a"].outline).mean(axis=0)
    inner, outer = (np.hypot(*(np.array(line) - middle).T) for line in (drawn["a"].outline, drawn["a"].sway))
    assert (outer > inner).mean() > 0.95


@pytest.mark.parametrize(
    ("people", "cell", "expected"),
    [(1, 5, 5), (1250, 5, 5), (1251, 5, 10), (2500, 5, 10), (2501, 5, 20), (300, 7, 10), (10**6, 5, 5000)],
)
def test_marks_stand_for_by_hand(people: int, cell: int, expected: int) -> None:
    assert marks_stand_for(people, cell) == expected


def inside(points: Floats, cell: Cell) -> int:
    away = points - (cell.left, cell.top)
    return int(((away >= 0) & (away < cell.size)).all(axis=1).sum())


@settings(deadline=None, max_examples=40)
@given(people=st.integers(0, 400), per=st.sampled_from([5, 10]), seed=st.integers(0, 50))
def test_divided_cells_have_the_people_they_say(people: int, per: int, seed: int) -> None:
    points = crowd(people, seed)
    cells = list(divided(points, ROOT, per, smallest=1.0))
    assert all(cell.people == inside(points, cell) >= per for cell in cells)
    assert all(1.0 <= cell.size <= 16.0 for cell in cells)
    assert sum(cell.people for cell in cells) <= people


@settings(deadline=None, max_examples=40)
@given(people=st.integers(40, 600), seed=st.integers(0, 50))
def test_divided_cells_cover_most_people_with_whole_marks(people: int, seed: int) -> None:
    covered = sum(cell.people - cell.people % 5 for cell in divided(crowd(people, seed), ROOT, 5, smallest=1.0))
    assert covered >= COVERED * people


def test_divided_cells_are_finer_where_people_are_many() -> None:
    cells = list(divided(crowd(2000), ROOT, 5, smallest=0.5))
    middle = [cell.size for cell in cells if abs(cell.left) < 1 and abs(cell.top) < 1]
    edge = [cell.size for cell in cells if abs(cell.left) >= 2]
    assert max(middle) <= min(edge)


def test_divided_draws_nobody_outside() -> None:
    assert list(divided(np.full((50, 2), 100.0), ROOT, 5, smallest=1.0)) == []


def radii(line: Floats) -> Floats:
    return np.asarray(np.hypot(*(line - line.mean(axis=0)).T), dtype=np.float64)


def test_outline_of_a_normal_crowd_is_nearly_a_circle() -> None:
    edge = outline(crowd(5000))
    np.testing.assert_allclose(radii(edge), np.sqrt(-2 * np.log(0.15)), rtol=0.08)


def test_outline_holds_most_people_and_not_all() -> None:
    points = crowd(500)
    edge = outline(points)
    middle = np.median(points, axis=0)
    angle = np.arctan2(*(edge - middle).T[::-1]) % (2 * np.pi)
    order = np.argsort(angle)
    away = points - middle
    reach = np.interp(
        np.arctan2(away[:, 1], away[:, 0]) % (2 * np.pi), angle[order], radii(edge)[order], period=2 * np.pi
    )
    assert 0.75 < (np.hypot(*away.T) <= reach).mean() < 0.95


@pytest.mark.parametrize("people", [12, 30, 60, 200])
def test_outline_is_moved_by_no_single_person(people: int) -> None:
    points = crowd(people, 4)
    before = outline(points)
    for one in range(0, people, 5):
        points[one], kept = (200.0, 300.0), points[one].copy()
        shift = np.hypot(*(outline(points) - before).T).max()
        points[one] = kept
        assert shift < 0.6 * radii(before).mean()


@pytest.mark.parametrize("people", [10, 14, 60])
def test_outline_has_no_corner_on_a_person(people: int) -> None:
    points = crowd(people, 6)
    apart = np.hypot(*(outline(points)[:, None] - points[None]).transpose(2, 0, 1))
    assert apart.min() > 1e-3


def test_outline_does_not_depend_on_the_order_of_people() -> None:
    points = crowd(80)
    np.testing.assert_array_equal(outline(points), outline(points[np.random.default_rng(1).permutation(80)]))


def test_outline_moves_and_grows_with_its_people() -> None:
    """Exactly by powers of two and whole steps, else within a step."""
    points = crowd(80)
    np.testing.assert_allclose(outline(4 * points + (8, -4)), 4 * outline(points) + (8, -4))
    moved = np.hypot(*(outline(3 * points + (5, -2)) - 3 * outline(points) - (5, -2)).T)
    assert moved.max() < step(3 * points)


SHAPES = {
    "round": lambda rng, people: rng.normal(size=(people, 2)),
    "long": lambda rng, people: rng.normal(size=(people, 2)) * (3, 1),
    "with a clump": lambda rng, people: (
        rng.normal(size=(people, 2)) + np.repeat([[4, 2], [0, 0]], [people // 5, people - people // 5], axis=0)
    ),
    "with stray people": lambda rng, people: rng.standard_t(3, size=(people, 2)),
    "square": lambda rng, people: rng.random((people, 2)),
    "in a corner": lambda rng, people: np.abs(rng.normal(size=(people, 2))) * (1, 2),
}


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(
    shape=st.sampled_from(sorted(SHAPES)),
    people=st.integers(FEWEST_OUTLINED + 1, 400) | st.integers(400, 1500),
    seed=st.integers(0, 10**6),
    away=st.tuples(st.floats(-60, 60), st.floats(-60, 60)) | st.none(),
    size=st.floats(0.01, 100),
)
def test_outline_no_person_who_moves_or_leaves_moves_an_edge_by_a_step(
    shape: str, people: int, seed: int, away: tuple[float, float] | None, size: float
) -> None:
    points = size * np.asarray(SHAPES[shape](np.random.default_rng(seed), people))
    before = outline(points)
    without, moved = points[1:], points.copy()
    moved[0] = size * np.array(away) if away else points[1]
    for after in (without, moved):
        coarser = max(step(points), step(after))
        assert np.hypot(*(outline(after) - before).T).max() < coarser


def clumped(people: int, share: float, width: float, seed: int) -> Floats:
    """A crowd of whom a share stands in one place, or within `width` of it."""
    points, together = crowd(people, seed), round(people * share)
    points[:together] *= width
    return points


@pytest.mark.parametrize("width", [0.0, 0.02])
@pytest.mark.parametrize("people", [30, 60, 300])
def test_has_outline_not_where_most_stand_in_one_place(people: int, width: float) -> None:
    assert not any(has_outline(clumped(people, share, width, 1)) for share in (0.55, 0.65))
    assert has_outline(clumped(people, 0.3, width, 1))


def test_has_outline_for_every_shape_and_not_for_few() -> None:
    for make in SHAPES.values():
        points = np.asarray(make(np.random.default_rng(1), 30))
        assert has_outline(points)
        assert not has_outline(points[1:])


@pytest.mark.slow
@pytest.mark.parametrize("people", [30, 45, 60, 300])
def test_outline_where_some_stand_in_one_place_is_moved_by_little_more_than_a_step(people: int) -> None:
    """Without `has_outline` one of three hundred moved it by six."""
    crowds = [clumped(people, share, width, 1) for share in np.arange(0.2, 0.9, 0.05) for width in (0.0, 0.02, 0.2)]
    shown = [points for points in crowds if has_outline(points)]
    moved = [
        np.hypot(*(outline(without) - outline(points)).T).max() / max(step(points), step(without))
        for points in shown
        for without in (np.delete(points, one, axis=0) for one in (0, people // 2, people - 1))
    ]
    assert len(shown) > len(crowds) // 3
    assert max(moved) < 1.3


def test_draw_map_draws_no_outline_of_a_group_that_stands_in_one_place() -> None:
    positions = np.concatenate([clumped(100, 0.7, 0.0, 1), np.add(crowd(80, 2), (9, 0))])
    drawn = by_letter(draw_map(made(positions, np.repeat([0, 1], [100, 80])), [0, 1]))
    assert (len(drawn["a"].outline), len(drawn["b"].outline)) == (0, DIRECTIONS)
    assert drawn["a"].marks


def test_outline_many_people_change_nothing_in_it_by_leaving() -> None:
    points = crowd(300)
    before = outline(points)
    same = [np.array_equal(outline(np.delete(points, one, axis=0)), before) for one in range(60)]
    assert sum(same) >= 20


@pytest.mark.parametrize("people", [30, 90, 400, 3000])
def test_outline_is_smooth(people: int) -> None:
    """From one direction to the next it turns by a little, and hardly ever inwards."""
    for make in SHAPES.values():
        away = np.diff(outline(make(np.random.default_rng(3), people)), axis=0, append=np.nan)[:-1]
        turns = np.angle(np.exp(1j * np.diff(np.arctan2(away[:, 1], away[:, 0]))))
        assert np.abs(turns).max() < np.pi / 4
        assert turns[turns < 0].sum() > -np.pi / 2


def test_outline_of_people_in_one_place_is_that_place() -> None:
    np.testing.assert_allclose(outline(np.full((20, 2), 3.0)), 3.0)


def test_outline_follows_the_shape_of_a_large_group() -> None:
    edge = outline(crowd(4000) * (3, 1))
    assert np.ptp(edge[:, 0]) > 2 * np.ptp(edge[:, 1])


def test_sway_lies_around_the_edge() -> None:
    edge = outline(crowd(300))
    around = sway(edge, [edge] * 20)
    assert (radii(around) >= radii(edge)).all()
    np.testing.assert_allclose(radii(around), radii(edge), rtol=0.06)


def test_sway_reaches_as_far_as_the_edge_moved() -> None:
    edge = outline(crowd(300))
    around = sway(edge, [np.add(edge, (shift, 0)) for shift in np.linspace(0, 1, 40)])
    right, left = around[0] - edge[0], around[DIRECTIONS // 2] - edge[DIRECTIONS // 2]
    assert right[0] == pytest.approx(0.95, abs=0.15)
    assert abs(left[0]) < 0.2


@pytest.mark.parametrize("repeats", [[], [np.zeros((24, 2))] * 9, [np.full((24, 2), np.nan)] * 40])
def test_sway_needs_ten_repeats(repeats: list[Floats]) -> None:
    assert sway(outline(crowd(50)), repeats).shape == (0, 2)


@pytest.mark.parametrize("people", [30, 31, 100])
def test_outline_equals_nobodys_distance(people: int) -> None:
    """Neither around the middle of the line nor around that of the people."""
    points = crowd(people, 3)
    edge = outline(points)
    steps = np.hypot(*(edge - edge[[0, DIRECTIONS // 2]].mean(axis=0)).T)
    assert np.abs(steps[:, None] - np.hypot(*(points - np.median(points, axis=0)).T)).min() > 1e-9


def test_draw_map_small_groups_have_marks_and_no_outline() -> None:
    positions = np.concatenate([crowd(240), np.add(crowd(29, 1), (9, 1))])
    drawn = by_letter(draw_map(made(positions, np.repeat([0, 1], [240, 29])), [0, 1]))
    assert len(drawn["a"].outline) == DIRECTIONS
    assert (drawn["b"].outline, drawn["b"].sway) == ((), ())
    assert drawn["b"].marks
