"""What leaves an analysis: hand-worked figures, no small number, no person."""

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from decapolis_methods.disclosure.shares import Share
from decapolis_methods.errors import MethodError
from decapolis_methods.opinion.analyse import analyse
from decapolis_methods.opinion.analysis import Analysis, Direction, GroupCounts, Moderation, Representative, Stability
from decapolis_methods.opinion.default import analyse_default
from decapolis_methods.opinion.figures import released_figures
from decapolis_methods.opinion.outlines import outline
from decapolis_methods.opinion.planted import Plan, conversation
from decapolis_methods.opinion.release import release
from decapolis_methods.opinion.released import Released, StatementTotals, as_document, from_document

Cells = list[tuple[int, int, int]]
"""Agree, disagree and seen on each statement."""

NO_PEOPLE: Cells = [(0, 0, 0)] * 4


def telling(group: int, statement: int, direction: Direction = "agree") -> Representative:
    return Representative(group, statement, direction, 0, 0, 0.9, 3.0, 2.0, 3.0, 0.8, 0.95, 0.01)


def made(sizes: list[int], groups: list[Cells], outside: int, rest: Cells) -> Analysis:
    """An analysis with these groups and answers, people of the rest placed but undecided."""
    counts = np.array(groups, dtype=np.int64).reshape(len(groups), len(rest), 3).transpose(2, 0, 1)
    every = counts.sum(axis=1, keepdims=True) + np.array(rest, dtype=np.int64).T[:, None, :]
    group_of = np.repeat([*range(len(sizes)), -2], [*sizes, outside])
    people, statements = len(group_of), len(rest)
    rng = np.random.default_rng(3)
    positions = rng.normal(size=(people, 2)) + 6 * np.column_stack([group_of, group_of % 2])
    none = np.zeros(statements, dtype=bool)
    return Analysis(
        participants=np.arange(people),
        statements=np.arange(statements) + 10,
        votes=int(every[2].sum()),
        moderation=Moderation(refused=none, meta=none),
        centre=np.zeros(statements),
        components=np.zeros((2, statements)),
        positions=positions,
        group_of=group_of,
        group_ids=np.arange(len(sizes)),
        counts=GroupCounts(*counts),
        everybody=GroupCounts(*every),
        representative=tuple(() for _ in sizes),
        consensus=(),
        group_aware_consensus=np.zeros(statements),
        priorities=np.zeros(statements),
        bridging=np.array([0.123456, np.nan, -0.5, 0.0])[:statements],
        slate=(),
        stability=None,
        mode="default",
        version="1",
        seed=0,
    )


@pytest.fixture
def two_groups() -> Analysis:
    """100 and 60 people in groups, 40 in none; statements 10 shared, 11 dividing, 12 refused by all, 13 hardly seen."""
    first: Cells = [(80, 10, 100), (85, 5, 100), (10, 75, 100), (2, 1, 3)]
    second: Cells = [(48, 2, 60), (3, 50, 60), (2, 50, 60), (2, 0, 2)]
    rest: Cells = [(30, 5, 40), (20, 10, 40), (3, 30, 40), (2, 1, 3)]
    return made([100, 60], [first, second], 40, rest)


def test_release_counts_people_statements_and_votes(two_groups: Analysis) -> None:
    released = release(two_groups)
    assert (released.participants, released.statements, released.votes) == (200, 4, 608)
    assert [(group.letter, group.people, group.percent) for group in released.groups] == [("a", 100, 50), ("b", 60, 30)]
    assert (released.undecided, released.figures_rounded_to, released.no_groups) == (40, 1, "")


def test_release_totals_stand_for_each_statement_with_enough_answers(two_groups: Analysis) -> None:
    totals = release(two_groups).totals
    assert [one.statement for one in totals] == [10, 11, 12]
    assert totals[0].agree == Share("exact", 79, 73, 84, 200)
    assert release(two_groups).withheld.few_answers == 1


def test_release_common_ground_is_common_to_every_group(two_groups: Analysis) -> None:
    common = release(two_groups).common
    assert [(one.statement, one.direction) for one in common] == [(10, "agree"), (12, "disagree")]
    agreed = common[0]
    assert agreed.share == Share("exact", 79, 73, 84, 200)
    assert agreed.by_group[0] == Share("exact", 80, 71, 87, 100)
    assert agreed.lowest == min(share.low or 0 for share in agreed.by_group)


