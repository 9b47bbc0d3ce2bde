from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO

from decapolis.plumbing.progress import Progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_writes_nothing_where_nobody_looks():
    stream = StringIO()
    with Progress("Storing", 10, stream) as progress:
        progress(5)
    assert stream.getvalue() == ""


def test_progress_draws_over_the_line_and_ends_it():
    stream = Terminal()
    with Progress("Storing", 10, stream) as progress:
        progress(5)
    assert stream.getvalue().count("\r") == 2
    assert " 50%" in stream.getvalue()
    assert stream.getvalue().endswith("\n")


def test_line_is_full_at_the_end_and_never_more():
    progress = Progress("Storing", 10, StringIO())
    assert progress.line(10) == progress.line(12) == "Storing " + "█" * 30 + " 100%"


def test_line_says_how_long_it_may_take(freeze_clock: Callable[[datetime], None]):
    start = datetime(2026, 3, 1, tzinfo=UTC)
    freeze_clock(start)
    progress = Progress("Storing", 100, StringIO())
    freeze_clock(start + timedelta(seconds=20))
    assert progress.line(25).endswith("25%, about 60 s left")


def test_line_of_nothing_to_do_does_not_divide_by_zero():
    assert Progress("Storing", 0, StringIO()).line(0).endswith("  0%")
