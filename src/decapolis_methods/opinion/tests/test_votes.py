import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from decapolis_methods.errors import MethodError
from decapolis_methods.opinion.votes import TABLE, Votes

repeated = settings(max_examples=30, deadline=None)

vote = st.tuples(st.integers(0, 6), st.integers(0, 5), st.sampled_from([1, -1, 0]))
logs = st.lists(vote, max_size=40)


def collect(log: list[tuple[int, int, int]]) -> Votes:
    return Votes.from_triplets([one[0] for one in log], [one[1] for one in log], [one[2] for one in log])


def table(votes: Votes) -> dict[tuple[int, int], int]:
    who, what = votes.participants[votes.rows], votes.statements[votes.columns]
    return dict(zip(zip(who.tolist(), what.tolist(), strict=True), votes.values.tolist(), strict=True))


@repeated
@given(logs)
def test_from_triplets_keeps_the_last_vote_of_each(log: list[tuple[int, int, int]]):
    assert table(collect(log)) == {(who, what): value for who, what, value in log}


@repeated
@given(logs, st.randoms())
def test_from_triplets_forgets_the_order_of_different_votes(log: list[tuple[int, int, int]], random):
    once = [(who, what, value) for (who, what), value in table(collect(log)).items()]
    shuffled = random.sample(once, len(once))
    for field in ("participants", "statements", "starts", "columns", "values"):
        assert np.array_equal(getattr(collect(once), field), getattr(collect(shuffled), field))


@repeated
@given(logs)
def test_from_triplets_sorts_rows_and_columns(log: list[tuple[int, int, int]]):
    votes = collect(log)
    cells = votes.rows.astype(np.int64) * 100 + votes.columns
    assert (np.diff(cells) > 0).all()
    assert (np.diff(votes.participants) > 0).all()
    assert (np.diff(votes.statements) > 0).all()
    assert votes.shape == (len({who for who, _, _ in log}), len({what for _, what, _ in log}))


def test_from_triplets_finds_sparse_identifiers_as_well_as_dense_ones():
    far = 4 * TABLE
    votes = Votes.from_triplets([far, 3, far], [0, 0, 10**15], [1, -1, 0])
    assert votes.participants.tolist() == [3, far]
    assert votes.statements.tolist() == [0, 10**15]
    assert table(votes) == {(far, 0): 1, (3, 0): -1, (far, 10**15): 0}


def test_from_triplets_keeps_rows_and_columns_without_votes():
    votes = Votes.from_triplets([4], [7], [1], participants=[4, 2, 9], statements=[7, 8])
    assert votes.participants.tolist() == [2, 4, 9]
    assert votes.statements.tolist() == [7, 8]
    assert votes.starts.tolist() == [0, 0, 1, 1]


def test_from_triplets_of_nothing_is_empty():
    votes = Votes.from_triplets([], [], [])
    assert votes.shape == (0, 0)
    assert len(votes) == 0
    assert list(votes.blocks()) == []


@pytest.mark.parametrize(
    ("who", "what", "how", "argument"),
    [
        ([1, 2], [1, 1], [1], "value"),
        (1, 1, 1, "value"),
        ([[1]], [[1]], [[1]], "value"),
        ([1.5], [1], [1], "participant"),
        (["a"], [1], [1], "participant"),
        ([1], [-1], [1], "statement"),
        ([2**63], [1], [1], "participant"),
        ([2**70], [1], [1], "participant"),
        ([1], [1], [2], "value"),
        ([1], [1], [np.nan], "value"),
    ],
)
def test_from_triplets_refuses_what_is_no_vote(who: ArrayLike, what: ArrayLike, how: ArrayLike, argument: str):
    with pytest.raises(MethodError) as error:
        Votes.from_triplets(who, what, how)
    assert error.value.argument == argument
    assert error.value.remedy


@pytest.mark.parametrize("argument", ["participant", "statement"])
def test_from_triplets_refuses_identifiers_that_are_not_listed(argument: str):
    listed = {f"{argument}s": [1, 2]}
    with pytest.raises(MethodError, match=f"{argument}: 3 cannot be used") as error:
        Votes.from_triplets([3], [3], [1], **listed)
    assert error.value.argument == argument


@pytest.mark.parametrize("listed", [[1.5], [-1], ["a"]])
def test_from_triplets_refuses_lists_that_are_no_identifiers(listed: ArrayLike):
    with pytest.raises(MethodError) as error:
        Votes.from_triplets([], [], [], participants=listed)
    assert error.value.argument == "participants"


@repeated
@given(logs, st.integers(1, 9))
def test_blocks_cover_every_row_and_every_vote_once(log: list[tuple[int, int, int]], size: int):
    votes = collect(log)
    blocks = list(votes.blocks(size))
    assert [row for rows, _ in blocks for row in range(rows.start, rows.stop)] == list(range(votes.shape[0]))
    assert [place for _, places in blocks for place in range(places.start, places.stop)] == list(range(len(votes)))


@repeated
@given(logs, st.integers(1, 9))
def test_blocks_are_as_small_as_rows_allow(log: list[tuple[int, int, int]], size: int):
    votes = collect(log)
    longest = np.diff(votes.starts).max(initial=0)
    assert all(places.stop - places.start <= size + longest for _, places in votes.blocks(size))


@pytest.mark.parametrize("people", [[0, 3, 6, 9], [9, 3, 0, 6], [2], []])
def test_of_keeps_whole_rows_of_some_people(people: list[int]) -> None:
    rng = np.random.default_rng(1)
    who, what = np.nonzero(rng.random((10, 6)) < 0.6)
    value = rng.choice([1, -1, 0], len(who))
    everybody = Votes.from_triplets(who, what, value, participants=np.arange(10), statements=np.arange(6))
    some = everybody.of(np.array(people, dtype=np.int64))
    kept = np.isin(who, people)
    expected = Votes.from_triplets(who[kept], what[kept], value[kept], participants=people, statements=np.arange(6))
    for part in ("participants", "statements", "starts", "columns", "values"):
        assert getattr(some, part).tolist() == getattr(expected, part).tolist()
