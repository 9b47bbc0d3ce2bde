"""The only place that asks what time it is, so that tests can stop the clock."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """Moment in universal time."""
    return _read()


def today() -> date:
    """Day in universal time."""
    return now().date()


def _read() -> datetime:
    """Read the clock of the machine; the fixture `freeze_clock` puts another in this place."""
    return datetime.now(UTC)
