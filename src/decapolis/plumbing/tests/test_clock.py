from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from decapolis.plumbing import clock


def test_now_is_the_moment_in_universal_time():
    before = datetime.now(UTC)
    assert before <= clock.now() <= before + timedelta(seconds=5)
    assert clock.now().tzinfo is UTC


def test_today_is_the_day_of_now(freeze_clock: Callable[[datetime], None]):
    freeze_clock(datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC))
    assert clock.today() == date(2026, 12, 31)


def test_a_stopped_clock_stands_still(frozen_clock: datetime):
    assert clock.now() == clock.now() == frozen_clock
