"""Every real export reads: sizes are those that its source gives."""

import pytest

from decapolis.understand.listening.files import read_conversation, read_votes
from tests.data import shared_data

pytestmark = pytest.mark.data
FOLDERS = {
    "15-per-hour-seattle": (339, 54, 23, 2_872),
    "american-assembly.bowling-green": (2_031, 896, 289, 225_524),
    "canadian-electoral-reform": (448, 174, 22, 11_950),
    "london.youth.policing": (26, 39, 3, 638),
    "scoop-hivemind.ubi": (234, 71, 1, 7_153),
    "vtaiwan.uberx": (1_921, 197, 78, 49_443),
    "polis_math_exports/25ptpt-3gp-no-strict-with-meta": (27, 57, 0, 1_386),
    "polis_math_exports/above-100-ptpts": (267, 62, 5, 5_216),
    "polis_math_exports/below-100-ptpts": (35, 44, 2, 504),
}
WITH_BOTH = [name for name in FOLDERS if not name.startswith(("american", "polis"))]


@pytest.mark.slow
@pytest.mark.parametrize("name", FOLDERS)
def test_read_conversation_reads_every_real_folder(name: str):
    files = read_conversation(shared_data("listening") / name)
    people = len(set(files.votes.participant.tolist()))
    refused = sum(row.moderation == -1 for row in files.statements)
    assert (people, len(files.statements), refused, len(files.votes)) == FOLDERS[name]


@pytest.mark.parametrize("name", WITH_BOTH)
def test_log_and_matrix_of_a_real_folder_hold_the_same_votes(name: str):
    folder = shared_data("listening") / name
    log, matrix = read_votes(folder / "votes.csv"), read_votes(folder / "participants-votes.csv")
    assert log.participant.tolist() == matrix.participant.tolist()
    assert log.statement.tolist() == matrix.statement.tolist()
    assert log.value.tolist() == matrix.value.tolist()


def test_bowling_green_states_more_votes_than_there_are_and_the_report_says_so():
    files = read_conversation(shared_data("listening") / "american-assembly.bowling-green")
    assert {note.what: note.number for note in files.notes}["votes stated in the totals only"] == 393


def test_statements_about_the_conversation_itself_are_known_from_the_result_of_polis():
    files = read_conversation(shared_data("listening") / "polis_math_exports/25ptpt-3gp-no-strict-with-meta")
    assert [row.statement for row in files.statements if row.is_meta] == [0, 1, 2, 3]