def test_release_dividing_statements_have_groups_apart(two_groups: Analysis) -> None:
    [dividing] = release(two_groups).dividing
    assert dividing.statement == 11
    assert [share.bound for share in dividing.by_group] == ["exact", "few"]


def test_release_special_statements_are_neither_common_nor_dividing(two_groups: Analysis) -> None:
    known = (telling(0, 11), telling(0, 10)), (telling(1, 11, "disagree"),)
    released = release(replace(two_groups, representative=known))
    assert ({one.statement for one in released.dividing}, released.special) == ({11}, ())


def test_release_letters_go_by_size_and_figures_follow(two_groups: Analysis) -> None:
    turned = replace(
        two_groups,
        group_of=np.where(two_groups.group_of >= 0, 1 - two_groups.group_of, two_groups.group_of),
        counts=GroupCounts(*(getattr(two_groups.counts, name)[::-1] for name in ("agree", "disagree", "seen"))),
    )
    assert release(turned) == release(two_groups)


def moderated(analysis: Analysis, *, refused: list[int], meta: list[int]) -> Analysis:
    """The same analysis with statements (by place) refused, or about the participants themselves."""
    flags = (np.isin(np.arange(4), refused), np.isin(np.arange(4), meta))
    return replace(analysis, moderation=Moderation(*flags))


def statements_in(value: Any) -> set[int]:
    """Numbers of statements anywhere in a document."""
    if isinstance(value, dict):
        own = {value["statement"]} if "statement" in value else set()
        own |= set(value.get("slate", ()))
        return own.union(*map(statements_in, value.values()))
    return set().union(*map(statements_in, value)) if isinstance(value, list | tuple) else set()


def test_release_leaves_out_refused_and_meta(two_groups: Analysis) -> None:
    released = release(moderated(two_groups, refused=[0], meta=[1]))
    assert [one.statement for one in released.totals] == [12]
    assert [one.statement for one in released.common] == [12]
    assert released.dividing == ()
    assert (released.statements, released.withheld.refused, released.withheld.about_participants) == (2, 1, 1)


def test_release_counts_a_statement_that_is_both_among_the_refused(two_groups: Analysis) -> None:
    withheld = release(moderated(two_groups, refused=[1], meta=[1])).withheld
    assert (withheld.refused, withheld.about_participants) == (1, 0)


def test_release_counts_no_meta_statement_among_those_with_few_answers(two_groups: Analysis) -> None:
    withheld = release(moderated(two_groups, refused=[], meta=[3])).withheld
    assert (withheld.few_answers, withheld.about_participants) == (0, 1)


@pytest.mark.parametrize("meta", [[0], [1], [2], [0, 1, 2, 3]])
def test_release_has_no_row_of_a_meta_statement_whatever_the_analysis_chose(
    two_groups: Analysis, meta: list[int]
) -> None:
    """Also where a method named such statements as telling, or put them on its slate."""
    telling_ones = tuple(tuple(telling(group, number) for number in (10, 11, 12)) for group in (0, 1))
    chosen = replace(two_groups, representative=telling_ones, slate=(10, 11, 12))
    named = statements_in(as_document(release(moderated(chosen, refused=[], meta=meta))))
    assert named & {10 + place for place in meta} == set()
    assert bool(named) == (len(meta) < 4)


def test_release_of_meta_statements_alone_has_people_and_no_row(two_groups: Analysis) -> None:
    released = release(moderated(two_groups, refused=[], meta=[0, 1, 2, 3]))
    assert (released.participants, released.statements, released.totals) == (200, 0, ())
    assert released.withheld.about_participants == 4


@pytest.mark.slow
@given(meta=st.sets(st.integers(0, 3)), refused=st.sets(st.integers(0, 3)))
@settings(max_examples=30, deadline=None)
def test_release_accounts_for_every_statement(meta: set[int], refused: set[int]) -> None:
    cells: Cells = [(40, 5, 50), (25, 20, 50), (5, 40, 50), (2, 1, 3)]
    found = made([50, 50], [cells, cells], 0, NO_PEOPLE)
    released = release(moderated(found, refused=[*refused], meta=[*meta]))
    withheld = released.withheld
    assert released.statements + withheld.refused + withheld.about_participants == 4
    assert len(released.totals) + withheld.few_answers == released.statements


