"""How far a command has come: a bar on a terminal, nothing where nobody looks."""

import sys
from types import TracebackType
from typing import Self, TextIO

from decapolis.plumbing import clock

WIDTH = 30


class Progress:
    """A bar that says what is being done, how far it is, and how long it may still take.

    Called with what is done so far, of `total`. On a stream that is no terminal it writes nothing.
    """

    def __init__(self, label: str, total: int, stream: TextIO | None = None) -> None:
        self.label = label
        self.total = max(total, 1)
        self.stream = stream or sys.stderr
        self.is_shown = self.stream.isatty()
        self.began = clock.now()

    def __enter__(self) -> Self:
        self(0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.is_shown:
            self.stream.write("\n")

    def __call__(self, done: int) -> None:
        """Draw the bar anew."""
        if self.is_shown:
            self.stream.write(f"\r{self.line(done)}\x1b[K")
            self.stream.flush()

    def line(self, done: int) -> str:
        """The bar as text."""
        share = min(done / self.total, 1.0)
        full = round(share * WIDTH)
        return f"{self.label} {'█' * full}{'░' * (WIDTH - full)} {share:4.0%}{self._remaining(share)}"

    def _remaining(self, share: float) -> str:
        passed = (clock.now() - self.began).total_seconds()
        if passed < 1 or not 0 < share < 1:
            return ""
        return f", about {passed * (1 - share) / share:.0f} s left"
