from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decapolis_methods.errors import MethodError
from decapolis_methods.opinion.analysis import Analysis, Moderation
from decapolis_methods.opinion.default import analyse_default
from decapolis_methods.opinion.default.stability import rand_index
from decapolis_methods.opinion.planted import Plan, conversation
from decapolis_methods.opinion.votes import Votes

TWO_CAMPS = Plan(participants=160, statements=30, groups=2, density=0.6, yea_saying=0.5)


def nothing(statements: int) -> Moderation:
    return Moderation(np.zeros(statements, dtype=bool), np.zeros(statements, dtype=bool))


def analyse(votes: Votes, *, bootstrap: int = 0) -> Analysis:
    return analyse_default(votes, nothing(len(votes.statements)), bootstrap=bootstrap)


def planted(plan: Plan = TWO_CAMPS, seed: int = 1) -> Votes:
    return conversation(plan, seed=seed).votes


def triplets(votes: Votes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return votes.participants[votes.rows], votes.statements[votes.columns], votes.values


def assert_same_opinions(one: Analysis, other: Analysis, *, people: slice = slice(None)) -> None:
    """Same space, groups and statements; `people` are those whom both have."""
    assert other.centre == pytest.approx(one.centre, abs=1e-6)
    assert other.components == pytest.approx(one.components, abs=1e-6)
    assert other.positions[people] == pytest.approx(one.positions, abs=1e-6, nan_ok=True)
    assert other.group_of[people].tolist() == one.group_of.tolist()
    assert other.bridging == pytest.approx(one.bridging, abs=1e-6, nan_ok=True)
    assert other.slate == one.slate
    assert other.group_aware_consensus == pytest.approx(one.group_aware_consensus)


@pytest.mark.slow
@pytest.mark.parametrize("groups", [2, 3])
@pytest.mark.parametrize("yea_saying", [0.0, 1.0])
def test_analyse_default_finds_planted_groups(groups: int, yea_saying: float) -> None:
    plan = Plan(participants=600, statements=80, groups=groups, density=0.4, yea_saying=yea_saying)
    made = conversation(plan, seed=3)
    found = analyse(made.votes)
    inside = found.group_of >= 0
    assert len(found.group_ids) == groups
    assert rand_index(made.groups[inside], found.group_of[inside]) > 0.7


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("yea_saying", [0.0, 1.2])
def test_analyse_default_does_not_cut_a_crowd_of_one_opinion(seed: int, yea_saying: float) -> None:
    found = analyse(planted(Plan(300, 50, groups=1, density=0.4, yea_saying=yea_saying), seed))
    assert len(found.group_ids) == 0
    assert set(found.group_of.tolist()) <= {-1}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_analyse_default_does_not_cut_a_crowd_with_most_in_the_middle(seed: int) -> None:
    """Opinions run along one line without a gap, most people in the middle."""
    rng = np.random.default_rng(seed)
    place, slope = rng.normal(size=(500, 1)), rng.normal(size=60) / 2
    agree = rng.random((500, 60)) < 1 / (1 + np.exp(-place * slope))
    who, what = np.nonzero(rng.random((500, 60)) < 0.5)
    found = analyse(Votes.from_triplets(who, what, np.where(agree[who, what], 1, -1)))
    assert len(found.group_ids) == 0


def test_analyse_default_with_too_few_people_has_no_groups_but_all_else() -> None:
    found = analyse(planted(replace(TWO_CAMPS, participants=26)), bootstrap=3)
    assert (len(found.group_ids), found.stability, found.representative) == (0, None, ())
    assert found.counts.agree.shape == (0, 30)
    assert len(found.slate) >= 5
    assert np.isfinite(found.bridging).all()
    assert found.consensus == analyse(planted(replace(TWO_CAMPS, participants=26))).consensus


def test_analyse_default_of_no_votes() -> None:
    found = analyse_default(
        Votes.from_triplets([], [], [], statements=[1, 2], participants=[5]), nothing(2), bootstrap=2
    )
    assert (found.votes, found.slate, found.consensus, len(found.group_ids)) == (0, (), (), 0)
    assert np.isnan(found.bridging).all()


def test_analyse_default_says_who_and_what() -> None:
    votes = planted()
    found = analyse(votes)
    assert (found.mode, found.seed, found.votes) == ("default", 0, len(votes))
    assert found.components.shape == (2, 30)
    sizes = [int((found.group_of == group).sum()) for group in found.group_ids]
    assert sizes == sorted(sizes, reverse=True)
    assert found.counts.seen.sum() + (found.group_of[votes.rows] < 0).sum() == len(votes)


def test_analyse_default_places_people_from_seven_positions_on() -> None:
    votes = planted(replace(TWO_CAMPS, density=0.25))
    positions = np.bincount(votes.rows[votes.values != 0], minlength=160)
    found = analyse(votes)
    assert (np.isfinite(found.positions[:, 0]) == (positions >= 7)).all()
    assert (found.group_of[positions < 7] == -1).all()


def test_analyse_default_with_few_statements_places_who_answered_all() -> None:
    table = np.array([[1, -1, 1]] * 20 + [[1, 1, 0]] * 3)
    who, what = np.indices(table.shape).reshape(2, -1)
    found = analyse(Votes.from_triplets(who, what, table.ravel()))
    assert np.isfinite(found.positions[:20]).all()
    assert np.isnan(found.positions[20:]).all()


def test_analyse_default_leaves_refused_and_meta_out_of_everything_but_counts() -> None:
    votes = planted()
    moderation = Moderation(np.arange(30) == 3, np.arange(30) == 4)
    found = analyse_default(votes, moderation)
    kept = moderation.analysed[votes.columns]
    who, what, value = (part[kept] for part in triplets(votes))
    without = analyse(Votes.from_triplets(who, what, value, participants=votes.participants))
    assert found.positions == pytest.approx(without.positions, abs=1e-6, nan_ok=True)
    assert found.group_of.tolist() == without.group_of.tolist()
    assert found.slate == without.slate
    assert (found.components[:, 3:5] == 0).all()
    assert np.isnan(found.bridging[3:5]).all()
    assert found.priorities[3:5].tolist() == [0, 49]
    assert found.everybody.seen[0, 3] > 0
    named = {one.statement for some in found.representative for one in some} | {
        one.statement for one in found.consensus
    }
    assert not named & {3, 4}


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_analyse_default_does_not_depend_on_the_order_of_the_votes(seed: int) -> None:
    votes = planted()
    order = np.random.default_rng(seed).permutation(len(votes))
    shuffled = Votes.from_triplets(*(part[order] for part in triplets(votes)))
    one, other = analyse(votes), analyse(shuffled)
    assert other.positions.tobytes() == one.positions.tobytes()
    assert other.consensus == one.consensus
    assert other.representative == one.representative


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_analyse_default_does_not_depend_on_the_names_of_people(seed: int) -> None:
    votes = planted()
    name = np.random.default_rng(seed).permutation(160)
    who, what, value = triplets(votes)
    one, other = analyse(votes), analyse(Votes.from_triplets(name[who], what, value))
    assert other.positions[name] == pytest.approx(one.positions, abs=1e-6, nan_ok=True)
    assert other.group_of[name].tolist() == one.group_of.tolist()
    assert other.consensus == one.consensus


def test_analyse_default_begun_on_some_people_does_not_depend_on_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where axes are sought on some people, who they are is said by the answers alone."""
    for module in ("ballots", "method"):
        monkeypatch.setattr(f"decapolis_methods.opinion.default.{module}.SAMPLE", 60)
    who, what, how = triplets(conversation(TWO_CAMPS, seed=1).votes)
    names = np.random.default_rng(2).permutation(TWO_CAMPS.participants)
    one, other = analyse(Votes.from_triplets(who, what, how)), analyse(Votes.from_triplets(names[who], what, how))
    assert len(one.group_ids) == 2
    assert other.slate == one.slate
    assert other.group_of[names].tolist() == one.group_of.tolist()
    assert other.positions[names] == pytest.approx(one.positions, abs=1e-6, nan_ok=True)


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_analyse_default_does_not_depend_on_the_names_of_statements(seed: int) -> None:
    votes = planted()
    name = np.random.default_rng(seed).permutation(30)
    who, what, value = triplets(votes)
    one, other = analyse(votes), analyse(Votes.from_triplets(who, name[what], value))
    assert other.positions == pytest.approx(one.positions, abs=1e-6, nan_ok=True)
    assert other.group_of.tolist() == one.group_of.tolist()
    assert other.bridging[name] == pytest.approx(one.bridging, abs=1e-6)
    assert {item.statement for item in other.consensus} == {int(name[item.statement]) for item in one.consensus}


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 29), min_size=1, max_size=30, unique=True))
def test_analyse_default_somebody_who_only_passed_moves_nothing(passed: list[int]) -> None:
    votes = planted()
    who, what, value = triplets(votes)
    everybody = Votes.from_triplets(
        np.append(who, [900] * len(passed)), np.append(what, passed), np.append(value, [0] * len(passed))
    )
    one, other = analyse(votes), analyse(everybody)
    assert_same_opinions(one, other, people=slice(0, 160))
    assert other.representative == one.representative
    assert other.group_of[160] == -1
    assert np.isnan(other.positions[160]).all()


def test_analyse_default_with_repeats_somebody_who_only_passed_moves_nothing() -> None:
    votes = planted()
    who, what, value = triplets(votes)
    everybody = Votes.from_triplets(np.append(who, [900] * 9), np.append(what, range(9)), np.append(value, [0] * 9))
    one, other = (analyse(some, bootstrap=4).stability for some in (votes, everybody))
    assert one is not None
    assert other is not None
    assert other.agreement == pytest.approx(one.agreement)


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(st.integers(0, 159))
def test_analyse_default_somebody_deleted_was_never_there(person: int) -> None:
    votes = planted()
    who, what, value = triplets(votes)
    kept = who != person
    deleted = Votes.from_triplets(who[kept], what[kept], value[kept], statements=votes.statements)
    never = planted()
    never_kept = never.rows != person
    parts = tuple(part[never_kept] for part in triplets(never))
    assert analyse(deleted).positions.tobytes() == analyse(Votes.from_triplets(*parts)).positions.tobytes()
    emptied = Votes.from_triplets(
        who[kept], what[kept], value[kept], statements=votes.statements, participants=votes.participants
    )
    one, other = analyse(deleted), analyse(emptied)
    people = np.arange(160) != person
    assert other.positions[people] == pytest.approx(one.positions, abs=1e-6, nan_ok=True)
    assert other.group_of[people].tolist() == one.group_of.tolist()
    assert (other.slate, other.consensus) == (one.slate, one.consensus)


def test_analyse_default_mirrors_when_agree_and_disagree_change_places() -> None:
    votes = planted()
    who, what, value = triplets(votes)
    one, other = analyse(votes), analyse(Votes.from_triplets(who, what, -value))
    assert other.centre == pytest.approx(-one.centre)
    assert other.bridging == pytest.approx(-one.bridging, abs=1e-6)
    assert other.positions == pytest.approx(-one.positions, abs=1e-6, nan_ok=True)
    inside = one.group_of >= 0
    assert rand_index(one.group_of[inside], other.group_of[inside]) > 0.95
    assert {(item.statement, item.direction) for item in other.consensus} == {
        (item.statement, {"agree": "disagree", "disagree": "agree"}[item.direction]) for item in one.consensus
    }


@pytest.mark.slow
def test_analyse_default_yea_saying_does_not_fool_it() -> None:
    """The same two camps, once plain and once with people who say yes or no to much: the same people stand together."""
    plain, loud = (
        conversation(replace(TWO_CAMPS, participants=500, statements=60, yea_saying=habit), seed=2)
        for habit in (0.0, 1.5)
    )
    for made in (plain, loud):
        found = analyse(made.votes)
        inside = found.group_of >= 0
        assert len(found.group_ids) == 2
        assert rand_index(found.group_of[inside], made.groups[inside]) > 0.75


@pytest.mark.slow
def test_analyse_default_calls_those_between_the_camps_undecided() -> None:
    made = conversation(Plan(500, 60, groups=2, density=0.5, undecided=0.2), seed=4)
    found = analyse(made.votes, bootstrap=20)
    between = made.groups == -2
    placed = found.group_of != -1
    assert (found.group_of[between & placed] == -2).mean() > 3 * (found.group_of[~between & placed] == -2).mean()


@pytest.mark.slow
def test_analyse_default_repeats_keep_within_the_placed_people() -> None:
    found = analyse(planted(replace(TWO_CAMPS, density=0.3)), bootstrap=5)
    assert found.stability is not None
    assert (np.isnan(found.stability.membership) == (found.group_of == -1)).all()
    assert (found.stability.rounds, len(found.stability.outlines)) == (5, 5)
    assert ((found.stability.membership < 2 / 3) == (found.group_of == -2)).all()


def test_analyse_default_same_seed_same_result() -> None:
    one, same = (analyse(planted(), bootstrap=3) for _ in range(2))
    assert one.positions.tobytes() == same.positions.tobytes()
    assert one.group_of.tolist() == same.group_of.tolist()
    assert (one.representative, one.consensus, one.slate) == (same.representative, same.consensus, same.slate)


@pytest.mark.parametrize(("seed", "bootstrap", "said"), [(-1, 0, "seed: -1"), (0, -3, "bootstrap: -3")])
def test_analyse_default_names_what_is_wrong(seed: int, bootstrap: int, said: str) -> None:
    with pytest.raises(MethodError, match=f"{said} cannot be used"):
        analyse_default(planted(), nothing(30), seed=seed, bootstrap=bootstrap)


def test_analyse_default_wants_a_moderation_of_all_statements() -> None:
    with pytest.raises(MethodError, match="moderation: shapes"):
        analyse_default(planted(), nothing(29))
