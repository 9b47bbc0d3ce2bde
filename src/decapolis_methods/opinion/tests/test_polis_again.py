"""Polis's algorithm written a second time, as plainly as can be, to compare: tables filled, fractions exact.

Nothing of the method is used here but its answer. Shares and ratios are fractions, so that "greater than" is decided
without rounding; only square roots are taken in floating point. Random tables are small, so that many rules meet:
statements nobody answered, groups of one, ties, and nothing that is telling.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import prod, sqrt
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decapolis_methods.opinion.analysis import Analysis, Moderation
from decapolis_methods.opinion.polis import analyse_polis
from decapolis_methods.opinion.votes import Votes

TELLING = 1.2816
Answer = int | None


class Tally(NamedTuple):
    """Answers of some people to one statement."""

    agree: int
    disagree: int
    seen: int

    def turned(self) -> "Tally":
        return Tally(self.disagree, self.agree, self.seen)


@dataclass(frozen=True)
class Side:
    """One direction: what `here` says of a statement against `there`; success is agreement."""

    name: str
    here: Tally
    there: Tally

    @cached_property
    def share(self) -> Fraction:
        return Fraction(self.here.agree + 1, self.here.seen + 2)

    @cached_property
    def test(self) -> float:
        return one_test(self.here)

    @cached_property
    def ratio(self) -> Fraction:
        return self.share / Fraction(self.there.agree + 1, self.there.seen + 2)

    @cached_property
    def ratio_test(self) -> float:
        here, there = (Fraction(each.agree + 1, each.seen + 1) for each in (self.here, self.there))
        sizes = self.here.seen + 1, self.there.seen + 1
        together = Fraction(self.here.agree + self.there.agree + 2, sum(sizes))
        if together == 1:
            return 0.0
        spread = together * (1 - together) * (Fraction(1, sizes[0]) + Fraction(1, sizes[1]))
        return float(here - there) / sqrt(spread)

    @property
    def strength(self) -> float:
        return float(self.ratio) * self.ratio_test * float(self.share) * self.test

    @property
    def is_telling(self) -> bool:
        return self.test > TELLING and self.ratio_test > TELLING


def one_test(tally: Tally) -> float:
    return 2 * sqrt(tally.seen + 1) * float(Fraction(tally.agree + 1, tally.seen + 1) - Fraction(1, 2))


@dataclass(frozen=True)
class Table:
    """Answers of people (rows) to statements (columns), the group of each person, and what is not analysed."""

    answers: tuple[tuple[Answer, ...], ...]
    groups: tuple[int, ...]
    hidden: frozenset[int]

    @property
    def statements(self) -> list[int]:
        return list(range(len(self.answers[0])))

    @property
    def analysed(self) -> list[int]:
        return [statement for statement in self.statements if statement not in self.hidden]

    @property
    def group_ids(self) -> list[int]:
        return sorted(set(self.groups))

    def tally(self, statement: int, people: Sequence[int]) -> Tally:
        said = [self.answers[person][statement] for person in people]
        return Tally(said.count(1), said.count(-1), len(said) - said.count(None))

    def members(self, group: int) -> list[int]:
        return [person for person, own in enumerate(self.groups) if own == group]

    def sides(self, statement: int, group: int) -> tuple[Side, Side]:
        here = self.tally(statement, self.members(group))
        others = [person for person, own in enumerate(self.groups) if own != group]
        there = self.tally(statement, others)
        return Side("agree", here, there), Side("disagree", here.turned(), there.turned())

    def stronger(self, statement: int, group: int) -> Side:
        agree, disagree = self.sides(statement, group)
        return agree if agree.ratio_test > disagree.ratio_test else disagree

    def representative(self, group: int) -> list[tuple[int, str]]:
        """Walk through the statements as Polis does, with the best so far in hand."""
        sufficient: list[int] = []
        best: int | None = None
        best_agreed: int | None = None
        for statement in self.analysed:
            agree, disagree = self.sides(statement, group)
            if agree.is_telling or disagree.is_telling:
                sufficient.append(statement)
            if best is None or self.stronger(statement, group).ratio_test > self.stronger(best, group).ratio_test:
                best = statement
            if self._beats(statement, best_agreed, group):
                best_agreed = statement
        return self._chosen(group, sufficient, best, best_agreed)

    def _beats(self, statement: int, best: int | None, group: int) -> bool:
        agree = self.sides(statement, group)[0]
        if agree.here.agree == agree.here.disagree == 0:
            return False
        if best is None:
            return agree.test > TELLING or (agree.ratio > 1 and agree.share > Fraction(1, 2))
        other = self.sides(best, group)[0]
        if other.ratio > 1:
            return agree.strength > other.strength
        return float(agree.share) * agree.test > float(other.share) * other.test

    def _chosen(self, group: int, sufficient: list[int], best: int | None, agreed: int | None) -> list[tuple[int, str]]:
        head = [agreed] if agreed is not None else []
        if not sufficient:
            places = head or ([best] if best is not None else [])
        else:
            rest = [statement for statement in sufficient if statement != agreed]
            places = [*head, *sorted(rest, key=lambda one: -self.stronger(one, group).strength)][:5]
        named = [(statement, self.stronger(statement, group).name) for statement in places]
        return [one for direction in ("agree", "disagree") for one in named if one[1] == direction]

    def consensus(self, direction: str) -> list[int]:
        everybody = range(len(self.answers))
        found = []
        for statement in self.analysed:
            tally = self.tally(statement, everybody)
            tally = tally if direction == "agree" else tally.turned()
            share, test = Fraction(tally.agree + 1, tally.seen + 2), one_test(tally)
            if share > Fraction(1, 2) and test > TELLING:
                found.append((-float(share) * test, statement))
        return [statement for _, statement in sorted(found)][:5]

    def together(self, statement: int) -> float:
        tallies = [self.tally(statement, self.members(group)) for group in self.group_ids]
        return float(prod(Fraction(tally.agree + 1, tally.seen + 2) for tally in tallies))

    def filled(self) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
        """Answers with refused columns at 0 and what is missing at the mean, less the mean."""
        table = np.array([[np.nan if one is None else one for one in row] for row in self.answers], dtype=float)
        table[:, sorted(self.hidden)] = 0.0
        return np.asarray(np.nan_to_num(table - np.nanmean(table, axis=0)), dtype=np.float64)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    people, statements = draw(st.integers(2, 12)), draw(st.integers(1, 7))
    answer = st.sampled_from([1, 1, 1, -1, -1, 0, None])
    rows = draw(st.lists(st.tuples(*[answer] * statements), min_size=people, max_size=people))
    # Everybody and every statement has at least one vote: others are unknown to Polis.
    rows = [(rows[0][0] or 1, *row[1:]) if not any(one is not None for one in row) else row for row in rows]
    rows.append((1,) * statements)
    groups = draw(st.lists(st.integers(0, 2), min_size=people + 1, max_size=people + 1))
    hidden = draw(st.sets(st.integers(0, statements - 1), max_size=statements - 1))
    return Table(tuple(rows), tuple(groups), frozenset(hidden))


def analysed(table: Table) -> Analysis:
    given_votes = [
        (person, statement, answer)
        for person, row in enumerate(table.answers)
        for statement, answer in enumerate(row)
        if answer is not None
    ]
    votes = Votes.from_triplets(*zip(*given_votes, strict=True))
    hidden = np.isin(votes.statements, sorted(table.hidden))
    return analyse_polis(votes, Moderation(hidden, ~hidden & False), groups=dict(enumerate(table.groups)))


repeated = settings(max_examples=60, deadline=None)
pytestmark = pytest.mark.slow


@repeated
@given(tables())
def test_representative_statements_are_the_same(table: Table):
    found = analysed(table).representative
    for group, chosen in zip(table.group_ids, found, strict=True):
        assert [(one.statement, one.direction) for one in chosen] == table.representative(group)


@repeated
@given(tables())
def test_figures_of_representative_statements_are_the_same(table: Table):
    for one in (one for group in analysed(table).representative for one in group):
        agree, disagree = table.sides(one.statement, one.group)
        side = agree if one.direction == "agree" else disagree
        assert (one.successes, one.trials) == (side.here.agree, side.here.seen)
        expected = [float(side.share), side.test, float(side.ratio), side.ratio_test]
        assert [one.share, one.share_test, one.ratio, one.ratio_test] == pytest.approx(expected)


@repeated
@given(tables(), st.sampled_from(["agree", "disagree"]))
def test_consensus_is_the_same(table: Table, direction: str):
    found = [one.statement for one in analysed(table).consensus if one.direction == direction]
    assert found == table.consensus(direction)


@repeated
@given(tables())
def test_group_aware_consensus_is_the_same(table: Table):
    expected = [table.together(statement) for statement in table.statements]
    assert analysed(table).group_aware_consensus.tolist() == pytest.approx(expected)


@repeated
@given(tables())
def test_positions_are_those_of_the_filled_table(table: Table):
    """The components may be any of equally long ones; what they say of people and statements is computed from them."""
    found, filled = analysed(table), table.filled()
    seen = [sum(one is not None or at in table.hidden for at, one in enumerate(row)) for row in table.answers]
    scale = np.sqrt(len(table.statements) / np.array(seen))
    np.testing.assert_allclose(found.positions, filled @ found.components.T * scale[:, None], atol=1e-9)


@repeated
@given(tables())
def test_components_hold_as_much_spread_as_two_directions_can(table: Table):
    found, filled = analysed(table), table.filled()
    spread = np.linalg.svd(filled, compute_uv=False) ** 2
    held = ((filled @ found.components.T) ** 2).sum(axis=0)
    np.testing.assert_allclose(held, np.pad(spread, (0, 2))[:2], atol=1e-9)
    products = found.components @ found.components.T
    np.testing.assert_allclose(products, np.diag(np.diag(products)), atol=1e-9)
