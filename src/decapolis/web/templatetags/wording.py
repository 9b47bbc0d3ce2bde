"""Numbers and days as the reader's language writes them.

Arabic is written with the digits 0 to 9, as in the Maghreb and in the charts, tables and downloads beside the text: a
reader who compares them meets one set of digits.
"""

from datetime import UTC, date, datetime, timedelta

from babel import Locale
from babel.dates import format_date, format_datetime, format_interval, format_timedelta
from babel.numbers import format_decimal
from django.template import Library
from django.utils.translation import get_language

register = Library()
LOCALES = {"en": "en_GB", "fr": "fr", "ar": "ar"}
DAY = "d MMMM y"
MOMENT = "d MMMM y, HH:mm"


@register.filter
def number(value: float) -> str:
    """Write a number: 2,031 in English, with a narrow space in French."""
    return str(format_decimal(value, locale=_locale(), numbering_system="latn"))


@register.filter
def day(value: date) -> str:
    """Write a day with its month in words."""
    return str(format_date(value, DAY, locale=_locale()))


@register.filter
def moment(value: datetime) -> str:
    """Write a day and a time, in universal time."""
    return str(format_datetime(value, MOMENT, tzinfo=UTC, locale=_locale()))


@register.filter
def period(first: date, last: date | None) -> str:
    """Write the days from `first` to `last`; where the end is open, the first alone."""
    if last is None or first == last:
        return day(first)
    return str(format_interval(first, last, "yMMMMd", locale=_locale()))


@register.filter
def language_name(code: str) -> str:
    """Write the name of a language, or its code where it has none here."""
    return str(Locale.parse(_locale()).languages.get(code, code))


@register.filter
def span(value: timedelta) -> str:
    """Write a span of time coarsely: 2 minutes, 3 hours."""
    return str(format_timedelta(value, locale=_locale()))


def _locale() -> str:
    return LOCALES.get(get_language() or "en", "en_GB")
