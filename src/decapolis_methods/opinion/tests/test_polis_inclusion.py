import numpy as np
import pytest

from decapolis_methods.opinion.polis.inclusion import placed_participants
from decapolis_methods.opinion.votes import Votes


def answering(numbers: list[int], *, participants: list[int] | None = None) -> Votes:
    """Participants 0, 1, 2 … who each agree with so many statements, the first ones."""
    who = [participant for participant, number in enumerate(numbers) for _ in range(number)]
    what = [statement for number in numbers for statement in range(number)]
    return Votes.from_triplets(who, what, [1] * len(who), participants=participants)


def placed(votes: Votes, always: list[int] | None = None) -> list[int]:
    flags = placed_participants(votes, np.isin(votes.participants, always or []))
    return [int(participant) for participant in votes.participants[flags]]


def test_seven_votes_are_enough():
    assert placed(answering([7] * 15 + [6, 8])) == [*range(15), 16]


def test_all_statements_are_enough_where_there_are_fewer_than_seven():
    assert placed(answering([3] * 15 + [2])) == list(range(15))


def test_the_most_active_fill_up_to_fifteen_and_of_equal_ones_the_first():
    """Three have enough; the one with 6 and the first eleven of those with 2 make fifteen."""
    assert placed(answering([9, 9, 9] + [2] * 14 + [6])) == [0, 1, 2, *range(3, 14), 17]


def test_those_who_are_to_be_placed_always_are():
    votes = answering([9] * 20 + [1])
    assert 20 not in placed(votes)
    assert 20 in placed(votes, always=[20])


def test_those_placed_always_count_towards_the_fifteen():
    votes = answering([9] * 13 + [5, 4, 1])
    assert placed(votes) == list(range(15))
    assert placed(votes, always=[15]) == [*range(14), 15]


@pytest.mark.parametrize("numbers", [[9] * 3, [9] * 20])
def test_nobody_without_a_vote_is_placed(numbers: list[int]):
    votes = answering(numbers, participants=[*range(len(numbers)), 99])
    assert placed(votes) == list(range(len(numbers)))
