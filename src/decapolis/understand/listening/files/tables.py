"""Tables in comma-separated text, read line by line, with the line at hand for whoever has to mend it."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

from decapolis.understand.listening.files.faults import FileFault, quoted, unreadable
from decapolis.understand.listening.files.meters import LINES, Meter, Told, nobody

LONGEST_LINE = 8 * 1024 * 1024
MOST_DIGITS = 18  # what fits into 64 bits for certain
UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
    + "]"
)
"""Control characters but for ends of lines and tabs, and what Unicode promises never to give a meaning."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Table:
    """A table whose first row names the columns. `rows` gives the line a row begins on, and its cells, once."""

    path: Path
    header: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]

    def find(self, *names: str) -> int | None:
        """Place of the first column with one of these names, or None."""
        return next((self.header.index(name) for name in names if name in self.header), None)

    def column(self, *names: str) -> int:
        """Place of the first column with one of these names; a fault where there is none."""
        place = self.find(*names)
        if place is None:
            what = f"The column “{names[0]}” is missing among the {len(self.header)} that the first line names."
            raise FileFault(self.path, 1, what, "Export the file again, or name the columns in the first line.")
        return place

    def whole(self, line: int, cells: list[str], place: int) -> int:
        """Whole number of 0 or more in a cell."""
        text = cells[place]
        if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
            return int(text)
        return self.refuse(line, place, text, "a whole number of 0 or more")

    def refuse(self, line: int, place: int, text: str, wanted: str) -> NoReturn:
        """Say which cell of which line is not what it should be."""
        what = f"The column “{self.header[place]}” is {quoted(text)}, not {wanted}."
        raise FileFault(self.path, line, what, "Correct this line.")


@contextmanager
def open_table(path: Path, told: Told = nobody) -> Iterator[Table]:
    """Open a table and read the names of its columns, in small letters."""
    with open_bytes(path) as file:
        records = records_of(path, file, told)
        _, names = next(records, (1, []))
        header = tuple(name.strip().lower() for name in names)
        if not any(header):
            raise FileFault(path, None, "The file is empty.", "Export it again.")
        if len(set(header)) < len(header):
            name = next(name for name in header if header.count(name) > 1)
            first, second, *_ = (place for place, each in enumerate(header, 1) if each == name)
            what = f"Columns {first} and {second} have the same name."
            raise FileFault(path, 1, what, "Keep one of them.")
        yield Table(path, header, _even(path, len(header), records))


@contextmanager
def open_bytes(path: Path) -> Iterator[BinaryIO]:
    """Open a file; where the system does not hand it out, that is its fault."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise unreadable(path, error) from error


def _lines(path: Path, file: BinaryIO, told: Told) -> Iterator[str]:
    """Lines of a text in UTF-8, with their ends; a byte-order mark is dropped."""
    number, meter = 0, Meter(path, file, told)
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        if number % LINES == 0:
            meter()
        yield _text(path, number, raw.removeprefix(BYTE_ORDER_MARK) if number == 1 else raw)
    meter()


def ends_with_line_end(path: Path) -> bool:
    """Whether the last line is closed; a file that was cut off often has an open one."""
    with open_bytes(path) as file:
        file.seek(max(path.stat().st_size - 1, 0))
        return file.read(1) in (b"\n", b"")


def _text(path: Path, number: int, raw: bytes) -> str:
    if len(raw) > LONGEST_LINE:
        raise FileFault(path, number, "The line is longer than eight million characters.", "This is not such a table.")
    if b"\0" in raw:
        raise FileFault(path, number, "There is a zero byte.", "Export the file again as text in UTF-8.")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileFault(path, number, "The text is not in UTF-8.", "Save the file again as UTF-8.") from error
    unwritable = UNWRITABLE.search(text)
    if unwritable:
        what = f"There is a character that no text has (U+{ord(unwritable[0]):04X})."
        raise FileFault(path, number, what, "Take it out; it cannot be seen.")
    return text


def records_of(path: Path, file: BinaryIO, told: Told = nobody) -> Iterator[tuple[int, list[str]]]:
    """Rows as they stand, each with the line it begins on; empty lines are passed over."""
    reader = csv.reader(_lines(path, file, told), strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            what = f"The row cannot be read ({error})."
            raise FileFault(path, begins, what, "Look for a quotation mark that is not closed.") from error
        if cells is None:
            return
        if cells:
            yield begins, cells


def _even(path: Path, width: int, records: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for line, cells in records:
        if len(cells) != width:
            raise FileFault(
                path,
                line,
                f"The row has {len(cells)} columns where the first line names {width}.",
                "Was the file cut off? Export it again.",
            )
        yield line, cells
