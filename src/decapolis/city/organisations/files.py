"""Organisations from a table (CSV in UTF-8), as data that may be damaged."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

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
NUL = "\0"
OF_A_PERSON = re.compile(r"[a-z]+[._-][a-z]+")


class DirectoryFault(Failure):
    """A table, or one line of it, that cannot be taken. Nothing of it is kept."""

    def __init__(self, path: Path, line: int | None, what: str, remedy: str) -> None:
        where = _("%(file)s, line %(line)s") % {"file": path, "line": line} if line else str(path)
        super().__init__(_("%(where)s: %(what)s") % {"where": where, "what": f"{what} {remedy}"})
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
    """Read all of a table in a file, as `directory_of` does."""
    return directory_of(path, text_of(path, _bytes(path)))


def directory_of(path: Path, text: str) -> Directory:
    """Read all of a table; of its columns only those that an organisation has here. `path` is named in faults.

    Raises
    ------
    DirectoryFault
        It cannot be read, is no table in UTF-8, has no column "name", or a line has no name, or one that was there.
    """
    notes: list[str] = []
    rows = tuple(_rows(path, text, notes))
    lines: dict[str, int] = {}
    for row in rows:
        first = lines.setdefault(row.name.casefold(), row.line)
        if first != row.line:
            what = _("“%(name)s” is in line %(line)s too.") % {"name": row.name, "line": first}
            raise DirectoryFault(path, row.line, what, _("Leave one of them out."))
    return Directory(path, rows, tuple(notes))


def _rows(path: Path, text: str, notes: list[str]) -> Iterator[DirectoryRow]:
    table = csv.DictReader(text.splitlines(keepends=True), strict=True)
    try:
        heads = table.fieldnames or ()
        if "name" not in heads:
            remedy = _("Name the columns %(columns)s.") % {"columns": ", ".join(COLUMNS)}
            raise DirectoryFault(path, 1, _("There is no column “name”."), remedy)
        if others := [head for head in heads if head not in COLUMNS]:
            notes.append(_("columns that an organisation has not: %(columns)s") % {"columns": ", ".join(others)})
        for number, cells in enumerate(table, 1):
            if number > MOST_ROWS:
                what = _("It has more than %(number)s lines.") % {"number": MOST_ROWS}
                raise DirectoryFault(path, table.line_num, what, _("Split it."))
            yield _row(path, table.line_num, cells, notes)
    except csv.Error as error:
        what = _("This is no table (%(reason)s).") % {"reason": error}
        raise DirectoryFault(path, table.line_num, what, _("Export it as CSV again.")) from None


def _row(path: Path, line: int, cells: Mapping[str | None, object], notes: list[str]) -> DirectoryRow:
    if None in cells:
        raise DirectoryFault(path, line, _("It has more cells than the head."), _("Put marks around text with commas."))
    name, kind, offers, languages, website, email, phone = (_cell(cells.get(column)) for column in COLUMNS)
    if not name:
        raise DirectoryFault(path, line, _("The name is empty."), _("Give it one, or leave the line out."))
    if looks_like_a_person(email):
        notes.append(_("line %(line)s: an address that looks like that of a person") % {"line": line})
        email = ""
    return DirectoryRow(line, name, kind, _several(offers), _several(languages), website, email, phone)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            what = _("It is larger than %(megabytes)s MB.") % {"megabytes": LARGEST_FILE // 2**20}
            raise DirectoryFault(path, None, what, _("Split it."))
        return path.read_bytes()
    except OSError as error:
        what = _("The file cannot be read (%(reason)s).") % {"reason": error.strerror}
        raise DirectoryFault(path, None, what, _("Check its name and its rights.")) from error


def text_of(path: Path, data: bytes) -> str:
    """Text of a file; `DirectoryFault` where it is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = NUL
    if NUL in text:
        raise DirectoryFault(path, None, _("The file is not text in UTF-8."), _("Export it in UTF-8."))
    return text


def _cell(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))