def test_release_counts_bounded_shares(two_groups: Analysis) -> None:
    released = release(two_groups)
    shown = [share for share in shares(released) if share.bound not in ("exact", "withheld")]
    assert released.withheld.bounded == len(shown) - sum(one.share.bound != "exact" for one in released.common)


def test_release_slate_most_supported_first_and_whole_or_not_at_all(two_groups: Analysis) -> None:
    assert release(replace(two_groups, slate=(12, 11, 10))).slate == (10, 11, 12)
    assert release(replace(two_groups, slate=(12, 11, 10, 13))).slate == ()


def test_release_says_nothing_more_of_statements_than_their_shares(two_groups: Analysis) -> None:
    """Everything else that is known of a statement could be turned back into the counts that are withheld."""
    other = replace(two_groups, bridging=two_groups.bridging + 0.3, priorities=two_groups.priorities + 1)
    assert release(other) == release(two_groups)
    assert {field.name for field in fields(StatementTotals)} == {"statement", "agree", "disagree"}


def test_release_dissolves_small_groups(two_groups: Analysis) -> None:
    third: Cells = [(9, 0, 9)] * 4
    first, second = two_groups.counts.seen[0], two_groups.counts.seen[1]
    cells = [[(int(n) // 2, 0, int(n)) for n in group] for group in (first, second)]
    released = release(made([100, 60, 9], [*cells, third], 31, NO_PEOPLE))
    assert [group.people for group in released.groups] == [100, 60]
    assert (released.undecided, released.withheld.small_groups) == (40, 1)
    assert released.map is not None
    assert [group.letter for group in released.map.groups] == ["a", "b", ""]


def test_release_rounds_sizes_where_few_are_undecided() -> None:
    released = release(made([100, 60], [NO_PEOPLE, NO_PEOPLE], 3, NO_PEOPLE))
    assert released.undecided is None
    assert released.figures_rounded_to == 5
    assert [group.people for group in released.groups] == [100, 60]


@pytest.mark.parametrize(
    ("sizes", "outside", "reason"),
    [
        ([30, 19], 0, "too few people"),
        ([60], 40, "no structure"),
        ([], 100, "no structure"),
        ([60, 9], 40, "too small"),
        ([13, 13, 13, 13], 3, "too small"),
    ],
)
def test_release_says_why_there_are_no_groups(sizes: list[int], outside: int, reason: str) -> None:
    rest: Cells = [(40, 2, 45), (20, 20, 45), (2, 40, 45), (1, 1, 2)]
    released = release(made(sizes, [NO_PEOPLE] * len(sizes), outside, rest))
    assert released.no_groups == reason
    assert (released.groups, released.map, released.dividing, released.special) == ((), None, (), ())
    assert released.undecided == sum(sizes) + outside
    assert [(one.statement, one.direction, one.by_group) for one in released.common] == [
        (10, "agree", ()),
        (12, "disagree", ()),
    ]


def test_release_hides_figures_by_group_from_which_the_rest_could_be_told() -> None:
    """44 of 84 agree, 22 of 40 in each group: that nobody of the last four agrees could be computed."""
    told: Cells = [(22, 18, 40), (35, 2, 40), (2, 35, 40), (0, 0, 0)]
    rest: Cells = [(0, 4, 4), (15, 2, 20), (2, 15, 20), (0, 0, 0)]
    released = release(made([40, 40], [told, told], 20, rest))
    assert released.totals[0].agree.percent == 52
    assert [one.statement for one in released.common] == [11, 12]
    assert released.withheld.by_group == 1
    shown = released_figures(made([40, 40], [told, told], 20, rest), [0, 1], 10)
    assert shown.open == (11, 12, 13)


def stability(agreement: list[float], numbers: list[int]) -> Stability:
    return Stability(len(numbers), np.array(numbers), np.array(agreement), np.empty(0), ())


def test_release_says_how_sure_it_is(two_groups: Analysis) -> None:
    sure = release(replace(two_groups, stability=stability([1.0, 0.5, 0.75, np.nan], [2, 3, 2, 2]))).certainty
    assert (sure.rounds, sure.same_number, sure.agreement, sure.undecided) == (4, 3, 0.75, 0.2)


def test_release_does_not_say_how_few_are_undecided() -> None:
    few = made([100, 60], [NO_PEOPLE, NO_PEOPLE], 9, NO_PEOPLE)
    assert release(replace(few, stability=stability([1.0], [2]))).certainty.undecided == 0


@pytest.mark.parametrize(("minimum", "cell", "argument"), [(9, 5, "minimum"), (10, 4, "cell")])
def test_release_refuses_less_protection(two_groups: Analysis, minimum: int, cell: int, argument: str) -> None:
    with pytest.raises(MethodError) as refused:
        release(two_groups, minimum=minimum, cell=cell)
    assert refused.value.argument == argument


def test_release_with_a_higher_minimum_says_less(two_groups: Analysis) -> None:
    released = release(two_groups, minimum=20)
    assert released.minimum == 20
    assert released.totals[1].disagree == Share("exact", 33, 27, 40, 200)
    assert all(share.n is None or share.n >= 20 for share in shares(released))


def shares(released: Released) -> Iterator[Share]:
    """Every share anywhere in a release."""
    return found_in(as_document(released))


def found_in(value: Any) -> Iterator[Share]:
    if isinstance(value, dict):
        if set(value) == {"bound", "percent", "low", "high", "n"}:
            yield Share(**value)
        for part in value.values():
            yield from found_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from found_in(part)


def analysed(plan: Plan, seed: int) -> Analysis:
    planted = conversation(plan, seed=seed)
    groups = {number: group for number, group in enumerate(planted.groups.tolist()) if group >= 0}
    return analyse(planted.votes, mode="polis", groups=groups)


@pytest.mark.slow
@given(
    people=st.integers(12, 260),
    groups=st.integers(1, 5),
    density=st.floats(0.05, 1),
    passes=st.floats(0, 0.5),
    seed=st.integers(0, 10_000),
)
@settings(max_examples=40, deadline=None)
def test_release_never_says_a_small_number(people: int, groups: int, density: float, passes: float, seed: int) -> None:
    released = release(analysed(Plan(people, 12, groups, density=density, passes=passes, undecided=0.1), seed))
    for share in shares(released):
        assert share.n is None or (share.n >= 10 and share.n % 5 == 0)
        if share.percent is not None and share.n is not None:
            most = share.n + 4
            assert (share.percent + 0.5) * most / 100 >= 10
            assert (100 - share.percent + 0.5) * most / 100 >= 10
    assert all(group.people >= 10 for group in released.groups)
    assert released.undecided is None or released.undecided == 0 or released.undecided >= 10


@pytest.mark.slow
def test_release_does_not_depend_on_the_order_of_people() -> None:
    found = analysed(Plan(300, 20, density=0.5, undecided=0.1), 5)
    turn = np.random.default_rng(1).permutation(300)
    turned = replace(
        found, participants=found.participants[turn], positions=found.positions[turn], group_of=found.group_of[turn]
    )
    assert release(turned) == release(found)


@pytest.mark.slow
@pytest.mark.parametrize("plan", [Plan(300, 20, density=0.5, undecided=0.1), Plan(20, 8, density=0.5)])
def test_release_comes_back_from_its_document(plan: Plan) -> None:
    released = release(analyse(conversation(plan, seed=2).votes, bootstrap=12))
    written = json.dumps(as_document(released), allow_nan=False)
    assert from_document(json.loads(written)) == released


def test_document_has_no_person(two_groups: Analysis) -> None:
    numbers = np.arange(10**9, 10**9 + 200)
    written = json.dumps(as_document(release(replace(two_groups, participants=numbers))))
    assert "1000000" not in written
    assert not {"participants_ids", "group_of", "positions", "members", "membership"} & set(json.loads(written))


def test_from_document_takes_fields_that_it_does_not_know(two_groups: Analysis) -> None:
    released = release(two_groups)
    assert from_document(as_document(released) | {"added_later": 3}) == released


@pytest.mark.parametrize("broken", [{"votes"}, {"certainty"}, {"withheld", "totals"}])
def test_from_document_refuses_what_is_not_whole(two_groups: Analysis, broken: set[str]) -> None:
    document = {name: value for name, value in as_document(release(two_groups)).items() if name not in broken}
    with pytest.raises(MethodError, match="document"):
        from_document(document)


def test_from_document_takes_documents_from_before_a_field_was_added(two_groups: Analysis) -> None:
    released = release(two_groups)
    document = as_document(released)
    del document["withheld"]["by_group"]
    assert from_document(document) == released


def test_from_document_refuses_another_kind(two_groups: Analysis) -> None:
    with pytest.raises(MethodError, match="document"):
        from_document(as_document(release(two_groups)) | {"certainty": 5})


def planted_analysis(undecided: float) -> tuple[Analysis, NDArray[np.int64]]:
    planted = conversation(Plan(400, 30, 2, density=0.6, noise=0, undecided=undecided), seed=9)
    return analyse(planted.votes, bootstrap=0), planted.groups


@pytest.mark.slow
def test_release_shows_planted_groups_and_what_was_planted_between_them() -> None:
    found, groups = planted_analysis(0.0)
    released = release(found)
    sizes = sorted(np.bincount(groups).tolist(), reverse=True)
    assert [group.people for group in released.groups] == pytest.approx(sizes, rel=0.25)
    assert len(released.dividing) == 6
    assert len(released.common) > 0
    assert {one.letter for one in released.special} <= {"a", "b"}


@pytest.mark.slow
def test_release_has_no_point_where_a_person_is() -> None:
    """On the scale of the map, no mark and no corner of an outline lies on the place of anybody."""
    found, _ = planted_analysis(0.1)
    drawn = release(found).map
    assert drawn is not None
    placed = found.positions[~np.isnan(found.positions[:, 0])]
    edge = outline(found.positions[found.group_of == int(np.bincount(found.group_of[found.group_of >= 0]).argmax())])
    shown = np.array(drawn.groups[0].outline)
    scale = np.ptp(shown[:, 0]) / np.ptp(edge[:, 0])
    people = (placed - edge.mean(axis=0)) * (scale, -scale) + shown.mean(axis=0)
    points = np.array([point for group in drawn.groups for point in (*group.marks, *group.outline)])
    apart = np.hypot(*(points[:, None] - people[None]).transpose(2, 0, 1))
    assert np.hypot(*(shown - ((edge - edge.mean(axis=0)) * (scale, -scale) + shown.mean(axis=0))).T).max() < 1e-3
    assert (apart.min(axis=1) < 2e-4).mean() < 0.03


@pytest.mark.slow
@pytest.mark.parametrize("people", [1, 5, 9, 10, 49, 50])
def test_release_of_few_people_speaks_of_no_groups_below_fifty(people: int) -> None:
    votes = conversation(Plan(people, 8, 2, density=1, noise=0, passes=0), seed=3).votes
    released = release(analyse(votes, mode="polis", groups={number: number % 2 for number in range(people)}))
    assert released.participants == people
    assert (released.no_groups == "too few people") == (people < 50)
    assert len(released.totals) == (8 if people >= 10 else 0)
    assert released.withheld.few_answers == 8 - len(released.totals)
    assert (released.undecided is None) == (people < 10)


@pytest.mark.parametrize(
    ("numbers", "agreement", "reason"),
    [([2, 2, 3, 3], 0.4, ""), ([2, 3, 3, 3], 0.9, "not stable"), ([2, 2, 2, 2], 0.39, "not stable")],
)
def test_release_speaks_of_no_groups_that_did_not_come_back(numbers: list[int], agreement: float, reason: str) -> None:
    votes = conversation(Plan(400, 30, groups=2, density=0.9), seed=1).votes
    found = analyse_default(votes, Moderation(np.zeros(30, dtype=bool), np.zeros(30, dtype=bool)))
    assert len(found.group_ids) == 2
    repeated = Stability(4, np.array(numbers), np.full(4, agreement), np.ones(400), ())
    result = release(replace(found, stability=repeated))
    assert (result.no_groups, len(result.groups)) == (reason, 0 if reason else 2)
    assert bool(result.totals)
