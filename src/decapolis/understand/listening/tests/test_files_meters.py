"""How far the reading of a file has come, as a command shows it."""

import json
import sys
from pathlib import Path

import pytest

from decapolis.__main__ import main
from decapolis.understand.listening.files import read_conversation
from decapolis.understand.listening.files.faults import FileFault
from decapolis.understand.listening.files.votes import read_log
from decapolis.understand.listening.tests.exports import LOG, SUMMARY, WITH_LOG, WITH_MATRIX, write_export

HEAD = LOG.splitlines()[0]
ROWS = 5_000


def long_log(rows: int = ROWS) -> str:
    return "\n".join([HEAD, *(f"1403054214196,Wed Jun 18,0,{voter},1" for voter in range(rows)), ""])


def told_of(path: Path) -> list[int]:
    told: list[int] = []
    read_log(path, told=told.append)
    return told


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("votes.csv", long_log()),
        ("participants-votes.csv", "participant,0\n" + "".join(f"{who},1\n" for who in range(ROWS))),
    ],
)
def test_meter_tells_each_per_cent_of_a_table_once_and_all_at_the_end(tmp_path: Path, name: str, text: str):
    (tmp_path / name).write_text(text, encoding="utf-8")
    told = told_of(tmp_path / name)
    assert told == sorted(set(told))
    assert len(told) > 15
    assert told[-1] == 100


def test_meter_tells_how_much_of_a_list_of_records_is_read(tmp_path: Path):
    records = [{"participant_id": who, "statement_id": 0, "vote": 1, "padding": "x" * 80} for who in range(30_000)]
    (tmp_path / "votes.json").write_text(json.dumps(records), encoding="utf-8")
    told = told_of(tmp_path / "votes.json")
    assert told == sorted(set(told))
    assert len(told) >= 3
    assert told[-1] == 100


@pytest.mark.parametrize("files", [WITH_LOG, WITH_MATRIX])
def test_read_conversation_tells_of_the_votes_only(tmp_path: Path, files: dict[str, str]):
    told: list[int] = []
    read_conversation(write_export(tmp_path / "quay", files | {"summary.csv": SUMMARY}), told=told.append)
    assert told == [100]


def test_meter_stops_where_the_file_is_at_fault(tmp_path: Path):
    (tmp_path / "votes.csv").write_text(long_log() + "1403054214196,Wed Jun 18,0,1,7\n" + long_log(), "utf-8")
    told: list[int] = []
    with pytest.raises(FileFault, match="line 5002"):
        read_log(tmp_path / "votes.csv", told=told.append)
    assert 40 < told[-1] < 60


@pytest.mark.django_db
@pytest.mark.parametrize("is_terminal", [True, False])
def test_import_shows_a_bar_while_it_reads_on_a_terminal_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, is_terminal: bool
):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    folder = write_export(tmp_path / "quay", WITH_LOG)
    main(["listening", "import", str(folder), "--dry-run", "--show-unmoderated", "a test"])
    shown = capsys.readouterr().err
    assert ("Reading votes" in shown, "100%" in shown) == (is_terminal, is_terminal)
