"""What a message never repeats: cells may hold names and addresses, in any column where a file has slipped."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decapolis.understand.listening.files import FileFault, read_conversation, read_groups, read_statements, read_votes
from decapolis.understand.listening.files.faults import quoted
from decapolis.understand.listening.tests.exports import MATRIX, WITH_LOG, write_export

WHO = "anna@example.org"
PHONE = "0612345678"
SLIPPED = {
    "the participant": f"participant,statement,vote\n{WHO},1,1\n",
    "the statement": f"participant,statement,vote\n1,{WHO},1\n",
    "the vote": f"participant,statement,vote\n1,1,{WHO}\n",
    "a phone number as vote": f"participant,statement,vote\n1,1,{PHONE}\n",
    "the time": f"timestamp,participant,statement,vote\n{WHO},1,1,1\n",
    "no first line": f"{WHO},1,1\n{WHO},2,1\n",
    "no first line, twice": f"{WHO},{WHO},1\n",
    "a cell of a matrix": f"participant,0\n1,{WHO}\n",
    "a participant of a matrix": f"participant,0\n{WHO},1\n",
    "a participant twice": f"participant,0\n{PHONE},1\n{PHONE},1\n",
    "a total of a row": f"participant,n-votes,0\n1,{WHO},1\n",
    "a record": json.dumps([{"pid": WHO, "tid": 1, "vote": 1}]),
    "a vote of a record": json.dumps([{"pid": 1, "tid": 1, "vote": WHO}]),
}


@pytest.mark.parametrize("slipped", SLIPPED)
@pytest.mark.parametrize("read", [read_votes, read_statements, read_groups])
def test_a_fault_repeats_no_identifier(tmp_path: Path, read: Callable[[Path], object], slipped: str):
    path = tmp_path / "file.csv"
    path.write_text(SLIPPED[slipped], encoding="utf-8")
    with pytest.raises(FileFault) as caught:
        read(path)
    assert WHO not in str(caught.value)
    assert PHONE not in str(caught.value)


def test_a_group_in_which_a_participant_stands_twice_is_refused_without_the_number(tmp_path: Path):
    path = tmp_path / "groups.csv"
    path.write_text(f"participant,group\n{PHONE},1\n{PHONE},1\n", encoding="utf-8")
    with pytest.raises(FileFault, match="line 3: This participant stands there twice") as caught:
        read_groups(path)
    assert PHONE not in str(caught.value)


@pytest.mark.parametrize("name", ["voters", "comments"])
def test_a_summary_is_not_repeated(tmp_path: Path, name: str):
    folder = write_export(tmp_path, WITH_LOG | {"summary.csv": f"{name},{WHO}\n"})
    with pytest.raises(FileFault, match="something else") as caught:
        read_conversation(folder)
    assert WHO not in str(caught.value)


def test_an_outer_identifier_that_slipped_into_another_column_is_not_repeated(tmp_path: Path):
    """A lost cell moves the e-mail address of `xid` under `participant`."""
    folder = write_export(
        tmp_path, {"participants-votes.csv": MATRIX.replace("11,anna", "anna").replace("1,1,\n", "1,1,,\n")}
    )
    with pytest.raises(FileFault, match="“participant” is something else") as caught:
        read_conversation(folder)
    assert WHO not in str(caught.value)


@pytest.mark.parametrize("cell", ["7", "-1", "+1", "2.5", "9999"])
def test_quoted_repeats_a_short_number(cell: str):
    assert quoted(cell) == f"“{cell}”"


@given(st.text(min_size=5).filter(lambda text: not any(letter.isascii() and letter.isdigit() for letter in text)))
def test_quoted_repeats_no_words(cell: str):
    assert quoted(cell) == "something else"
