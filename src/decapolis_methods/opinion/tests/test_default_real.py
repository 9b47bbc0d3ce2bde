"""The default mode on real conversations (Polis openData, CC BY 4.0), read in place, never copied.

No figure of these is a reference: what is asserted is what anybody can see in the statements.
"""

import csv
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from decapolis_methods.opinion.analysis import Analysis, Moderation
from decapolis_methods.opinion.default import analyse_default
from decapolis_methods.opinion.votes import Votes
from tests.data import shared_data

pytestmark = [pytest.mark.data, pytest.mark.slow]

BOWLING_GREEN = "american-assembly.bowling-green"
REPEATS = 12


@dataclass(frozen=True)
class Conversation:
    """Its result, and the text of each statement."""

    found: Analysis
    texts: dict[int, str]

    def said(self, statements: list[int]) -> str:
        return " ".join(self.texts[statement].lower() for statement in statements)


@cache
def conversation(name: str) -> Conversation:
    folder = shared_data("listening") / name
    with (folder / "comments.csv").open(encoding="utf-8", errors="replace") as file:
        rows = list(csv.DictReader(file))
    votes = matrix(folder.joinpath("participants-votes.csv").read_text(encoding="utf-8"))
    refused = {int(row["comment-id"]) for row in rows if row["moderated"] == "-1"}
    moderation = Moderation(np.isin(votes.statements, list(refused)), np.zeros(len(votes.statements), dtype=bool))
    texts = {int(row["comment-id"]): row["comment-body"] for row in rows}
    return Conversation(analyse_default(votes, moderation, bootstrap=REPEATS), texts)


def matrix(text: str) -> Votes:
    """Votes of a table with a column for each statement."""
    head, *rows = csv.reader(text.splitlines())
    first = next(place for place, name in enumerate(head) if name.isdigit())
    cells = [
        (int(row[0]), int(head[place]), int(float(row[place])))
        for row in rows
        for place in range(first, len(row))
        if row[place]
    ]
    return Votes.from_triplets(*zip(*cells, strict=True))


def test_bowling_green_falls_into_two_groups_that_come_back() -> None:
    found = conversation(BOWLING_GREEN).found
    assert len(found.group_ids) == 2
    assert min(np.bincount(found.group_of[found.group_of >= 0])) > 400
    assert found.stability is not None
    assert np.mean(found.stability.numbers == 2) > 0.8
    assert found.stability.agreement.mean() > 0.6
    assert (found.group_of == -2).sum() < 0.2 * np.isfinite(found.positions[:, 0]).sum()


def test_bowling_green_agrees_on_traffic_and_internet() -> None:
    bowling_green = conversation(BOWLING_GREEN)
    agreed = bowling_green.said([one.statement for one in bowling_green.found.consensus if one.direction == "agree"])
    assert "traffic" in agreed
    assert "internet" in agreed
    assert "fairness" not in agreed


def test_bowling_green_differs_on_fairness_and_refugees() -> None:
    bowling_green = conversation(BOWLING_GREEN)
    for some in bowling_green.found.representative:
        telling = bowling_green.said([one.statement for one in some])
        assert "fairness" in telling
        assert "refugee" in telling


def test_bowling_green_bridging_is_high_where_both_groups_agree() -> None:
    found = conversation(BOWLING_GREEN).found
    share = (found.counts.agree + 1) / (found.counts.seen + 2)
    known = found.moderation.analysed & (found.counts.seen.min(axis=0) >= 50)
    both, divided = known & (share.min(axis=0) > 0.7), known & (np.ptp(share, axis=0) > 0.5)
    assert min(both.sum(), divided.sum()) >= 5
    assert np.nanmin(found.bridging[both]) > np.nanmax(found.bridging[divided])


def test_bowling_green_analyses_the_accepted_statements_only() -> None:
    found = conversation(BOWLING_GREEN).found
    assert found.moderation.analysed.sum() == 607
    named = {one.statement for some in found.representative for one in some} | set(found.slate)
    named |= {one.statement for one in found.consensus}
    assert not named & set(found.statements[found.moderation.refused].tolist())
    assert (found.components[:, found.moderation.refused] == 0).all()


def test_bowling_green_slate_speaks_for_both_groups() -> None:
    found = conversation(BOWLING_GREEN).found
    at = np.isin(found.statements, found.slate)
    assert 5 <= at.sum() <= 8
    share = found.counts.agree[:, at] / found.counts.seen[:, at]
    assert (1 - np.prod(1 - share, axis=1) > 0.95).all()


def test_london_has_too_few_people_for_groups() -> None:
    found = conversation("london.youth.policing").found
    assert (len(found.group_ids), found.stability) == (0, None)
    assert len(found.slate) >= 5


def test_seattle_groups_differ_on_what_the_conversation_is_about() -> None:
    real = conversation("15-per-hour-seattle")
    assert 2 <= len(real.found.group_ids) <= 5
    assert "small business" in real.said([one.statement for some in real.found.representative for one in some])


@pytest.mark.parametrize("name", ["canadian-electoral-reform", "scoop-hivemind.ubi", "vtaiwan.uberx"])
def test_real_crowds_with_one_hump_are_not_cut(name: str) -> None:
    """Midway between the two clearest clusters stand about twice as many people as around the smaller one."""
    assert len(conversation(name).found.group_ids) == 0


@pytest.mark.parametrize("name", [BOWLING_GREEN, "15-per-hour-seattle", "vtaiwan.uberx"])
def test_real_axes_are_not_agreeing_with_everything(name: str) -> None:
    found = conversation(name).found
    agreed = [found.everybody.agree[0], found.everybody.seen[0]]
    known = found.moderation.analysed & (agreed[1] >= 20)
    for axis in found.components:
        assert abs(axis[known].mean()) < 0.5 * np.sqrt((axis[known] ** 2).mean())
