"""The default mode against a second, plain writing of it: dense tables and loops over people, nothing shared."""

from itertools import combinations
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.cluster.vq import kmeans2

from decapolis_methods.opinion.analysis import GroupCounts, Moderation
from decapolis_methods.opinion.default.ballots import cast
from decapolis_methods.opinion.default.bridging import bridging
from decapolis_methods.opinion.default.consensus import find_consensus
from decapolis_methods.opinion.default.representative import find_representative
from decapolis_methods.opinion.default.slate import find_slate
from decapolis_methods.opinion.default.space import fit
from decapolis_methods.opinion.default.stability import rand_index
from decapolis_methods.opinion.kmeans import kmeans, silhouette
from decapolis_methods.opinion.votes import Votes

Table = np.ndarray
HIDDEN = 9


def some_table(people: int, statements: int, seed: int) -> Table:
    """Two camps with habits and gaps; 0 is a pass, 9 was not shown."""
    rng = np.random.default_rng(seed)
    side, lean = rng.choice([-1, 1], people), rng.normal(size=statements)
    logit = side[:, None] * lean + rng.normal(size=people)[:, None] / 2 + rng.normal(size=statements) / 2
    said = np.where(rng.random((people, statements)) < 1 / (1 + np.exp(-2 * logit)), 1, -1)
    said[rng.random(said.shape) < 0.1] = 0
    said[rng.random(said.shape) < 0.3] = HIDDEN
    return np.asarray(said)


def votes_of(table: Table) -> Votes:
    who, what = np.nonzero(table != HIDDEN)
    statements, people = np.arange(table.shape[1]), np.arange(table.shape[0])
    return Votes.from_triplets(who, what, table[who, what], statements=statements, participants=people)


def regress_plainly(said: Table, gave: Table, offset: Table, loadings: Table) -> Table:
    """Ridge regression of each row on what it answered: one row after the other."""
    design = np.column_stack([np.ones(len(loadings)), loadings])
    found = []
    for answers, answered in zip(said, gave, strict=True):
        mine = design[answered]
        normal = mine.T @ mine + 3.0 * np.eye(3)
        found.append(np.linalg.solve(normal, mine.T @ (answers[answered] - offset[answered])))
    return np.array(found)


def fit_plainly(table: Table) -> tuple[Table, Table, Table]:
    """Positions, centre and loadings, up to the side of each axis."""
    gave = np.isin(table, (-1, 1))
    said = np.where(gave, table, 0).astype(float)
    leaning = np.zeros(len(said))
    for _ in range(3):
        centre = (said - leaning[:, None] * gave).sum(axis=0) / (gave.sum(axis=0) + 3.0)
        leaning = (said - centre * gave).sum(axis=1) / (gave.sum(axis=1) + 3.0)
    left = np.where(gave, said - leaning[:, None] - centre, 0.0)
    loadings = np.linalg.svd(left)[2][:2].T * sqrt(said.shape[1])
    for _ in range(2):
        found = regress_plainly(said, gave, centre, loadings)
        back = regress_plainly(said.T, gave.T, found[:, 0], found[:, 1:])
        centre, loadings = back[:, 0], back[:, 1:]
        left_part, _, right_part = np.linalg.svd(loadings, full_matrices=False)
        loadings = left_part @ right_part * sqrt(len(loadings))
    found = regress_plainly(said, gave, centre, loadings)
    turn = np.linalg.svd(found[:, 1:] - found[:, 1:].mean(axis=0))[2].T
    return found[:, 1:] @ turn, centre, loadings @ turn


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_fit_equals_a_plain_fit(seed: int) -> None:
    table = some_table(40, 24, seed)
    ours = fit(cast(votes_of(table), Moderation(np.zeros(24, dtype=bool), np.zeros(24, dtype=bool))))
    positions, centre, loadings = fit_plainly(table)
    sides = np.sign((ours.loadings * loadings).sum(axis=0))
    assert ours.centre == pytest.approx(centre, abs=1e-6)
    assert ours.loadings == pytest.approx(loadings * sides, abs=1e-5)
    assert ours.positions == pytest.approx(positions * sides, abs=1e-5)
    top = np.argmax(np.abs(ours.loadings), axis=0)
    assert (ours.loadings[top, [0, 1]] > 0).all()


@given(st.integers(0, 10_000), st.integers(2, 5))
def test_kmeans_equals_scipy(seed: int, number: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(60, 2))
    starts = points[:number]
    centres, labels = kmeans2(points, starts, iter=200, minit="matrix")
    ours = kmeans(points, starts, rounds=200)
    assert ours.centres == pytest.approx(centres)
    assert ours.labels.tolist() == labels.tolist()


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(2, 4))
def test_silhouette_equals_a_plain_silhouette(seed: int, number: int) -> None:
    rng = np.random.default_rng(seed)
    points, labels = rng.normal(size=(25, 2)), rng.integers(0, number, 25)
    values = []
    for place, own in enumerate(labels):
        means = {}
        for other in set(labels.tolist()):
            members = [each for each in range(25) if labels[each] == other and each != place]
            if members:
                means[other] = np.mean([np.linalg.norm(points[place] - points[each]) for each in members])
        within = means.pop(int(own), None)
        between = min(means.values())
        values.append(0.0 if within is None else (between - within) / max(between, within))
    assert silhouette(points, labels) == pytest.approx(np.mean(values))


