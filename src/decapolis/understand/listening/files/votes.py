"""Votes as other systems give them: a log, a matrix of participants and statements, or JSON.

What could lead back to a person (outer identifiers, the time of day) is dropped here, at the first reading.
"""

from array import array
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import compress
from pathlib import Path
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from decapolis.understand.listening.files.faults import FileFault
from decapolis.understand.listening.files.meters import Told, nobody
from decapolis.understand.listening.files.moments import DAY, milliseconds
from decapolis.understand.listening.files.records import Record, is_json, open_records
from decapolis.understand.listening.files.tables import MOST_DIGITS, Table, open_table

MOST_VOTES = 10_000_000
VALUES = {"1": 1, "-1": -1, "0": 0, "1.0": 1, "-1.0": -1, "0.0": 0}
WANTED = "one of 1 (agree), -1 (disagree) and 0 (pass)"
PARTICIPANT = ("participant", "voter-id", "participant_id", "pid")
STATEMENT = ("statement", "comment-id", "statement_id", "tid")
MOMENT = ("timestamp", "modified")


@dataclass(frozen=True)
class RawVotes:
    """The last vote of each participant on each statement, by participant and then by statement.

    `day` is None where the file has no times; the time of day is never kept.
    """

    participant: NDArray[np.int64]
    statement: NDArray[np.int64]
    value: NDArray[np.int8]
    day: NDArray[np.datetime64] | None

    def __len__(self) -> int:
        """Number of votes, passes included."""
        return len(self.value)


@dataclass
class VoteLog:
    """Votes in the order of the file, earlier ones of the same participant included. Lives while a file is read."""

    path: Path
    columns: tuple[str, ...]
    limit: int = MOST_VOTES
    known: Collection[int] | None = None
    participant: "array[int]" = field(default_factory=lambda: array("q"))
    statement: "array[int]" = field(default_factory=lambda: array("q"))
    value: "array[int]" = field(default_factory=lambda: array("b"))
    moment: "array[int]" = field(default_factory=lambda: array("q"))
    rows: int = 0
    is_complete: bool = False
    """Whether votes that were replaced later are in it."""

    def __len__(self) -> int:
        """Number of votes so far."""
        return len(self.value)

    def add(self, line: int, participant: int, statement: int, value: int) -> None:
        """Take one vote; one on an unknown statement, or one too many, is a fault."""
        if self.known is not None and statement not in self.known:
            self.refuse_statement(line, statement)
        if len(self.value) >= self.limit:
            raise FileFault(
                self.path, line, f"There are more than {self.limit:,} votes.", "Import a part, or set a higher limit."
            )
        self.participant.append(participant)
        self.statement.append(statement)
        self.value.append(value)

    def refuse_statement(self, line: int, statement: int) -> NoReturn:
        """Say that a vote is on a statement that the list of statements does not have."""
        raise FileFault(
            self.path,
            line,
            f"Statement {statement} is not in the list of statements.",
            "Take both files from the same export.",
        )

    def stamp(self, line: int, text: str) -> None:
        """Take the moment of the vote added last; it orders the votes and becomes a day."""
        self.moment.append(milliseconds(self.path, line, text))


def read_votes(path: Path, *, limit: int = MOST_VOTES, statements: Collection[int] | None = None) -> RawVotes:
    """Votes of a log (`votes.csv`), a matrix (`participants-votes.csv`) or `votes.json`, told apart by their content.

    A vote on a statement that is not among `statements` is a fault; without `statements` every one is taken.
    """
    return latest(read_log(path, limit=limit, statements=statements))


def read_log(
    path: Path, *, limit: int = MOST_VOTES, statements: Collection[int] | None = None, told: Told = nobody
) -> VoteLog:
    """Votes in the order of the file, as far as the file tells: a matrix has the last ones only."""
    if is_json(path):
        return _json_log(VoteLog(path, (), limit, statements), told)
    with open_table(path, told) as table:
        log = VoteLog(path, table.header, limit, statements)
        if table.find("vote") is not None:
            return _csv_log(table, log)
        if _is_matrix(table):
            return _matrix_log(table, log)
        return _refuse_unknown(table)


def _is_matrix(table: Table) -> bool:
    """Whether columns are statements; in a table with `n-important` they hold marks of importance, and no votes."""
    is_about_votes = table.find(*PARTICIPANT) is not None and table.find("n-important") is None
    return is_about_votes and any(map(_is_number, table.header))


