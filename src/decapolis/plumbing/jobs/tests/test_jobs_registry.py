from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from decapolis.plumbing.jobs.registry import (
    LONGEST_PAUSE,
    Patience,
    Registered,
    Schedule,
    find,
    job,
    patience_of,
    scheduled,
    words_of,
)

FIRST, LAST = datetime.fromisoformat("2001-02-01"), datetime.fromisoformat("2100-01-01")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NIGHTLY = Schedule(every=DAY, at=3 * HOUR)
moments = some.datetimes(FIRST, LAST, timezones=some.just(UTC))
spans = some.timedeltas(timedelta(seconds=1), timedelta(days=400))


@pytest.mark.parametrize(
    ("moment", "slot"),
    [
        (datetime(2026, 3, 1, 3, tzinfo=UTC), datetime(2026, 3, 1, 3, tzinfo=UTC)),
        (datetime(2026, 3, 1, 2, 59, 59, tzinfo=UTC), datetime(2026, 2, 28, 3, tzinfo=UTC)),
        (datetime(2026, 3, 1, 23, tzinfo=UTC), datetime(2026, 3, 1, 3, tzinfo=UTC)),
        (datetime(2026, 3, 29, 3, tzinfo=UTC), datetime(2026, 3, 29, 3, tzinfo=UTC)),  # clocks of Europe go forward
    ],
)
def test_a_slot_is_the_last_planned_moment(moment, slot):
    assert NIGHTLY.slot(moment) == slot


def test_a_week_begins_on_monday():
    assert Schedule(every=7 * DAY).slot(datetime(2026, 3, 1, 12, tzinfo=UTC)) == datetime(2026, 2, 23, tzinfo=UTC)


@given(moments, spans, some.timedeltas(timedelta(0), timedelta(days=7)))
def test_every_moment_lies_in_its_slot_and_in_no_other(moment, every, at):
    schedule = Schedule(every, at)
    slot = schedule.slot(moment)
    assert slot <= moment < slot + every
    assert schedule.slot(slot) == slot


@given(moments, spans, spans)
def test_a_later_moment_has_no_earlier_slot(moment, every, later):
    assert Schedule(every).slot(moment) <= Schedule(every).slot(moment + later)


@given(some.integers(1, 10_000), some.timedeltas(timedelta(milliseconds=1), timedelta(minutes=30)))
def test_pauses_grow_and_stay_bounded(failures, pause):
    patience = Patience(pause=pause)
    assert pause <= patience.pause_after(failures) <= patience.pause_after(failures + 1) <= LONGEST_PAUSE


numbers = some.one_of(some.integers(-(2**62), 2**62), some.floats(-1e9, 1e9))


@given(numbers, numbers)
def test_two_keys_are_equal_if_the_arguments_are(first, second):
    registered = Registered("trials.any", lambda _context, number: None)
    keys = [registered.key(registered.checked({"number": number})) for number in (first, second)]
    assert (keys[0] == keys[1]) == (str(first) == str(second))


def test_the_order_of_arguments_does_not_matter():
    registered = Registered("trials.any", lambda _context, a, b: None)
    assert registered.key({"a": 1, "b": 2}) == registered.key({"b": 2, "a": 1}) == "a=1,b=2"


@pytest.mark.parametrize("name", ["", "note", "Trials.note", "trials.note.more", "trials.Mrs Haddad", "trials."])
def test_a_name_that_is_none_is_refused(name):
    with pytest.raises(ValueError, match="named like"):
        job(name)(lambda _context: None)


def test_a_word_for_what_it_does_that_is_none_is_refused():
    with pytest.raises(ValueError, match="named like"):
        job("trials.never", doing={"Reading votes": "x"})(lambda _context: None)


def test_two_jobs_of_one_name_are_refused():
    with pytest.raises(ValueError, match="Two jobs are named trials"):
        job("trials.note")(lambda _context: None)


def test_a_module_that_is_read_twice_registers_once():
    known = find("trials.note")
    assert job("trials.note")(known.function) is known.function
    assert find("trials.note") is known


def test_a_job_that_is_not_known_is_met_with_patience_and_has_no_words():
    assert patience_of("trials.unknown") == Patience()
    assert words_of("trials.unknown", "reading_votes") == words_of("trials.as_told", "dancing") == ""


def test_words_say_what_a_job_is_doing():
    assert words_of("trials.as_told", "reading_votes") == "Reading the answers"


def test_old_jobs_are_purged_by_schedule():
    assert "retention.purge" in {each.name for each in scheduled()}
