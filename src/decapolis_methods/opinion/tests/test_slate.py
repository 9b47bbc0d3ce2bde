import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decapolis_methods.opinion.default.slate import FEWEST, MOST, find_slate
from decapolis_methods.opinion.votes import Votes

Table = np.ndarray


def votes_of(table: Table) -> Votes:
    """Everybody saw everything; 9 stands for what was not shown."""
    who, what = np.nonzero(table != 9)
    statements, people = np.arange(table.shape[1]), np.arange(table.shape[0])
    return Votes.from_triplets(who, what, table[who, what], statements=statements, participants=people)


def slate_of(table: Table, *, without: tuple[int, ...] = ()) -> tuple[int, ...]:
    analysed = np.ones(table.shape[1], dtype=bool)
    analysed[list(without)] = False
    return find_slate(votes_of(table), analysed)


def left_out(table: Table, slate: tuple[int, ...]) -> int:
    """Size of the largest part of the people who agree with one statement and with none on the slate."""
    alone = ~(table[:, list(slate)] == 1).any(axis=1)
    return int((table[alone] == 1).sum(axis=0).max(initial=0))


def test_find_slate_speaks_for_a_minority_before_it_pleases_the_majority_again() -> None:
    """Seven of ten agree with 0 to 4, three with 5 alone: 5 comes second."""
    table = -np.ones((10, 6), dtype=int)
    table[:7, :5] = 1
    table[7:, 5] = 1
    assert slate_of(table)[:2] == (0, 5)


def test_find_slate_by_hand() -> None:
    """12 of 20 agree with 0; of the other 8, 5 agree with 1 and 4 with 2; then 3 are left, whom 2 covers."""
    table = -np.ones((20, 5), dtype=int)
    table[:12, 0] = table[12:17, 1] = table[[15, 16, 17, 18], 2] = table[19, 3] = 1
    assert slate_of(table)[:4] == (0, 1, 2, 3)


def test_find_slate_leaves_out_what_is_not_analysed_or_agreed_by_nobody() -> None:
    table = np.ones((20, 4), dtype=int)
    table[:, 3] = -1
    assert slate_of(table, without=(1,)) == (0, 2)


def test_find_slate_without_agreement_is_empty() -> None:
    assert slate_of(-np.ones((5, 3), dtype=int)) == ()


def test_find_slate_stops_at_five_when_everybody_is_spoken_for() -> None:
    assert slate_of(np.ones((30, 12), dtype=int)) == (0, 1, 2, 3, 4)


def test_find_slate_goes_to_eight_while_it_speaks_for_more() -> None:
    table = np.where(np.arange(100)[:, None] % 10 == np.arange(10), 1, -1)
    assert len(slate_of(table)) == MOST


def test_find_slate_does_not_trust_few_answers() -> None:
    """Statement 1 was shown to two people, who both agreed; statement 0 to all, and most agreed."""
    table = np.full((60, 2), 9)
    table[:, 0] = np.where(np.arange(60) < 50, 1, -1)
    table[:2, 1] = 1
    assert slate_of(table)[0] == 0


def test_find_slate_takes_the_share_of_those_asked_for_those_not_asked() -> None:
    """0 pleases 60 of 100; 1 was shown to the other 40 only and pleases 36: 36 / (40 + 10) beats 60 / (100 + 10)."""
    table = np.full((100, 2), -1)
    table[:60, 0] = 1
    table[:60, 1] = 9
    table[60:, 1] = np.where(np.arange(40) < 36, 1, -1)
    assert slate_of(table) == (1, 0)


def test_find_slate_does_not_count_people_without_a_position() -> None:
    table = np.where(np.arange(100)[:, None] % 10 == np.arange(10), 1, -1)
    silent = np.zeros((500, 10), dtype=int)
    assert slate_of(np.concatenate([table, silent])) == slate_of(table)


@settings(max_examples=60, deadline=None)
@given(st.integers(8, 60), st.integers(5, 14), st.floats(0.05, 0.6), st.integers(0, 10_000))
def test_find_slate_has_justified_representation(people: int, statements: int, likes: float, seed: int) -> None:
    """Where all saw all: no n / k people who agree with one statement are left with none on the slate of k."""
    table = np.where(np.random.default_rng(seed).random((people, statements)) < likes, 1, -1)
    slate = slate_of(table)
    if len(slate) >= FEWEST:
        counted = people  # everybody took a position
        assert left_out(table, slate) < counted / len(slate)
    else:
        assert left_out(table, slate) == 0


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_find_slate_does_not_depend_on_the_order_of_people(seed: int) -> None:
    rng = np.random.default_rng(seed)
    table = rng.choice([1, -1, 0, 9], (40, 9), p=[0.4, 0.2, 0.1, 0.3])
    assert slate_of(table[rng.permutation(40)]) == slate_of(table)


@pytest.mark.slow
def test_find_slate_of_incomplete_answers_leaves_few_out_of_the_truth() -> None:
    """Hide six of ten answers at random: the slate still speaks for almost all whom the best slate speaks for."""
    rng = np.random.default_rng(3)
    camp = rng.choice(5, 400, p=[0.45, 0.25, 0.15, 0.1, 0.05])
    likes = rng.random((5, 40)) < 0.15
    likes[np.arange(5), np.arange(5)] = True
    truth = np.where(likes[camp] ^ (rng.random((400, 40)) < 0.05), 1, -1)
    seen = np.where(rng.random(truth.shape) < 0.4, truth, 9)
    spoken_for = [(truth[:, list(slate_of(table))] == 1).any(axis=1).mean() for table in (truth, seen)]
    assert spoken_for[1] > spoken_for[0] - 0.1
    assert left_out(truth, slate_of(seen)) < 400 / FEWEST
