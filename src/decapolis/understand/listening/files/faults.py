"""What a damaged file raises: one sentence with the place and the remedy."""

import re
from pathlib import Path

from decapolis.plumbing.failures import Failure

SHORT_NUMBER = re.compile(r"[-+]?\d{1,4}(\.\d{1,4})?", re.ASCII)


class FileFault(Failure):
    """A file that cannot be taken as it is. Nothing of it is kept.

    `line` is None where no single line is at fault. `what` and `remedy` are sentences; neither names a person.
    """

    def __init__(self, path: Path, line: int | None, what: str, remedy: str) -> None:
        place = f"{path}, line {line}" if line else f"{path}"
        super().__init__(f"{place}: {what} {remedy}")
        self.path = path
        self.line = line
        self.what = what
        self.remedy = remedy


def unreadable(path: Path, error: OSError) -> FileFault:
    """The fault of a file that the system does not hand out."""
    return FileFault(path, None, f"The file cannot be read ({error.strerror}).", "Check its name and its rights.")


def quoted(cell: str) -> str:
    """A cell as a message may repeat it: a short number, and nothing else.

    Messages reach terminals and logs, and any column may hold a name or an address where a file has slipped.
    """
    if not cell:
        return "empty"
    return f"“{cell}”" if SHORT_NUMBER.fullmatch(cell) else "something else"
