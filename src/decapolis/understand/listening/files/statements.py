"""Statements, their moderation, and groups of participants as other systems give them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from decapolis.understand.listening.files.faults import FileFault
from decapolis.understand.listening.files.moments import day_of, milliseconds
from decapolis.understand.listening.files.tables import Table, open_table

NUMBER = ("statement", "comment-id", "statement_id", "tid")
TEXT = ("comment-body", "text", "txt")
META = ("meta", "is-meta", "is_meta")
MODERATION = {"-1": -1, "0": 0, "1": 1}
REFUSED = -1
LONGEST_TEXT = 1000  # longer than any statement seen; people answer to a sentence, and pages and pictures show it
YES_NO = {"0": False, "1": True, "false": False, "true": True, "": False}


@dataclass(frozen=True)
class StatementRow:
    """A statement as the source has it, without its author.

    `moderation` is -1 refused, 0 not yet looked at (and shown), 1 accepted. `text` is None where the file has no
    texts. `agrees` and `disagrees` are the totals that the source states, None where it states none. `day` is the day
    on which it was put in, `line` its line in the file.
    """

    statement: int
    moderation: int
    is_meta: bool
    line: int
    text: str | None = None
    agrees: int | None = None
    disagrees: int | None = None
    day: date | None = None


def read_statements(path: Path) -> list[StatementRow]:
    """Statements of `STATEMENTS.csv` (statement, moderated, meta) or of Polis's `comments.csv`, by number."""
    rows: dict[int, StatementRow] = {}
    with open_table(path) as table:
        table.column(*NUMBER)
        table.column("moderated")
        for line, cells in table.rows:
            row = _row(table, line, cells)
            if row.statement in rows:
                what = f"Statement {row.statement} stands there twice, first on line {rows[row.statement].line}."
                raise FileFault(path, line, what, "Keep one of them.")
            rows[row.statement] = row
    return [rows[number] for number in sorted(rows)]


def read_groups(path: Path) -> dict[int, int]:
    """Group of each participant (participant, group); participants with an empty cell are outside."""
    groups: dict[int, int] = {}
    seen: set[int] = set()
    with open_table(path) as table:
        who, group = table.column("participant"), table.column("group", "group-id")
        for line, cells in table.rows:
            participant = table.whole(line, cells, who)
            if participant in seen:
                raise FileFault(path, line, "This participant stands there twice.", "Keep one of the rows.")
            seen.add(participant)
            if cells[group]:
                groups[participant] = table.whole(line, cells, group)
    return groups


def _row(table: Table, line: int, cells: list[str]) -> StatementRow:
    moderation = _choice(table, line, cells, ("moderated",), MODERATION)
    return StatementRow(
        statement=table.whole(line, cells, table.column(*NUMBER)),
        moderation=moderation,
        is_meta=bool(_choice(table, line, cells, META, YES_NO)),
        line=line,
        text=_text(table, line, cells, is_refused=moderation == REFUSED),
        agrees=_total(table, line, cells, "agrees"),
        disagrees=_total(table, line, cells, "disagrees"),
        day=_day(table, line, cells),
    )


def _choice(table: Table, line: int, cells: list[str], names: tuple[str, ...], choices: Mapping[str, int]) -> int:
    place = table.find(*names)
    if place is None:
        return 0
    value = choices.get(cells[place].strip().lower())
    if value is None:
        table.refuse(line, place, cells[place], "one of " + ", ".join(filter(None, choices)))
    return value


def _text(table: Table, line: int, cells: list[str], *, is_refused: bool) -> str | None:
    """Text of a statement; how long a refused one is does not matter, since it is not kept."""
    place = table.find(*TEXT)
    if place is None:
        return None
    text = cells[place].strip()
    if len(text) > LONGEST_TEXT and not is_refused:
        what = f"The statement has {len(text):,} characters, more than {LONGEST_TEXT:,}."
        raise FileFault(table.path, line, what, "Shorten it, or mark it as refused (moderated -1).")
    return text or table.refuse(line, place, text, "the text of a statement")


def _total(table: Table, line: int, cells: list[str], name: str) -> int | None:
    place = table.find(name)
    return None if place is None else table.whole(line, cells, place)


def _day(table: Table, line: int, cells: list[str]) -> date | None:
    place = table.find("timestamp")
    return None if place is None else day_of(milliseconds(table.path, line, cells[place]))
