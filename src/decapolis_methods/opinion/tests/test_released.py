"""Released results as documents: each part goes out and comes back, and nothing else comes in."""

import json
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from decapolis_methods.disclosure.shares import WITHHELD, Share
from decapolis_methods.errors import MethodError
from decapolis_methods.opinion.released import (
    Certainty,
    Common,
    Dividing,
    Finding,
    GroupSummary,
    MapGroup,
    OpinionMap,
    Released,
    Special,
    StatementTotals,
    Withheld,
    as_document,
    finding_from_document,
    finding_shown,
    from_document,
    only_shown,
)

SHARE = Share("exact", 60, 50, 69, 100)
FEW = Share("few", None, 0, 9, 100)

WHOLE = Released(
    participants=200,
    statements=3,
    votes=550,
    totals=(StatementTotals(4, SHARE, FEW), StatementTotals(5, FEW, SHARE)),
    groups=(GroupSummary("a", 120, 60), GroupSummary("b", 60, 30)),
    undecided=20,
    figures_rounded_to=1,
    no_groups="",
    common=(Common(4, "agree", SHARE, 52, (SHARE, WITHHELD)),),
    dividing=(Dividing(5, (SHARE, FEW)),),
    special=(Special("b", 5, "disagree", SHARE, FEW),),
    slate=(4, 5),
    map=OpinionMap(
        5,
        (
            MapGroup("a", (0.5, 0.25), ((0.1, 0.2), (0.3, 0.4)), ((0.0, 0.0), (1.0, 0.0), (0.5, 1.0)), ()),
            MapGroup("", (0.5, 0.5), ((0.6, 0.7),), (), ()),
        ),
    ),
    certainty=Certainty(100, 84, 0.52, 0.2),
    withheld=Withheld(1, 2, 3, 4, 5),
    minimum=10,
    mode="default",
    version="1",
    seed=7,
)

BARE = replace(
    WHOLE,
    totals=(),
    groups=(),
    undecided=None,
    no_groups="too few people",
    common=(),
    dividing=(),
    special=(),
    map=None,
)


def written(released: Released) -> dict[str, Any]:
    """A document as it is stored."""
    document: dict[str, Any] = json.loads(json.dumps(as_document(released), allow_nan=False))
    return document


@pytest.mark.parametrize("released", [WHOLE, BARE], ids=["whole", "bare"])
def test_document_comes_back_equal(released: Released) -> None:
    assert from_document(written(released)) == released


def test_document_comes_back_in_the_same_types() -> None:
    back = from_document(written(WHOLE))
    assert isinstance(back.totals, tuple)
    assert isinstance(back.common[0].by_group[1], Share)
    assert back.map is not None
    assert back.map.groups[0].marks == ((0.1, 0.2), (0.3, 0.4))
    assert hash(back) == hash(WHOLE)


def test_document_has_every_field_by_its_name() -> None:
    document = written(WHOLE)
    assert set(document) == {field.name for field in fields(Released)}
    assert document["totals"][0]["agree"] == {"bound": "exact", "percent": 60, "low": 50, "high": 69, "n": 100}
    assert document["map"]["groups"][1]["letter"] == ""


@pytest.mark.parametrize("name", [field.name for field in fields(Released) if field.name != "is_running"])
def test_document_without_a_field_is_refused(name: str) -> None:
    document = written(WHOLE)
    del document[name]
    with pytest.raises(MethodError, match=name):
        from_document(document)


def test_document_from_before_running_results_is_of_one_that_is_over() -> None:
    document = written(WHOLE)
    del document["is_running"]
    assert from_document(document).is_running is False


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("totals", 3),
        ("totals", [{"statement": 4}]),
        ("certainty", None),
        ("withheld", [1, 2, 3, 4]),
        ("common", [{"statement": 4, "direction": "agree"}]),
        ("map", {"people_per_mark": 5}),
        ("map", {"people_per_mark": 5, "groups": [{"letter": "a", "centre": [0.5]}]}),
    ],
)
def test_document_of_another_shape_is_refused(name: str, value: object) -> None:
    with pytest.raises(MethodError, match="document"):
        from_document(written(WHOLE) | {name: value})


def test_document_of_a_later_version_is_read_without_what_it_added() -> None:
    document = written(WHOLE)
    document["certainty"]["added"] = 1
    document["map"]["groups"][0]["added"] = [1]
    assert from_document(document | {"added": {}}) == WHOLE


def test_document_of_an_earlier_version_is_read() -> None:
    document = written(WHOLE)
    del document["withheld"]["by_group"]
    assert from_document(document).withheld == Withheld(1, 2, 3, 4, 0)


def test_released_has_nothing_of_a_person() -> None:
    """No field anywhere in it is named after what a row of a person would hold."""
    rows = {"members", "membership", "positions", "group_of", "labels", "voters", "person"}
    assert not rows & set(names(WHOLE))
    assert "marks" in set(names(WHOLE))


def names(value: Any) -> list[str]:
    """Names of all fields in a result, however deep."""
    if is_dataclass(value):
        own = [field.name for field in fields(value)]
        return own + [name for field in own for name in names(getattr(value, field))]
    return [name for part in value for name in names(part)] if isinstance(value, tuple) else []


def test_only_shown_changes_nothing_where_all_may_be_shown() -> None:
    assert only_shown(WHOLE, {4, 5, 6}) == WHOLE


def test_only_shown_leaves_no_row_of_a_statement_refused_since() -> None:
    left = only_shown(WHOLE, {4})
    assert [one.statement for one in left.totals] == [4]
    assert [one.statement for one in left.common] == [4]
    assert (left.dividing, left.special, left.slate) == ((), (), ())


def test_only_shown_keeps_numbers_of_all_as_they_were_released() -> None:
    """To count anew would let the figures of the refused statement be found by subtraction."""
    left = only_shown(WHOLE, ())
    assert left == replace(WHOLE, totals=(), common=(), dividing=(), special=(), slate=())


def test_finding_is_the_part_of_a_document_that_a_sentence_is_made_of() -> None:
    document = written(WHOLE)
    parts = {name: document[name] for name in (field.name for field in fields(Finding))}
    assert finding_from_document(parts) == finding_from_document(document)
    assert finding_from_document(parts) == Finding(
        WHOLE.participants, WHOLE.groups, WHOLE.no_groups, WHOLE.common, WHOLE.dividing
    )


def test_finding_without_a_part_is_refused() -> None:
    with pytest.raises(MethodError, match="common"):
        finding_from_document({name: value for name, value in written(WHOLE).items() if name != "common"})


@pytest.mark.parametrize(("shown", "common", "dividing"), [({4, 5}, 1, 1), ({4}, 1, 0), ({5}, 0, 1), (set(), 0, 0)])
def test_finding_shown_leaves_no_row_of_a_statement_refused_since(shown: set[int], common: int, dividing: int) -> None:
    left = finding_shown(finding_from_document(written(WHOLE)), shown)
    assert (len(left.common), len(left.dividing), left.groups) == (common, dividing, WHOLE.groups)


@pytest.mark.parametrize("name", ["by_group", "about_participants"])
def test_document_from_before_a_count_was_added_has_none_of_it(name: str) -> None:
    document = written(WHOLE)
    del document["withheld"][name]
    assert getattr(from_document(document).withheld, name) == 0