@given(st.lists(st.integers(0, 3), min_size=9, max_size=9), st.lists(st.integers(0, 3), min_size=9, max_size=9))
def test_rand_index_equals_counting_of_pairs(first: list[int], second: list[int]) -> None:
    pairs = list(combinations(range(9), 2))
    one = np.array([first[a] == first[b] for a, b in pairs])
    other = np.array([second[a] == second[b] for a, b in pairs])
    by_chance = one.sum() * other.sum() / len(pairs)
    most = (one.sum() + other.sum()) / 2
    plain = 1.0 if most == by_chance else ((one & other).sum() - by_chance) / (most - by_chance)
    assert rand_index(np.array(first), np.array(second)) == pytest.approx(plain)


def some_counts(groups: int, statements: int, seed: int) -> GroupCounts:
    rng = np.random.default_rng(seed)
    seen = rng.integers(0, 90, (groups, statements))
    agree = rng.binomial(seen, rng.random((groups, statements)))
    return GroupCounts(agree, rng.binomial(seen - agree, 0.8), seen)


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 4), st.integers(0, 10_000))
def test_find_representative_equals_a_plain_search(groups: int, seed: int) -> None:
    counts = some_counts(groups, 12, seed)
    tests = {}
    for group in range(groups):
        others = [other for other in range(groups) if other != group]
        for at in range(12):
            for direction, table in (("agree", counts.agree), ("disagree", counts.disagree)):
                k, n = table[group, at] + 1, counts.seen[group, at] + 2
                l, m = table[others, at].sum() + 1, counts.seen[others, at].sum() + 2  # noqa: E741 - letters of the formula
                pooled = (k + l) / (n + m)
                z = (k / n - l / m) / sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
                surely = k / n - l / m - 1.96 * sqrt(k / n * (1 - k / n) / n + l / m * (1 - l / m) / m)
                tests[group, at, direction] = (stats.norm.sf(z), k / n, surely)
    adjusted = stats.false_discovery_control([chance for chance, _, _ in tests.values()])
    q_value = dict(zip(tests, adjusted, strict=True))
    found = find_representative(counts, np.ones(12, dtype=bool), np.arange(12))
    for group, some in enumerate(found):
        telling = [key for key in tests if key[0] == group and q_value[key] <= 0.05 and tests[key][1] > 0.5]
        assert {(one.statement, one.direction) for one in some} <= {key[1:] for key in telling}
        assert len(some) == min(10, len(telling))
        surely = [tests[group, one.statement, one.direction][2] for one in some]
        assert surely == sorted((tests[key][2] for key in telling), reverse=True)[:10]
        for one in some:
            assert one.q_value == pytest.approx(q_value[group, one.statement, one.direction])


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 4), st.integers(0, 10_000))
def test_find_consensus_equals_a_plain_search(groups: int, seed: int) -> None:
    counts = some_counts(groups, 12, seed)
    everybody = GroupCounts(
        *(table.sum(axis=0, keepdims=True) for table in (counts.agree, counts.disagree, counts.seen))
    )
    expected = []
    for direction, table in (("agree", counts.agree), ("disagree", counts.disagree)):
        lowest = {
            at: min(
                stats.beta(k + 1, n - k + 1).ppf(0.025) for k, n in zip(table[:, at], counts.seen[:, at], strict=True)
            )
            for at in range(12)
        }
        order = sorted((at for at in lowest if lowest[at] > 0.5), key=lambda at: -lowest[at])
        expected += [(at, direction) for at in order]
    found = find_consensus(counts, everybody, np.ones(12, dtype=bool), np.arange(12))
    assert [(one.statement, one.direction) for one in found] == expected


def slate_plainly(table: Table) -> tuple[int, ...]:
    """Person by person: how much of each still waits, and what each statement would do for them."""
    people = [row for row in table if np.isin(row, (-1, 1)).any()]
    waiting = [1.0] * len(people)
    chosen: list[int] = []
    candidates = [at for at in range(table.shape[1]) if any(row[at] == 1 for row in people)]
    while candidates and len(chosen) < 8:
        share = {}
        for at in candidates:
            asked = sum(rest for rest, row in zip(waiting, people, strict=True) if row[at] != HIDDEN)
            agreed = sum(rest for rest, row in zip(waiting, people, strict=True) if row[at] == 1)
            everybody = sum(row[at] != HIDDEN for row in people)
            content = sum(row[at] == 1 for row in people)
            share[at] = (round(agreed / (asked + 10), 9), content / (everybody + 10), -at)
        best = max(candidates, key=lambda at: share[at])
        if len(chosen) >= 5 and share[best][0] * sum(waiting) < len(people) / 20:
            break
        chosen.append(best)
        candidates.remove(best)
        for place, row in enumerate(people):
            if row[best] == 1:
                waiting[place] = 0.0
            elif row[best] == HIDDEN:
                waiting[place] *= 1 - share[best][0]
    return tuple(chosen)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_find_slate_equals_a_plain_choice(seed: int) -> None:
    table = some_table(30, 14, seed)
    assert find_slate(votes_of(table), np.ones(14, dtype=bool)) == slate_plainly(table)


@given(st.integers(0, 10_000))
def test_bridging_equals_least_squares_by_normal_equations(seed: int) -> None:
    rng = np.random.default_rng(seed)
    centre, loadings, answers = rng.normal(size=15), rng.normal(size=(15, 2)), rng.integers(1, 40, 15).astype(float)
    weighted = loadings * answers[:, None]
    camps = np.linalg.solve(weighted.T @ loadings, weighted.T @ centre)
    assert bridging(centre, loadings, answers) == pytest.approx(centre - loadings @ camps)
