"""How well planted groups are found again, and how often a crowd without any is cut.

Makes docs/reference/opinion-recovery.md:

    .venv/bin/python benchmarks/recovery.py [--conversations N] [--write]

The default mode stands beside Polis's method (our own, which equals Polis's figures) and beside an oracle that is told
what every group thinks and how often a coin was tossed, and only has to say who belongs where.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from decapolis_methods.opinion.analyse import analyse
from decapolis_methods.opinion.analysis import Analysis
from decapolis_methods.opinion.default.stability import rand_index
from decapolis_methods.opinion.planted import Plan, Planted, continuum, conversation

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "opinion-recovery.md"
PEOPLE, STATEMENTS = 600, 80
Labels = NDArray[np.int64]
Places = NDArray[np.float64]
SPREADS: dict[str, Callable[[np.random.Generator, tuple[int, int]], Places]] = {
    "one hump": lambda rng, shape: rng.normal(size=shape),
    "even": lambda rng, shape: rng.uniform(-(3**0.5), 3**0.5, size=shape),
}
"""Crowds without groups, of standard deviation 1 along each axis of opinion."""


@dataclass(frozen=True)
class Row:
    """One line of the table: means over several conversations made from the same plan."""

    plan: Plan
    placed: float
    right_number: float
    default: float
    polis: float
    oracle: float

    def __str__(self) -> str:
        plan = self.plan
        made = f"| {plan.groups} | {plan.density:.0%} | {plan.noise:.0%} | {plan.yea_saying:g} | {self.placed:.0%} "
        if plan.groups == 1:
            return made + f"| {self.right_number:.0%} | | | |"
        return made + f"| {self.right_number:.0%} | {self.default:.2f} | {self.polis:.2f} | {self.oracle:.2f} |"


def plans() -> Iterator[Plan]:
    """What is planted: one, two and three groups, dense and sparse, clear and noisy, without and with yea-saying."""
    for groups, density, noise, yea_saying in product((1, 2, 3), (0.5, 0.25, 0.12), (0.1, 0.4), (0.0, 1.5)):
        yield Plan(PEOPLE, STATEMENTS, groups=groups, density=density, noise=noise, yea_saying=yea_saying)


@dataclass(frozen=True)
class Spread:
    """A crowd without groups: its shape, along how many axes, and how far apart people stand (in logits)."""

    shape: str
    axes: int
    width: float
    plan: Plan


@dataclass(frozen=True)
class SpreadRow:
    """One line of the table of crowds without groups: in what share of the conversations each way of looking cut it."""

    spread: Spread
    default: float
    polis: float

    def __str__(self) -> str:
        spread, plan = self.spread, self.spread.plan
        made = f"| {spread.shape} | {spread.axes} | {spread.width:g} | {plan.density:.0%} | {plan.yea_saying:g} "
        return made + f"| {self.default:.0%} | {self.polis:.0%} |"


def spreads() -> Iterator[Spread]:
    """Crowds without groups, near together and far apart, dense and sparse, without and with yea-saying."""
    for shape, axes, width, density, yea in product(SPREADS, (1, 2), (1.0, 2.0), (0.5, 0.12), (0.0, 1.5)):
        yield Spread(shape, axes, width, Plan(PEOPLE, STATEMENTS, groups=1, density=density, yea_saying=yea))


def cut(spread: Spread, conversations: int) -> SpreadRow:
    """Make conversations of a crowd without groups and count in how many groups were made all the same."""
    made = []
    for seed in range(conversations):
        places = spread.width * SPREADS[spread.shape](np.random.default_rng((seed, 1)), (PEOPLE, spread.axes))
        votes = continuum(places, spread.plan, seed=seed)
        made.append(
            [len(analyse(votes, mode="default").group_ids) > 1, len(analyse(votes, mode="polis").group_ids) > 1]
        )
    return SpreadRow(spread, *(float(share) for share in np.mean(made, axis=0)))


def recover(plan: Plan, conversations: int) -> Row:
    """Make conversations from a plan and look for their groups."""
    figures = [_figures(conversation(plan, seed=seed), plan.noise) for seed in range(conversations)]
    return Row(plan, *(float(figure) for figure in np.mean(figures, axis=0)))


def _figures(made: Planted, noise: float) -> list[float]:
    """Share placed, right number or not, and the agreement with the truth of default, Polis and oracle."""
    default, polis = analyse(made.votes), analyse(made.votes, mode="polis")
    placed = np.isfinite(default.positions[:, 0])
    truth = made.groups[placed]
    groups = len(made.opinions) if len(made.opinions) > 1 else 0
    found = (_labels(default, placed), _labels(polis, placed), _most_likely(made, noise)[placed])
    return [placed.mean(), len(default.group_ids) == groups, *(rand_index(truth, labels) for labels in found)]


def _labels(found: Analysis, placed: NDArray[np.bool_]) -> Labels:
    """Groups of the placed people; whoever has none is together in one of their own."""
    labels = found.group_of[placed]
    return np.where(labels < 0, labels.max(initial=0) + 1, labels)


def _most_likely(made: Planted, noise: float) -> Labels:
    """The group whose opinions make a person's answers most likely."""
    votes = made.votes
    chance = (1 - noise) * made.opinions + noise / 2
    evidence = (np.log(chance) - np.log1p(-chance))[:, votes.columns] * votes.values
    people = len(votes.participants)
    return np.asarray(np.argmax([np.bincount(votes.rows, each, minlength=people) for each in evidence], axis=0))


