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
    GroupSummary,
    MapGroup,
    OpinionMap,
    Released,
    Special,
    StatementTotals,
    Withheld,
    as_document,
    from_document,
)

SHARE = Share("exact", 60, 50, 69, 100)
FEW = Share("few", None, 0, 9, 100)

WHOLE = Released(
    participants=200,
    statements=3,
    votes=550,
    totals=(StatementTotals(4, SHARE, FEW, 0.25), StatementTotals(5, FEW, SHARE, None)),
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


@pytest.mark.parametrize("name", [field.name for field in fields(Released)])
def test_document_without_a_field_is_refused(name: str) -> None:
    document = written(WHOLE)
    del document[name]
    with pytest.raises(MethodError, match=name):
        from_document(document)


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
