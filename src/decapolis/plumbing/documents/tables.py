"""Tables for spreadsheets: CSV in which no cell is a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
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
    """Put an apostrophe before a text that a spreadsheet would run as a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
