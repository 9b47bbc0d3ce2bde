import json
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from decapolis_methods.opinion.analyse import analyse
from decapolis_methods.opinion.analysis import Analysis, Mode, Moderation
from decapolis_methods.opinion.document import as_document, as_text
from decapolis_methods.opinion.votes import Votes

SCHEMA = Path(__file__).parents[4] / "docs" / "reference" / "opinion-result.schema.json"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def result(mode: Mode, *, bootstrap: int = 0) -> Analysis:
    """Two camps of thirty, statements 100 to 109, of which 100 is refused and 101 is meta."""
    who, what = (each.ravel() for each in np.indices((60, 10)))
    value = np.where((who % 2 == 1) | (what > 7), 1, -1)
    value[::7] = 0
    votes = Votes.from_triplets(who, what + 100, value)
    moderation = Moderation(refused=votes.statements == 100, meta=votes.statements == 101)
    return analyse(votes, mode=mode, moderation=moderation, bootstrap=bootstrap)


@pytest.mark.parametrize("members", [True, False])
@pytest.mark.parametrize(("mode", "bootstrap"), [("polis", 0), ("default", 0), ("default", 3)])
def test_document_keeps_to_its_schema(
    validator: Draft202012Validator, mode: Mode, bootstrap: int, *, members: bool
) -> None:
    document = json.loads(as_text(as_document(result(mode, bootstrap=bootstrap), members=members)))
    assert [error.message for error in validator.iter_errors(document)] == []


def test_schema_refuses_what_is_missing_or_too_much(validator: Draft202012Validator):
    document = as_document(result("polis"), members=True)
    assert not validator.is_valid({**document, "positions": []})
    assert not validator.is_valid({key: value for key, value in document.items() if key != "slate"})


def test_document_says_what_was_analysed():
    document = as_document(result("polis"), members=True)
    assert (document["participants"], document["votes"]) == (60, 600)
    assert document["statements"] == list(range(100, 110))
    assert document["method"] == {"mode": "polis", "version": "1", "seed": 0}
    assert document["group_aware_consensus"].keys() == {str(statement) for statement in range(100, 110)}


def test_document_counts_agree_with_each_other():
    found = result("polis")
    document = as_document(found, members=True)
    for place, group in enumerate(document["groups"]):
        assert len(group["members"]) == group["size"]
        votes = document["group_votes"][str(group["id"])]
        assert votes["105"]["seen"] == found.counts.seen[place, 5]
        assert votes["105"]["agree"] + votes["105"]["disagree"] <= votes["105"]["seen"] == group["size"]


def test_document_without_members_names_nobody():
    groups = as_document(result("polis"), members=False)["groups"]
    assert all(group.keys() == {"id", "size"} for group in groups)


def test_numbers_have_twelve_digits_no_nan_and_no_negative_nought():
    values = np.full(10, 0.1 + 0.2)
    values[:4] = [1 / 3, -0.0, np.nan, 123456.123456789]
    document = as_document(replace(result("polis"), centre=values), members=False)
    text = as_text(document)
    assert document["centre"] == [0.333333333333, 0.0, None, 123456.123457] + [0.3] * 6
    assert '"centre": [0.333333333333, 0.0, null, 123456.123457, 0.3' in text
    assert "-0.0," not in text
    assert "NaN" not in text


def test_last_digits_that_differ_by_noise_make_no_difference():
    found = result("default")
    noisy = replace(found, positions=found.positions, centre=found.centre * (1 + 1e-15))
    assert as_text(as_document(noisy, members=True)) == as_text(as_document(found, members=True))


def test_text_has_a_line_for_each_part_and_reads_back():
    document = as_document(result("default", bootstrap=2), members=True)
    text = as_text(document)
    assert text.count("\n") == len(document) + 2
    assert json.loads(text) == document


def test_text_refuses_what_is_no_number():
    with pytest.raises(ValueError, match="not JSON compliant"):
        as_text({"centre": [float("nan")]})


@pytest.mark.parametrize(("mode", "bootstrap"), [("polis", 0), ("default", 3)])
def test_document_is_of_plain_values_only(mode: Mode, bootstrap: int):
    """Numbers of numpy look the same and cannot be written."""
    assert kinds(as_document(result(mode, bootstrap=bootstrap), members=True)) <= {int, float, str, type(None)}


def kinds(value: Any) -> set[type]:
    if isinstance(value, dict):
        return set().union({type(key) for key in value}, *map(kinds, value.values()))
    return set().union(*map(kinds, value)) if isinstance(value, list) else {type(value)}


def test_document_has_every_representative_statement_in_its_order():
    found = result("polis")
    document = as_document(found, members=False)
    for group, chosen in zip(found.group_ids, found.representative, strict=True):
        written = document["representative"][str(group)]
        assert [one["statement"] for one in written] == [one.statement for one in chosen]
        assert [one["direction"] for one in written] == [one.direction for one in chosen]
        assert [one["share"] for one in written] == pytest.approx([one.share for one in chosen], rel=1e-11)
        assert {(one["low"], one["high"], one["q_value"]) for one in written} == {(None, None, None)}


@pytest.mark.parametrize("mode", ["polis", "default"])
def test_document_has_every_consensus_under_its_direction(mode: Mode):
    found = result(mode)
    written = as_document(found, members=False)["consensus"]
    assert [(one["statement"], side) for side in ("agree", "disagree") for one in written[side]] == [
        (one.statement, one.direction) for one in found.consensus
    ]


def test_document_says_how_the_groups_held():
    found = result("default", bootstrap=3)
    assert found.stability is not None
    written = as_document(found, members=True)["stability"]
    assert written["rounds"] == len(written["numbers"]) == len(written["agreement"]) == 3
    assert written["undecided"] == np.count_nonzero(found.group_of == -2)


def test_document_leaves_out_where_single_people_stand():
    """Positions and how often somebody stayed in a group are for the analysis only."""
    text = as_text(as_document(result("default", bootstrap=3), members=True))
    assert "position" not in text
    assert "membership" not in text


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 50),
    st.integers(1, 45),
    st.sampled_from([0.1, 0.4, 1.0]),
    st.sampled_from([[1, -1, 0], [1, 1, 1, -1], [1], [0]]),
    st.integers(0, 1000),
)
def test_any_votes_give_a_document_that_keeps_to_its_schema(
    validator: Draft202012Validator, people: int, statements: int, density: float, answers: list[int], seed: int
):
    """However few, one-sided or regular they are: no fault, no warning, nothing that is no number."""
    rng = np.random.default_rng(seed)
    who, what = np.nonzero(rng.random((people, statements)) <= max(density, 1 / people))
    votes = Votes.from_triplets([*who, people], [*what, 0], [*rng.choice(answers, len(who)), answers[0]])
    for mode in get_args(Mode):
        document = json.loads(as_text(as_document(analyse(votes, mode=mode, seed=seed), members=True)))
        assert [error.message for error in validator.iter_errors(document)] == []
