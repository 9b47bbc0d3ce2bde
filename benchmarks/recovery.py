"""How well planted groups are found again, over noise and density: makes docs/reference/opinion-recovery.md.

    .venv/bin/python benchmarks/recovery.py [--conversations N] [--write]

The default mode stands beside Polis's method (our own, which equals Polis's figures) and beside an oracle that is told
what every group thinks and how often a coin was tossed, and only has to say who belongs where.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from decapolis_methods.opinion.analyse import analyse
from decapolis_methods.opinion.analysis import Analysis
from decapolis_methods.opinion.default.stability import rand_index
from decapolis_methods.opinion.planted import Plan, Planted, conversation

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "opinion-recovery.md"
PEOPLE, STATEMENTS = 600, 80
Labels = NDArray[np.int64]


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
    if options.write:
        head = HEAD.format(conversations=options.conversations, people=PEOPLE, statements=STATEMENTS)
        PAGE.write_text(head + "\n".join(rows) + "\n" + TAIL, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
