"""Numbers and days in three languages."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils.translation import override

from decapolis.web.templatetags.wording import day, number, period


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "225,524.5"), ("fr", "225\u202f524,5"), ("ar", "225,524.5"), ("de", "225,524.5")]
)
def test_number_is_written_as_in_the_language(language: str, expected: str) -> None:
    with override(language):
        assert number(225524.5) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "3 February 2018"), ("fr", "3 février 2018"), ("ar", "3 فبراير 2018")]
)
def test_day_has_its_month_in_words(language: str, expected: str) -> None:
    with override(language):
        assert day(date(2018, 2, 3)) == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2018, 2, 28), "3–28 Feb 2018"),
        (date(2018, 3, 1), "3 Feb\u2009–\u20091 Mar 2018"),
        (date(2018, 2, 3), "3 February 2018"),
        (None, "3 February 2018"),
    ],
)
def test_period_says_what_days_have_in_common_once(last: date | None, expected: str) -> None:
    with override("en"):
        assert period(date(2018, 2, 3), last) == expected


@pytest.mark.parametrize(
    "write",
    [lambda: number(1234567890), lambda: day(date(2018, 9, 3)), lambda: period(date(2018, 4, 5), date(2019, 6, 7))],
)
def test_arabic_is_written_with_the_digits_of_the_charts(write: Callable[[], str]) -> None:
    with override("ar"):
        digits = {letter for letter in write() if letter.isdigit()}

    assert digits
    assert digits <= set("0123456789")
