"""The result of an analysis as a document: what is written into a file, and the same to the last byte each time."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from math import isfinite
from typing import Any

import numpy as np

from decapolis_methods.opinion.analysis import Analysis, Consensus, GroupCounts, Representative, Stability

DIGITS = 12
"""Significant digits: what the same input gives on one machine, whatever the order of additions."""

UNDECIDED = -2

Number = float | None
Document = dict[str, Any]


def as_document(analysis: Analysis, *, members: bool) -> Document:
    """Put a result into the shape of `docs/reference/opinion-result.schema.json`.

    Parameters
    ----------
    analysis : Analysis
    members : bool
        Whether to name the members of the groups. Only for an analyst who holds the file of votes; the product never
        shows them.

    Returns
    -------
    dict
        Only of what JSON knows: whole numbers, numbers of 12 significant digits, None where there is none, texts,
        lists and dictionaries. Statements and groups are named by their identifiers, in texts where they are keys.

    Notes
    -----
    This is not for publication, with or without members: small numbers stand in it. `release` makes what may be
    published.

    Examples
    --------
    >>> from decapolis_methods.opinion.analyse import analyse
    >>> from decapolis_methods.opinion.votes import Votes
    >>> votes = Votes.from_triplets([1, 1, 2, 2], [8, 9] * 2, [1, 1, 1, -1])
    >>> document = as_document(analyse(votes, mode="polis", groups={1: 0, 2: 5}), members=True)
    >>> document["groups"]
    [{'id': 0, 'size': 1, 'members': [1]}, {'id': 5, 'size': 1, 'members': [2]}]
    """
    statements = analysis.statements.tolist()
    return {
        "participants": len(analysis.participants),
        "statements": statements,
        "votes": analysis.votes,
        "centre": _numbers(analysis.centre),
        "components": [_numbers(axis) for axis in analysis.components],
        "groups": [_group(analysis, place, members=members) for place in range(len(analysis.group_ids))],
        "group_votes": _group_votes(analysis.counts, analysis.group_ids.tolist(), statements),
        "representative": {
            str(group): [_representative(one) for one in found]
            for group, found in zip(analysis.group_ids, analysis.representative, strict=True)
        },
        "consensus": {
            direction: [_consensus(one) for one in analysis.consensus if one.direction == direction]
            for direction in ("agree", "disagree")
        },
        "group_aware_consensus": _by_statement(statements, analysis.group_aware_consensus),
        "priorities": _by_statement(statements, analysis.priorities),
        "stability": _stability(analysis.stability, int(np.count_nonzero(analysis.group_of == UNDECIDED))),
        "bridging": _by_statement(statements, analysis.bridging),
        "slate": list(analysis.slate),
        "method": {"mode": analysis.mode, "version": analysis.version, "seed": analysis.seed},
    }


def as_text(document: Document) -> str:
    """Write a document as JSON, one line for each of its parts.

    Parameters
    ----------
    document : dict
        From `as_document`.

    Returns
    -------
    str
        Ends with a line end; equal documents give equal texts.

    Examples
    --------
    >>> print(as_text({"votes": 3, "slate": [4, 5]}), end="")
    {
    "votes": 3,
    "slate": [4, 5]
    }
    """
    parts = (f"{json.dumps(key)}: {json.dumps(value, allow_nan=False)}" for key, value in document.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _number(value: float) -> Number:
    """12 significant digits, no minus before a zero, None where there is no number."""
    return float(f"{value:.{DIGITS}g}") + 0.0 if isfinite(value) else None


def _numbers(values: Iterable[float]) -> list[Number]:
    return [_number(value) for value in np.asarray(values).tolist()]


def _by_statement(statements: Sequence[int], values: Iterable[float]) -> dict[str, Number]:
    return dict(zip(map(str, statements), _numbers(values), strict=True))


def _group(analysis: Analysis, place: int, *, members: bool) -> Document:
    inside = analysis.participants[analysis.group_of == place]
    described: Document = {"id": int(analysis.group_ids[place]), "size": len(inside)}
    return {**described, "members": inside.tolist()} if members else described


def _group_votes(counts: GroupCounts, groups: Sequence[int], statements: Sequence[int]) -> Document:
    return {
        str(group): {
            str(statement): {"agree": agree, "disagree": disagree, "seen": seen}
            for statement, agree, disagree, seen in zip(
                statements,
                counts.agree[place].tolist(),
                counts.disagree[place].tolist(),
                counts.seen[place].tolist(),
                strict=True,
            )
        }
        for place, group in enumerate(groups)
    }


def _representative(one: Representative) -> Document:
    """Everything but the group, under which it stands."""
    return _plain({name: value for name, value in asdict(one).items() if name != "group"})


def _consensus(one: Consensus) -> Document:
    return _plain({name: value for name, value in asdict(one).items() if name != "direction"})


def _plain(fields: Document) -> Document:
    return {name: _number(value) if isinstance(value, float) else value for name, value in fields.items()}


def _stability(stability: Stability | None, undecided: int) -> Document | None:
    if stability is None:
        return None
    return {
        "rounds": stability.rounds,
        "numbers": stability.numbers.tolist(),
        "agreement": _numbers(stability.agreement),
        "undecided": undecided,
    }
