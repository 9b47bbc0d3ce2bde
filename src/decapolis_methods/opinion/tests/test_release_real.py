"""Releases of real conversations (Polis openData, CC BY 4.0), read in place, never copied."""

import csv
import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from decapolis_methods.disclosure.shares import Share
from decapolis_methods.opinion.analyse import analyse
from decapolis_methods.opinion.analysis import Analysis, Moderation
from decapolis_methods.opinion.release import release
from decapolis_methods.opinion.released import Released, as_document, from_document
from decapolis_methods.opinion.votes import Votes
from tests.data import shared_data

pytestmark = [pytest.mark.data, pytest.mark.slow]

BOWLING_GREEN, LONDON = "american-assembly.bowling-green", "london.youth.policing"

ALL = (
    "15-per-hour-seattle",
    "canadian-electoral-reform",
    "scoop-hivemind.ubi",
    "vtaiwan.uberx",
    BOWLING_GREEN,
    LONDON,
)


@cache
def texts(name: str) -> dict[int, str]:
    return {int(row["comment-id"]): row["comment-body"] for row in comments(shared_data("listening") / name)}


def comments(folder: Path) -> list[dict[str, str]]:
    with (folder / "comments.csv").open(encoding="utf-8", errors="replace", newline="") as file:
        return list(csv.DictReader(file))


@cache
def found(name: str) -> Analysis:
    folder = shared_data("listening") / name
    head, *rows = csv.reader(folder.joinpath("participants-votes.csv").read_text(encoding="utf-8").splitlines())
    columns = [(place, int(text)) for place, text in enumerate(head) if text.isdigit()]
    cells = [(int(row[0]), number, int(float(row[at]))) for row in rows for at, number in columns if row[at]]
    votes = Votes.from_triplets(*zip(*cells, strict=True))
    refused = [int(row["comment-id"]) for row in comments(folder) if row["moderated"] == "-1"]
    moderation = Moderation(np.isin(votes.statements, refused), np.zeros(len(votes.statements), dtype=bool))
    return analyse(votes, moderation=moderation, bootstrap=10)


@cache
def released(name: str) -> Released:
    return release(found(name))


@pytest.mark.parametrize("name", ALL)
def test_release_comes_back_from_its_document(name: str) -> None:
    written = json.dumps(as_document(released(name)), allow_nan=False)
    assert from_document(json.loads(written)) == released(name)
    assert len(written) < 200_000


@pytest.mark.parametrize("name", ALL)
def test_release_says_no_small_number(name: str) -> None:
    result = released(name)
    assert all(group.people >= 10 for group in result.groups)
    assert result.undecided is None or result.undecided >= 10
    for one in result.totals:
        for share in (one.agree, one.disagree):
            assert share.n is not None
            assert share.n >= 10
            assert share.bound != "exact" or holds_enough(share)


def holds_enough(share: Share) -> bool:
    """Whether a share and its complement can be of ten people or more."""
    if share.percent is None or share.n is None:
        return False
    return min(share.percent, 100 - share.percent) + 0.5 >= 1000 / (share.n + 4)


@pytest.mark.parametrize("name", ALL)
def test_release_totals_are_those_of_the_votes(name: str) -> None:
    analysis, checked = found(name), 0
    column = {number: place for place, number in enumerate(analysis.statements.tolist())}
    for one in released(name).totals:
        place = column[one.statement]
        seen, agree = analysis.everybody.seen[0, place], analysis.everybody.agree[0, place]
        assert one.agree.n == seen - seen % 5
        if one.agree.percent is not None:
            assert one.agree.percent == pytest.approx(100 * agree / seen, abs=0.5)
            checked += 1
    assert checked > 0 or name == LONDON


@pytest.mark.parametrize("name", ALL)
def test_release_marks_stand_for_no_more_people_than_there_are(name: str) -> None:
    result = released(name)
    if result.map is None:
        assert result.no_groups
        return
    people = {group.letter: group.people for group in result.groups}
    for group in result.map.groups:
        assert len(group.marks) * result.map.people_per_mark <= people.get(group.letter, result.undecided or 0)


def test_london_has_too_few_people_for_groups() -> None:
    result = released(LONDON)
    assert (result.participants, result.groups, result.map, result.no_groups) == (26, (), None, "too few people")
    assert result.undecided == 26
    assert len(result.totals) > 20


def test_bowling_green_agrees_on_traffic_and_divides_over_fairness() -> None:
    result, said = released(BOWLING_GREEN), texts(BOWLING_GREEN)
    assert [group.letter for group in result.groups] == ["a", "b"]
    assert "traffic" in " ".join(said[one.statement] for one in result.common).lower()
    assert "fairness" in " ".join(said[one.statement] for one in result.dividing).lower()
    assert result.withheld.refused == 289
    assert result.map is not None
    assert 100 <= sum(len(group.marks) for group in result.map.groups) <= 250
