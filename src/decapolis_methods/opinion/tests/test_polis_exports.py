"""Equality with Polis's own results, to 1e-9, given its moderation and its groups.

The files are three conversations exported from Polis with its result (`math-pca2.json`): test fixtures of red-dwarf
(polis-community/red-dwarf at commit 4dbbab1b, tests/fixtures, Mozilla Public License 2.0), read in place, never copied.

Polis counts agreement as -1 inside; the signs of its centre and of its positions are therefore turned here. Members of
its group clusters are base clusters, whose members are the participants. Its `repness-test` was rounded to single
precision when it was written, so that 1e-9 cannot be asked of it: ours rounded in the same way must be the same number.
None of the three shows the fault of its issue 2571 (all priorities 49): only meta statements have 49, which shows that
the formula as we have it is the one that was meant.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

from decapolis_methods.opinion.analysis import Analysis, Consensus, Moderation, Representative
from decapolis_methods.opinion.polis import analyse_polis
from decapolis_methods.opinion.votes import Votes
from tests.data import shared_data

NAMES = ("25ptpt-3gp-no-strict-with-meta", "above-100-ptpts", "below-100-ptpts")

pytestmark = pytest.mark.data


def assert_equal(ours: ArrayLike, theirs: ArrayLike) -> None:
    np.testing.assert_allclose(np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float), rtol=0.0, atol=1e-9)


@dataclass(frozen=True)
class Export:
    """Polis's result and ours of the same votes."""

    theirs: dict[str, Any]
    ours: Analysis

    def by_statement(self, values: dict[str, float]) -> list[float]:
        return [values[str(statement)] for statement in self.ours.statements]


@cache
def load(name: str) -> Export:
    folder = shared_data("listening") / "polis_math_exports" / name
    theirs = json.loads((folder / "math-pca2.json").read_text(encoding="utf-8"))
    votes = read_votes(json.loads((folder / "votes.json").read_text(encoding="utf-8")))
    meta = np.isin(votes.statements, theirs["meta-tids"])
    refused = np.isin(votes.statements, theirs["mod-out"]) & ~meta
    return Export(theirs, analyse_polis(votes, Moderation(refused, meta), groups=groups_of(theirs)))


def read_votes(rows: list[dict[str, Any]]) -> Votes:
    """Both shapes of the file; the later of two votes counts, whatever their order in the file."""
    rows = sorted(rows, key=lambda row: float(row["modified"]))
    who, what = ("participant_id", "statement_id") if "participant_id" in rows[0] else ("pid", "tid")
    return Votes.from_triplets(*([row[key] for row in rows] for key in (who, what, "vote")))


def groups_of(theirs: dict[str, Any]) -> dict[int, int]:
    clusters = dict(zip(theirs["base-clusters"]["id"], theirs["base-clusters"]["members"], strict=True))
    return {
        participant: group["id"]
        for group in theirs["group-clusters"]
        for cluster in group["members"]
        for participant in clusters[cluster]
    }


@pytest.fixture(params=NAMES)
def export(request: pytest.FixtureRequest) -> Export:
    return load(request.param)


def test_statements_and_participants_are_those_of_polis(export: Export):
    assert export.ours.statements.tolist() == export.theirs["tids"]
    assert len(export.ours.participants) == export.theirs["n"]


def test_centre_equals(export: Export):
    assert_equal(export.ours.centre, -np.array(export.theirs["pca"]["center"]))


def test_components_equal_up_to_sign(export: Export):
    theirs = np.array(export.theirs["pca"]["comps"])
    assert_equal(export.ours.components, signs(export)[:, None] * theirs)


def signs(export: Export) -> NDArray[np.float64]:
    """1 where our axis points as theirs does, -1 where it points the other way."""
    theirs = np.array(export.theirs["pca"]["comps"], dtype=np.float64)
    signs: NDArray[np.float64] = np.sign((export.ours.components * theirs).sum(axis=1))
    return signs


def test_positions_equal(export: Export):
    """The place of a base cluster is the mean place of its members."""
    clusters = export.theirs["base-clusters"]
    rows = [np.isin(export.ours.participants, members) for members in clusters["members"]]
    ours = np.array([export.ours.positions[row].mean(axis=0) for row in rows])
    theirs = np.column_stack([clusters["x"], clusters["y"]])
    assert_equal(ours, -signs(export) * theirs)


def test_the_same_people_are_placed(export: Export):
    placed = export.ours.participants[~np.isnan(export.ours.positions[:, 0])]
    assert set(placed.tolist()) == set(export.theirs["in-conv"])


def test_group_votes_equal(export: Export):
    for place, group in enumerate(export.ours.group_ids.tolist()):
        theirs = export.theirs["group-votes"][str(group)]
        assert np.count_nonzero(export.ours.group_of == place) == theirs["n-members"]
        for key, counts in (("A", "agree"), ("D", "disagree"), ("S", "seen")):
            expected = [theirs["votes"][str(statement)][key] for statement in export.ours.statements]
            assert getattr(export.ours.counts, counts)[place].tolist() == expected


def test_representative_equals_in_order(export: Export):
    assert len(export.ours.representative) == len(export.theirs["repness"])
    for group, ours in zip(export.ours.group_ids.tolist(), export.ours.representative, strict=True):
        theirs = export.theirs["repness"][str(group)]
        assert [named(one) for one in ours] == [
            (one["tid"], one["repful-for"], one["n-success"], one["n-trials"]) for one in theirs
        ]
        assert {one.group for one in ours} == {group}
        for key, field in (("p-success", "share"), ("p-test", "share_test"), ("repness", "ratio")):
            assert_equal([getattr(one, field) for one in ours], [one[key] for one in theirs])
        # Polis wrote this one in single precision.
        single = [np.float32(one.ratio_test) for one in ours]
        np.testing.assert_array_max_ulp(single, np.array([one["repness-test"] for one in theirs], dtype=np.float32))


def named(one: Representative | Consensus) -> tuple[int, str, int, int]:
    return one.statement, one.direction, one.successes, one.trials


@pytest.mark.parametrize("direction", ["agree", "disagree"])
def test_consensus_equals_in_order(export: Export, direction: str):
    ours = [one for one in export.ours.consensus if one.direction == direction]
    theirs = export.theirs["consensus"][direction]
    assert [named(one) for one in ours] == [
        (one["tid"], direction, one["n-success"], one["n-trials"]) for one in theirs
    ]
    assert_equal([one.share for one in ours], [one["p-success"] for one in theirs])
    assert_equal([one.share_test for one in ours], [one["p-test"] for one in theirs])


def test_group_aware_consensus_equals(export: Export):
    theirs = export.by_statement(export.theirs["group-aware-consensus"])
    assert_equal(export.ours.group_aware_consensus, theirs)


def test_priorities_equal(export: Export):
    theirs = export.by_statement(export.theirs["comment-priorities"])
    assert_equal(export.ours.priorities, theirs)


def test_only_meta_statements_have_the_fixed_priority(export: Export):
    fixed = export.ours.statements[export.ours.priorities == 49.0].tolist()
    assert fixed == sorted(set(export.theirs["meta-tids"]))
