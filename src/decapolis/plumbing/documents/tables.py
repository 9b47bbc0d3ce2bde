"""Tables for spreadsheets: CSV in which no cell is a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from unicodedata import category, normalize

FORMULA_STARTS = ("=", "+", "-", "@")
BLANK = ("Z", "C")
"""Categories of what a spreadsheet passes over, or does not show, at the start of a cell: spaces and controls."""
TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Characters that turn the direction of what follows, even in the next cells."""
BYTE_ORDER_MARK = "\ufeff"
"""Without it, spreadsheets read the file in an alphabet of their own."""


def table(head: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> str:
    """Write a table as CSV (RFC 4180) with a byte order mark; None is an empty cell."""
    written = StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(head)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return BYTE_ORDER_MARK + written.getvalue()


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula; leave out what turns the direction.

    Full-width signs count as the plain ones, as spreadsheets in East Asian languages take them.
    """
    text = text.translate(TURNING)
    return f"'{text}" if category(text[:1] or " ") == "Cc" or _first_seen(text) in FORMULA_STARTS else text


def _first_seen(text: str) -> str:
    """First character that is neither blank nor hidden, in its plain form; empty where there is none."""
    first = next((letter for letter in text if not category(letter).startswith(BLANK)), "")
    return normalize("NFKC", first)
