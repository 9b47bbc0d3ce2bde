"""How far the reading of a file has come."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

Told = Callable[[int], None]
"""Is told how many per cent of a file have been read."""
LINES = 256
"""After so many lines a reader looks how far it is: often enough for a bar, too seldom to slow it down."""


def nobody(_: int) -> None:
    """Be told, and show nothing."""


class Meter:
    """Tells, whenever it is called, how many whole per cent of a file have been read; each number once."""

    def __init__(self, path: Path, file: BinaryIO, told: Told) -> None:
        self.file = file
        self.size = max(path.stat().st_size, 1)
        self.told = told
        self.last = 0

    def __call__(self) -> None:
        """Look how far the file has been read."""
        percent = 100 * self.file.tell() // self.size
        if percent != self.last:
            self.last = percent
            self.told(percent)
