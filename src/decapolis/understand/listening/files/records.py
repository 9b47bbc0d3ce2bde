"""Records in a JSON list, read one by one: a file of any length needs little memory, and a fault has its line."""

import codecs
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from decapolis.understand.listening.files.faults import FileFault
from decapolis.understand.listening.files.meters import Meter, Told, nobody
from decapolis.understand.listening.files.tables import BYTE_ORDER_MARK, open_bytes

Record = dict[str, Any]
BLOCK = 1024 * 1024
LONGEST_RECORD = BLOCK
_decoder = json.JSONDecoder()
_space = re.compile(r"\s*")


def is_json(path: Path) -> bool:
    """Whether the file begins as JSON does."""
    with open_bytes(path) as file:
        return file.read(64).removeprefix(BYTE_ORDER_MARK).lstrip()[:1] in (b"[", b"{")


@contextmanager
def open_records(path: Path, told: Told = nobody) -> Iterator[Iterator[tuple[int, Record]]]:
    """Open a list of objects; each comes with the line it begins on."""
    with open_bytes(path) as file:
        yield _records(_Text(path, _blocks(file, Meter(path, file, told))))


def _blocks(file: BinaryIO, meter: Meter) -> Iterator[bytes]:
    while block := file.read(BLOCK):
        meter()
        yield block


def _records(text: "_Text") -> Iterator[tuple[int, Record]]:
    text.expect("[")
    if text.skip("]"):
        return
    while True:
        yield text.record()
        if not text.skip(","):
            break
    text.expect("]")


class _Text:
    """A text with a place in it; what was read is let go."""

    def __init__(self, path: Path, blocks: Iterator[bytes]) -> None:
        self.path = path
        self.blocks = blocks
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self.held = ""
        self.place = 0
        self.line = 1

    def record(self) -> tuple[int, Record]:
        """The next object and the line it begins on; reads on until it is complete."""
        self.skip("")
        line = self.line
        while True:
            try:
                value, end = _decoder.raw_decode(self.held, self.place)
                break
            except RecursionError:
                raise self._fault() from None
            except ValueError:
                if len(self.held) - self.place > LONGEST_RECORD or not self._read_on():
                    raise self._fault() from None
        if not isinstance(value, dict):
            raise self._fault()
        self._move(end)
        return line, value

    def skip(self, mark: str) -> bool:
        """Pass over white space, and over `mark` if it comes next."""
        while True:
            space = _space.match(self.held, self.place)
            self._move(space.end() if space else self.place)
            if self.place < len(self.held) or not self._read_on():
                break
        if not self.held.startswith(mark, self.place):
            return False
        self._move(self.place + len(mark))
        return True

    def expect(self, mark: str) -> None:
        """Pass over `mark`; a fault where something else comes next."""
        if not self.skip(mark):
            raise self._fault()

    def _move(self, place: int) -> None:
        self.line += self.held.count("\n", self.place, place)
        self.place = place

    def _read_on(self) -> bool:
        block = next(self.blocks, b"")
        rest = self.held[self.place :]
        try:
            self.held, self.place = rest + self.decoder.decode(block, final=not block), 0
        except UnicodeDecodeError as error:
            line = self.line + rest.count("\n") + block.count(b"\n", 0, error.start)
            raise FileFault(self.path, line, "The text is not in UTF-8.", "Save the file again as UTF-8.") from error
        return bool(block)

    def _fault(self) -> FileFault:
        return FileFault(
            self.path, self.line, "From here on this is not a list of records in JSON.", "Was the file cut off?"
        )
