"""The only place that asks what time it is, so that tests can stop the clock."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """Moment in universal time."""
    return datetime.now(UTC)


def today() -> date:
    """Day in universal time."""
    return now().date()
