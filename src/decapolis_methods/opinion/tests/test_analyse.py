from typing import Any

import numpy as np
import pytest

from decapolis_methods.errors import MethodError
from decapolis_methods.opinion.analyse import analyse
from decapolis_methods.opinion.analysis import Mode, Moderation
from decapolis_methods.opinion.default import analyse_default
from decapolis_methods.opinion.document import as_document, as_text
from decapolis_methods.opinion.planted import Plan, conversation
from decapolis_methods.opinion.polis import analyse_polis
from decapolis_methods.opinion.votes import Votes

PEOPLE, STATEMENTS = 30, 8
WHO, WHAT = (each.ravel() for each in np.indices((PEOPLE, STATEMENTS)))
VOTES = Votes.from_triplets(WHO, WHAT, np.where((WHO + WHAT) % 2, 1, -1))
NONE = np.zeros(STATEMENTS, dtype=bool)
SHOWN = Moderation(refused=NONE, meta=NONE)


def test_analyse_is_in_default_mode_unless_asked():
    expected = as_text(as_document(analyse_default(VOTES, SHOWN), members=True))
    assert as_text(as_document(analyse(VOTES), members=True)) == expected


def test_analyse_in_polis_mode_hands_everything_on():
    moderation = Moderation(refused=VOTES.statements == 1, meta=VOTES.statements == 2)
    groups = {0: 5, 1: 6}
    expected = analyse_polis(VOTES, moderation, groups=groups, seed=4)
    found = analyse(VOTES, mode="polis", moderation=moderation, groups=groups, seed=4)
    assert as_text(as_document(found, members=True)) == as_text(as_document(expected, members=True))
    assert found.seed == 4


def test_analyse_repeats_in_default_mode():
    votes = conversation(Plan(400, 30, groups=2, density=0.8), seed=1).votes
    found = analyse(votes, bootstrap=3, seed=1)
    assert found.stability is not None
    assert found.stability.rounds == 3


@pytest.mark.parametrize(
    ("options", "argument", "value"),
    [
        ({"mode": "pol"}, "mode", "'pol'"),
        ({"seed": -1}, "seed", "-1"),
        ({"seed": 1.0}, "seed", "1.0"),
        ({"seed": True}, "seed", "True"),
        ({"bootstrap": -5}, "bootstrap", "-5"),
        ({"bootstrap": "10"}, "bootstrap", "'10'"),
        ({"mode": "polis", "bootstrap": 10}, "bootstrap", "10 in polis mode"),
        ({"groups": {0: 1}}, "groups", "a grouping in default mode"),
        ({"mode": "polis", "groups": {}}, "groups", "an empty mapping"),
        ({"mode": "polis", "groups": {77: 1}}, "groups", "participant 77 (one of 1 unknown)"),
        ({"moderation": Moderation(NONE[1:], NONE)}, "moderation.refused", "an array of bool of shape (7,)"),
        ({"moderation": Moderation(NONE, NONE.astype(int))}, "moderation.meta", "an array of int64 of shape (8,)"),
        ({"moderation": Moderation(~NONE, NONE)}, "moderation", "all refused or meta"),
    ],
)
def test_analyse_refuses_what_it_cannot_use(options: dict[str, Any], argument: str, value: str):
    with pytest.raises(MethodError) as error:
        analyse(VOTES, **options)
    assert error.value.argument == argument
    assert str(error.value).startswith(f"{argument}: {value} cannot be used. ")
    assert error.value.remedy.endswith(".")


@pytest.mark.parametrize("mode", ["polis", "default"])
def test_analyse_refuses_no_votes(mode: Mode):
    with pytest.raises(MethodError, match="votes: an empty list cannot be used"):
        analyse(Votes.from_triplets([], [], []), mode=mode)


@pytest.mark.parametrize("mode", ["polis", "default"])
def test_analyse_takes_a_single_vote(mode: Mode):
    found = analyse(Votes.from_triplets([3], [4], [1]), mode=mode)
    assert (found.votes, found.participants.tolist(), found.statements.tolist()) == (1, [3], [4])
    assert found.everybody.agree.tolist() == [[1]]


@pytest.mark.parametrize("mode", ["polis", "default"])
def test_analyse_gives_the_same_whatever_the_order_of_the_votes(mode: Mode):
    order = np.random.default_rng(2).permutation(len(WHO))
    shuffled = Votes.from_triplets(WHO[order], WHAT[order], np.where((WHO + WHAT) % 2, 1, -1)[order])
    first, second = (as_text(as_document(analyse(votes, mode=mode), members=True)) for votes in (VOTES, shuffled))
    assert first == second
