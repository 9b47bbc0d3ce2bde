"""Organisations from a table (CSV in UTF-8), as data that may be damaged."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from decapolis.plumbing.failures import Failure

LARGEST_FILE = 8 * 2**20
MOST_ROWS = 20_000
COLUMNS = ("name", "kind", "offers", "languages", "website", "email", "phone")
ROLES = {
    "accueil", "admin", "advice", "aide", "bonjour", "bureau", "centre", "center", "clinic", "club", "contact",
    "direction", "enquiries", "foyer", "general", "hello", "help", "hotline", "info", "information", "intake",
    "kontakt", "mail", "mediation", "office", "onthaal", "outreach", "post", "reception", "referral", "secretariat",
    "service", "services", "sport", "support", "team", "volunteer", "volunteers", "welcome", "youth",
}  # fmt: skip
"""Words that say what a mailbox is for, in the languages around."""
OF_A_PERSON = re.compile(r"[a-z]+[._-][a-z]+")


class DirectoryFault(Failure):
    """A table, or one line of it, that cannot be taken. Nothing of it is kept."""

    def __init__(self, path: Path, line: int | None, what: str, remedy: str) -> None:
        super().__init__(f"{path}{f', line {line}' if line else ''}: {what} {remedy}")
        self.line = line


@dataclass(frozen=True)
class DirectoryRow:
    """One organisation as read; `kind` may be empty."""

    line: int
    name: str
    kind: str = ""
    offers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    website: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Directory:
    """All organisations of a table, and what was not taken."""

    path: Path
    rows: tuple[DirectoryRow, ...]
    notes: tuple[str, ...] = field(default=())


def looks_like_a_person(email: str) -> bool:
    """Whether an address looks like that of a person: two words, none of which says what the mailbox is for."""
    local = email.partition("@")[0].lower()
    return bool(OF_A_PERSON.fullmatch(local)) and not ROLES & set(re.split("[._-]", local))


def read_directory(path: Path) -> Directory:
    """Read all of a table; of its columns only those that an organisation has here.

    Raises
    ------
    DirectoryFault
        It cannot be read, is no table in UTF-8, has no column "name", or a line has no name, or one that was there.
    """
    notes: list[str] = []
    rows = tuple(_rows(path, notes))
    lines: dict[str, int] = {}
    for row in rows:
        first = lines.setdefault(row.name.casefold(), row.line)
        if first != row.line:
            raise DirectoryFault(path, row.line, f"“{row.name}” is in line {first} too.", "Leave one of them out.")
    return Directory(path, rows, tuple(notes))


def _rows(path: Path, notes: list[str]) -> Iterator[DirectoryRow]:
    table = csv.DictReader(_text(path).splitlines(keepends=True), strict=True)
    try:
        heads = table.fieldnames or ()
        if "name" not in heads:
            raise DirectoryFault(path, 1, "There is no column “name”.", f"Name the columns {', '.join(COLUMNS)}.")
        if others := [head for head in heads if head not in COLUMNS]:
            notes.append(f"columns that an organisation has not: {', '.join(others)}")
        for number, cells in enumerate(table, 1):
            if number > MOST_ROWS:
                raise DirectoryFault(path, table.line_num, f"It has more than {MOST_ROWS:,} lines.", "Split it.")
            yield _row(path, table.line_num, cells, notes)
    except csv.Error as error:
        raise DirectoryFault(path, table.line_num, f"This is no table ({error}).", "Export it as CSV again.") from None


def _row(path: Path, line: int, cells: Mapping[str | None, object], notes: list[str]) -> DirectoryRow:
    if None in cells:
        raise DirectoryFault(path, line, "It has more cells than the head.", "Put marks around text with commas.")
    name, kind, offers, languages, website, email, phone = (_cell(cells.get(column)) for column in COLUMNS)
    if not name:
        raise DirectoryFault(path, line, "The name is empty.", "Give it one, or leave the line out.")
    if looks_like_a_person(email):
        notes.append(f"line {line}: an address that looks like that of a person")
        email = ""
    return DirectoryRow(line, name, kind, _several(offers), _several(languages), website, email, phone)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise DirectoryFault(path, None, f"It is larger than {LARGEST_FILE // 2**20} MB.", "Split it.")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        what = f"The file cannot be read ({error.strerror})."
        raise DirectoryFault(path, None, what, "Check its name and its rights.") from error
    except UnicodeDecodeError:
        raise DirectoryFault(path, None, "The file is not text in UTF-8.", "Export it in UTF-8.") from None


def _cell(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))