def latest(log: VoteLog) -> RawVotes:
    """Keep the last vote of each participant on each statement: the latest, or the one further down."""
    who, what = np.asarray(log.participant, dtype=np.int64), np.asarray(log.statement, dtype=np.int64)
    moment = np.asarray(log.moment, dtype=np.int64)
    order = np.lexsort((moment, what, who) if len(moment) else (what, who))
    last = np.ones(len(order), dtype=bool)
    last[:-1] = (np.diff(who[order]) != 0) | (np.diff(what[order]) != 0)
    kept = order[last]
    day = (moment[kept] // DAY).astype("datetime64[D]") if len(moment) else None
    return RawVotes(who[kept], what[kept], np.asarray(log.value, dtype=np.int8)[kept], day)


def _csv_log(table: Table, log: VoteLog) -> VoteLog:
    who, what, vote = table.column(*PARTICIPANT), table.column(*STATEMENT), table.column("vote")
    when, log.is_complete = table.find(*MOMENT), True
    for line, cells in table.rows:
        value = VALUES.get(cells[vote])
        if value is None:
            table.refuse(line, vote, cells[vote], WANTED)
        log.add(line, table.whole(line, cells, who), table.whole(line, cells, what), value)
        if when is not None:
            log.stamp(line, cells[when])
        log.rows += 1
    return log


def _matrix_log(table: Table, log: VoteLog) -> VoteLog:
    who, is_statement = table.column(*PARTICIPANT), [_is_number(name) for name in table.header]
    statements = [int(name) for name in compress(table.header, is_statement)]
    _check_statements(log, statements)
    seen: set[int] = set()
    for line, cells in table.rows:
        participant = table.whole(line, cells, who)
        if participant in seen:
            raise FileFault(table.path, line, "This participant stands there twice.", "Keep one of the rows.")
        seen.add(participant)
        before = len(log)
        for statement, text in zip(statements, compress(cells, is_statement), strict=True):
            if text:
                log.add(line, participant, statement, _cell_value(table, line, statement, text))
        _check_row(table, line, cells, log.value[before:])
        log.rows += 1
    return log


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdigit() and len(name) <= MOST_DIGITS


def _check_statements(log: VoteLog, statements: list[int]) -> None:
    for statement, times in Counter(statements).items():
        if times > 1:
            raise FileFault(log.path, 1, f"Statement {statement} stands there twice.", "Keep one of the columns.")
        if log.known is not None and statement not in log.known:
            log.refuse_statement(1, statement)


def _cell_value(table: Table, line: int, statement: int, text: str) -> int:
    value = VALUES.get(text)
    if value is None:
        place = next(place for place, name in enumerate(table.header) if _is_number(name) and int(name) == statement)
        table.refuse(line, place, text, f"empty or {WANTED}")
    return value


def _check_row(table: Table, line: int, cells: list[str], values: "array[int]") -> None:
    """A row may state its own totals; they have to be those of its votes."""
    counted = {"n-votes": len(values), "n-agree": values.count(1), "n-disagree": values.count(-1)}
    for name, number in counted.items():
        place = table.find(name)
        if place is not None and table.whole(line, cells, place) != number:
            table.refuse(line, place, cells[place], f"{number}, the number of such votes in this row")


def _json_log(log: VoteLog, told: Told) -> VoteLog:
    with open_records(log.path, told) as records:
        for line, record in records:
            _add_record(log, line, record)
    return log


def _add_record(log: VoteLog, line: int, record: Record) -> None:
    log.columns = log.columns or tuple(record)
    value = VALUES.get(str(record.get("vote")))
    if value is None:
        raise FileFault(log.path, line, f"The vote is not {WANTED}.", "Correct this record.")
    log.add(line, _number(log, line, record, PARTICIPANT), _number(log, line, record, STATEMENT), value)
    if any(name in log.columns for name in MOMENT):
        log.stamp(line, _moment(record))
    log.rows += 1


def _number(log: VoteLog, line: int, record: Record, names: tuple[str, ...]) -> int:
    given = next((record[name] for name in names if name in record), None)
    if _is_number(str(given)):
        return int(str(given))
    raise FileFault(
        log.path, line, f"“{names[-1]}” is missing or not a whole number of 0 or more.", "Correct this record."
    )


def _moment(record: Record) -> str:
    given = next((record[name] for name in MOMENT if name in record), None)
    return f"{given:.0f}" if isinstance(given, float) else str(given)


def _refuse_unknown(table: Table) -> NoReturn:
    raise FileFault(
        table.path,
        1,
        f"These are no votes: the first line names {len(table.header)} columns, and not those of votes.",
        "Give votes.csv, participants-votes.csv or votes.json.",
    )
