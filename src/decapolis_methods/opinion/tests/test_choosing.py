"""Which statements are shown, from figures made by hand."""

from dataclasses import replace

import numpy as np
import pytest

from decapolis_methods.disclosure.shares import WITHHELD, Share, release_answers
from decapolis_methods.opinion.analysis import Analysis, Direction, GroupCounts, Moderation, Representative
from decapolis_methods.opinion.choosing import (
    MOST_COMMON,
    MOST_DIVIDING,
    MOST_SPECIAL,
    common_ground,
    dividing_statements,
    special_statements,
)
from decapolis_methods.opinion.figures import Answers, Figures, are_open, released_figures

SEEN = 200
"""How many of each group, and of everybody outside of it, saw each statement."""


def answers(agree: int, disagree: int | None = None, seen: int = SEEN) -> Answers:
    """Per cent of those who saw a statement; a tenth passed where nothing else is said."""
    against = 90 - agree if disagree is None else disagree
    return Answers(*release_answers(agree * seen // 100, against * seen // 100, seen))


def figures(*groups: list[int], everybody: list[int] | None = None) -> Figures:
    """Figures of statements 0, 1, 2 … from the per cents of each group who agree."""
    numbers = range(len(groups[0]) if groups else len(everybody or ()))
    whole = everybody or [sum(column) // len(groups) for column in zip(*groups, strict=True)]
    return Figures(
        minimum=10,
        everybody={number: answers(whole[number], seen=SEEN * max(len(groups), 1)) for number in numbers},
        open=tuple(numbers),
        groups=tuple({number: answers(group[number]) for number in numbers} for group in groups),
        elsewhere=tuple({number: answers(whole[number]) for number in numbers} for group in groups),
    )


def test_common_ground_needs_a_sure_majority_in_every_group() -> None:
    common = common_ground(figures([80, 80, 58], [70, 50, 80]))
    assert [one.statement for one in common] == [0, 2] or [one.statement for one in common] == [0]
    assert all(one.lowest > 50 for one in common)


def test_common_ground_is_ordered_by_the_group_that_agrees_least() -> None:
    common = common_ground(figures([85, 70, 75], [65, 70, 80]))
    assert [one.statement for one in common] == [2, 1, 0]
    assert [one.lowest for one in common] == sorted((one.lowest for one in common), reverse=True)


def test_common_ground_takes_what_all_refuse_as_well() -> None:
    [one] = common_ground(figures([10], [15]))
    assert (one.statement, one.direction) == (0, "disagree")
    assert [share.percent for share in one.by_group] == [80, 75]


def test_common_ground_shows_at_most_eight() -> None:
    assert len(common_ground(figures([80] * 12, [80] * 12))) == MOST_COMMON


def test_common_ground_without_groups_is_that_of_everybody() -> None:
    common = common_ground(figures(everybody=[80, 50, 10]))
    assert [(one.statement, one.direction, one.by_group) for one in common] == [(0, "agree", ()), (2, "disagree", ())]


def test_common_ground_does_not_take_a_group_on_trust() -> None:
    made = figures([80], [80])
    unknown = replace(made, groups=(made.groups[0], {0: Answers(WITHHELD, WITHHELD)}))
    assert common_ground(unknown) == ()


def test_common_ground_takes_nearly_all_for_a_majority() -> None:
    made = figures([80], [80])
    nearly = replace(made, groups=(made.groups[0], {0: answers(97, 1)}))
    [one] = common_ground(nearly)
    assert [share.bound for share in one.by_group] == ["exact", "nearly all"]


def test_dividing_statements_lie_furthest_apart_first() -> None:
    dividing = dividing_statements(figures([20, 10, 40], [60, 80, 45]))
    assert [one.statement for one in dividing] == [1, 0]
    assert [share.percent for share in dividing[0].by_group] == [10, 80]


def test_dividing_statements_need_intervals_that_do_not_meet() -> None:
    assert dividing_statements(figures([45], [52])) == ()


def test_dividing_statements_need_two_groups_with_figures() -> None:
    made = figures([20], [80])
    unknown = replace(made, groups=(made.groups[0], {0: Answers(WITHHELD, WITHHELD)}))
    assert dividing_statements(unknown) == ()
    assert dividing_statements(figures(everybody=[50])) == ()


def test_dividing_statements_take_two_groups_of_three() -> None:
    made = figures([20], [80], [50])
    unknown = replace(made, groups=(*made.groups[:2], {0: Answers(WITHHELD, WITHHELD)}))
    [one] = dividing_statements(unknown)
    assert one.by_group[2] == WITHHELD


def test_dividing_statements_show_at_most_six() -> None:
    assert len(dividing_statements(figures([20] * 9, [70] * 9))) == MOST_DIVIDING


def telling(group: int, *statements: int, direction: Direction = "agree") -> tuple[Representative, ...]:
    nothing = 0.0
    return tuple(
        Representative(group, one, direction, 0, 0, nothing, nothing, nothing, nothing, nothing, nothing, nothing)
        for one in statements
    )


def analysis(*representative: tuple[Representative, ...]) -> Analysis:
    """An analysis of which the representative statements alone are looked at."""
    nothing = np.zeros(0)
    counts = GroupCounts(*(np.zeros((1, 0), dtype=np.int64),) * 3)
    return Analysis(
        participants=np.arange(0),
        statements=np.arange(0),
        votes=0,
        moderation=Moderation(nothing.astype(bool), nothing.astype(bool)),
        centre=nothing,
        components=np.zeros((2, 0)),
        positions=np.zeros((0, 2)),
        group_of=np.arange(0),
        group_ids=np.arange(len(representative)),
        counts=counts,
        everybody=counts,
        representative=representative,
        consensus=(),
        group_aware_consensus=nothing,
        priorities=nothing,
        bridging=nothing,
        slate=(),
        stability=None,
        mode="default",
        version="1",
        seed=0,
    )


def apart(statements: int) -> Figures:
    """Two groups with 80 and 30 per cent on each statement, in turn."""
    first = [80 if number % 2 == 0 else 30 for number in range(statements)]
    return figures(first, [110 - share for share in first], everybody=[55] * statements)


def special(found: Analysis, made: Figures, taken: list[int], dividing: list[int]) -> list[tuple[str, int]]:
    order = list(range(len(found.representative)))
    return [(one.letter, one.statement) for one in special_statements(found, made, order, taken, dividing)]


def test_special_statements_are_the_most_telling_in_an_order_that_tells_no_more() -> None:
    """Their order goes by what is released: here all are as far from everybody else, so by number."""
    found = analysis(telling(0, 8, 4, 0, 2), telling(1, 5, 1, 3))
    assert special(found, apart(10), [], []) == [("a", 0), ("a", 4), ("a", 8), ("b", 1), ("b", 3), ("b", 5)]


def test_special_statements_at_most_three_a_group() -> None:
    assert len(special(analysis(telling(0, *range(0, 12, 2)), ()), apart(12), [], [])) == MOST_SPECIAL


def test_special_statements_do_not_repeat_common_ground() -> None:
    assert special(analysis(telling(0, 0, 2), ()), apart(4), [0], []) == [("a", 2)]


def test_special_statements_do_not_repeat_what_divides() -> None:
    assert special(analysis(telling(0, 0, 2, 4, 6), ()), apart(8), [], [0, 2]) == [("a", 4), ("a", 6)]


def test_special_statements_stand_with_one_group_in_turn() -> None:
    """Both groups are told by statement 0, one by agreeing and one by not: it stands with the first."""
    found = analysis(telling(0, 0), telling(1, 0, 1, direction="disagree"))
    assert special(found, apart(2), [], []) == [("a", 0)]


def test_special_statements_follow_the_order_of_letters() -> None:
    found = analysis(telling(0, 0), telling(1, 1))
    made = apart(2)
    turned = replace(made, groups=made.groups[::-1], elsewhere=made.elsewhere[::-1])
    chosen = special_statements(found, turned, [1, 0], [], [])
    assert [(one.letter, one.statement) for one in chosen] == [("a", 1), ("b", 0)]


def test_special_statements_leave_out_what_may_not_be_shown() -> None:
    made = apart(2)
    closed = replace(made, groups=({1: made.groups[0][1]}, made.groups[1]))
    assert special(analysis(telling(0, 0), ()), closed, [], []) == []


def test_special_statements_leave_out_what_is_as_frequent_elsewhere() -> None:
    alike = figures([55], [55])
    assert special(analysis(telling(0, 0), ()), alike, [], []) == []


def test_special_statements_leave_out_the_opposite_of_what_was_told() -> None:
    found = analysis(telling(0, 0, direction="disagree"), ())
    assert special(found, apart(1), [], []) == []


def test_answers_towards_a_direction() -> None:
    one = answers(60, 30)
    assert one.towards("agree").percent == 60
    assert one.towards("disagree").percent == 30


def counted(*rows: tuple[int, int, int]) -> GroupCounts:
    return GroupCounts(*(np.array([[row[place]] for row in rows]) for place in range(3)))


def test_released_figures_elsewhere_are_of_everybody_else() -> None:
    one = replace(
        analysis((), ()),
        statements=np.array([7]),
        moderation=Moderation(np.array([False]), np.array([False])),
        counts=counted((60, 20, 100), (20, 60, 100)),
        everybody=counted((110, 100, 260)),
    )
    made = released_figures(one, [0, 1], 10)
    assert made.everybody[7].agree.percent == 42
    assert [group[7].agree.percent for group in made.groups] == [60, 20]
    assert [group[7].agree.percent for group in made.elsewhere] == [31, 56]


@pytest.mark.parametrize(("refused", "meta", "everybody", "by_group"), [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 1)])
def test_released_figures_show_what_was_shown(refused: int, meta: int, everybody: int, by_group: int) -> None:
    one = replace(
        analysis(()),
        statements=np.array([7]),
        moderation=Moderation(np.array([bool(refused)]), np.array([bool(meta)])),
        counts=counted((60, 20, 100)),
        everybody=counted((110, 100, 260)),
    )
    made = released_figures(one, [0], 10)
    assert (len(made.everybody), len(made.open), len(made.groups[0])) == (everybody, by_group, by_group)


def test_are_open_looks_at_agree_disagree_and_pass() -> None:
    """The same few people outside the group: too few to be hidden in any of the three answers."""
    part = Answers(*release_answers(400, 300, 1000))
    for more in ((1, 0, 1), (0, 1, 1), (0, 0, 1)):
        near = Answers(*release_answers(400 + more[0], 300 + more[1], 1000 + more[2]))
        assert are_open(near, [part], 10)
    whole = Answers(Share("exact", 50, 47, 53, 1200), Share("exact", 40, 37, 43, 1200))
    disagree = Share("exact", 40, 37, 43, 1000)
    assert are_open(whole, [Answers(Share("exact", 48, 45, 51, 1000), disagree)], 10)
    assert not are_open(whole, [Answers(Share("exact", 47, 44, 50, 1000), disagree)], 10)