HEAD = """# How well planted groups are found again

Made by `benchmarks/recovery.py --write` from {conversations} made-up conversations a line, {people} people and
{statements} statements each; how the method works stands in [Opinion groups](../explanation/opinion-groups.md).

*Groups* are planted; *answered* is the mean share of the statements that a person answers; *coin* the share of answers
given by the toss of a coin; *yea-saying* how much people differ in saying yes to anything (standard deviation in
logits). *Placed* is the share of people with seven positions or more. *Right number* is the share of conversations in
which the default mode found as many groups as were planted; with one planted group, that it made none. The last three
columns are the adjusted Rand index with the truth among placed people (1 all right, 0 chance): of the default mode, of
Polis's method, and of an oracle that is told what every group thinks, but not who says yes to anything. The default
mode makes no groups where it is not sure that there are any, which counts 0 here.

| groups | answered | coin | yea-saying | placed | right number | default | Polis | oracle |
|---|---|---|---|---|---|---|---|---|
"""

SPREAD_HEAD = """
## Crowds without groups

Here nothing is planted: people stand somewhere along one or two *axes* of opinion, without a gap. *One hump* is a
normal distribution, *even* a uniform one of the same standard deviation, which is the *width*, in logits: of two people
who stand 2 apart, one may agree with chance 73 % where the other does with 27 %. A tenth of the answers is given by the
toss of a coin. *Cut* is the share of conversations in which groups were made all the same: 0% would be right. It is
counted before the repeats, which do not mend it: a cut through an even crowd comes back.

What it says: where people stand far apart along one axis, yes and no press them together at both ends, and groups are
found that are no more than the two sides of a question
([what the method cannot tell](../explanation/opinion-groups.md)). Yea-saying hides the ends and makes cuts rarer.

| shape | axes | width | answered | yea-saying | cut by default | cut by Polis |
|---|---|---|---|---|---|---|
"""

TAIL = """
Made-up people are simpler than real ones: who answers what does not depend on earlier answers, statements are drawn
independently of each other, and people of one group differ by chance only. A method that fails here fails; one that
succeeds here is not yet proven.
"""


def main() -> int:
    """Print the table, or write the page."""
    parser = argparse.ArgumentParser(description="How well planted groups are found again.")
    parser.add_argument("--conversations", type=int, default=10, help="conversations a line (default 10)")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    options = parser.parse_args()
    rows = []
    for plan in plans():
        rows.append(str(recover(plan, options.conversations)))
        print(rows[-1], flush=True)
    spread_rows = []
    for spread in spreads():
        spread_rows.append(str(cut(spread, options.conversations)))
        print(spread_rows[-1], flush=True)
    if options.write:
        head = HEAD.format(conversations=options.conversations, people=PEOPLE, statements=STATEMENTS)
        tables = head + "\n".join(rows) + "\n" + SPREAD_HEAD + "\n".join(spread_rows) + "\n"
        PAGE.write_text(tables + TAIL, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
