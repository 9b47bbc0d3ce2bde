import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from decapolis.understand.listening.files import FileFault, read_votes
from decapolis.understand.listening.files.records import BLOCK, LONGEST_RECORD, Record, open_records

OLDER = {"pid": 3, "tid": 7, "vote": -1, "weight_x_32767": 0, "modified": "1714782753431", "conversation_id": "4cv"}
NEWER = {"participant_id": 3, "statement_id": 7, "vote": 1, "modified": 1691740361800.0, "datetime": None}


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "votes.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def records_of(path: Path) -> list[tuple[int, Record]]:
    with open_records(path) as records:
        return list(records)


def fault_of(path: Path, limit: int = 100) -> FileFault:
    with pytest.raises(FileFault) as caught:
        read_votes(path, limit=limit)
    return caught.value


@pytest.mark.parametrize(("record", "value", "day"), [(OLDER, -1, date(2024, 5, 4)), (NEWER, 1, date(2023, 8, 11))])
def test_read_votes_takes_both_shapes(tmp_path: Path, record: dict[str, Any], value: int, day: date):
    votes = read_votes(write(tmp_path, json.dumps([record], indent=4)))
    assert (votes.participant.tolist(), votes.statement.tolist(), votes.value.tolist()) == ([3], [7], [value])
    assert votes.day is not None
    assert votes.day.tolist() == [day]


def test_read_votes_orders_by_modified_whether_number_or_text(tmp_path: Path):
    later = OLDER | {"vote": 1, "modified": 1714782753432}
    votes = read_votes(write(tmp_path, json.dumps([later, OLDER])))
    assert votes.value.tolist() == [1]


def test_read_votes_without_times_takes_the_last_record(tmp_path: Path):
    records = [{"pid": 1, "tid": 1, "vote": vote} for vote in (1, -1)]
    votes = read_votes(write(tmp_path, json.dumps(records)))
    assert (votes.value.tolist(), votes.day) == ([-1], None)


def test_read_votes_of_an_empty_list_are_none(tmp_path: Path):
    assert len(read_votes(write(tmp_path, " [ ] "))) == 0


def test_read_votes_knows_json_by_its_beginning_and_not_by_its_name(tmp_path: Path):
    path = write(tmp_path, "\ufeff\n  " + json.dumps([OLDER]))
    assert len(read_votes(path.rename(tmp_path / "export.txt"))) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"vote": 2}, "The vote is not one of"),
        ({"vote": None}, "The vote is not one of"),
        ({"vote": True}, "The vote is not one of"),
        ({"pid": "x"}, "“pid” is missing or not a whole number"),
        ({"pid": -4}, "“pid” is missing or not a whole number"),
        ({"tid": None}, "“tid” is missing or not a whole number"),
        ({"tid": True}, "“tid” is missing or not a whole number"),
        ({"tid": 10**30}, "“tid” is missing or not a whole number"),
        ({"modified": "yesterday"}, "not in seconds or milliseconds"),
        ({"modified": 17147827}, "not in seconds or milliseconds"),
        ({"modified": float("inf")}, "not in seconds or milliseconds"),
        ({"modified": float("nan")}, "not in seconds or milliseconds"),
        ({"modified": None}, "not in seconds or milliseconds"),
    ],
)
def test_read_votes_names_the_line_of_a_damaged_record(tmp_path: Path, change: dict[str, Any], said: str):
    text = f"[\n{json.dumps(OLDER)},\n{json.dumps(OLDER | change)}\n]"
    fault = fault_of(write(tmp_path, text))
    assert fault.line == 3
    assert said in str(fault)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[\n{}\n,\n", 4),
        ('[\n{"a": 1},\n{"b": ', 3),
        ('[\n{"a": 1}\n{"b": 2}]', 3),
        ('[\n{"a": 1},\n]', 3),
        ('[\n{"a": 1},\n5]', 3),
        ('{"a": 1}', 1),
        ("[", 1),
    ],
)
def test_open_records_names_the_line_where_the_list_breaks(tmp_path: Path, text: str, line: int):
    with pytest.raises(FileFault) as caught:
        records_of(write(tmp_path, text))
    assert caught.value.line == line
    assert "not a list of records" in caught.value.what


@pytest.mark.parametrize("deep", ["[" * 200_000, '[{"a":' + "[" * 200_000, '{"a":' * 50_000, '[{"a":' * 50_000])
def test_read_votes_refuses_what_is_nested_without_end(tmp_path: Path, deep: str):
    fault = fault_of(write(tmp_path, deep))
    assert (fault.line, "not a list of records" in fault.what) == (1, True)


def test_open_records_goes_over_the_ends_of_blocks(tmp_path: Path):
    records = [{"number": number, "text": "é" * 500} for number in range(3000)]
    path = write(tmp_path, json.dumps(records, ensure_ascii=False))
    assert path.stat().st_size > 2 * BLOCK
    assert [record for _, record in records_of(path)] == records


def test_open_records_counts_lines(tmp_path: Path):
    text = json.dumps([{"a": 1}, {"a": 2}], indent=1)
    assert [line for line, _ in records_of(write(tmp_path, text))] == [2, 5]


def test_open_records_does_not_read_a_record_without_end(tmp_path: Path):
    path = write(tmp_path, '[{"a": "' + "x" * (LONGEST_RECORD + 3 * BLOCK))
    with pytest.raises(FileFault):
        records_of(path)


def test_read_votes_names_the_line_that_is_not_utf_8(tmp_path: Path):
    text = json.dumps(OLDER).encode()
    fault = fault_of(write(tmp_path, b"[\n" + text + b',\n{"pid": "' + "é".encode("latin-1") + b'"}]'))
    assert (fault.line, fault.what) == (3, "The text is not in UTF-8.")


def test_read_votes_refuses_more_votes_than_the_limit(tmp_path: Path):
    fault = fault_of(write(tmp_path, json.dumps([OLDER] * 3, indent=0)), limit=2)
    assert "more than 2 votes" in fault.what
