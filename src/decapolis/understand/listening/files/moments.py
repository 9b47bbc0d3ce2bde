"""Times since 1970, of which only the day is kept."""

from datetime import date, timedelta
from pathlib import Path

from decapolis.understand.listening.files.faults import FileFault
from decapolis.understand.listening.files.tables import MOST_DIGITS

EARLIEST, LATEST = 946_684_800, 4_102_444_800  # the years 2000 to 2100, in seconds
DAY = 86_400_000


def milliseconds(path: Path, line: int, text: str) -> int:
    """A moment between 2000 and 2100, in milliseconds as older exports give it or in seconds as newer ones do."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else -1
    for factor in (1, 1000):
        if EARLIEST * 1000 <= number * factor < LATEST * 1000:
            return number * factor
    what = "The time is not in seconds or milliseconds since 1970."
    raise FileFault(path, line, what, "Correct it, or leave the column out.")


def day_of(moment: int) -> date:
    """Day in universal time."""
    return date(1970, 1, 1) + timedelta(days=moment // DAY)
