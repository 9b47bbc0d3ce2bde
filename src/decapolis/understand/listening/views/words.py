"""Figures in words: numbers, shares and names of groups as a reader meets them."""

from datetime import date

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext, to_locale
from django.utils.translation import gettext as _

from decapolis.plumbing.charts.lines import shorten
from decapolis.understand.listening.queries import StatementText
from decapolis_methods.disclosure.shares import Share

NO_BREAK = "\N{NO-BREAK SPACE}"
LONGEST_QUOTE = 100
"""Letters of a statement that a sentence may quote; the whole of it stands further down the page."""


def number(value: float) -> str:
    """Write a whole number as the reader's language does."""
    return format_decimal(round(value), locale=_locale())


def percent(value: float) -> str:
    """Write a share with its sign."""
    return (_("%(value)s %%") % {"value": number(value)}).replace(" ", NO_BREAK)


def spelled(value: int) -> str:
    """Write a small number as a word, any other in digits."""
    words = {
        2: _("two"),
        3: _("three"),
        4: _("four"),
        5: _("five"),
        6: _("six"),
        7: _("seven"),
        8: _("eight"),
        10: _("ten"),
    }
    return words.get(value, number(value))


def group_name(letter: str) -> str:
    """Name a group by its letter: a machine gives no other names. Who answered too little is in none."""
    letters = {
        "a": pgettext("name of a group", "A"),
        "b": pgettext("name of a group", "B"),
        "c": pgettext("name of a group", "C"),
        "d": pgettext("name of a group", "D"),
        "e": pgettext("name of a group", "E"),
    }
    if not letter:
        return _("In no group")
    return _("Group %(letter)s") % {"letter": letters.get(letter, letter.upper())}


def share(given: Share, minimum: int) -> str:
    """Write a share: exact in per cent, else what may be said of it."""
    if given.bound == "exact" and given.percent is not None:
        return percent(given.percent)
    if given.bound == "few":
        return _("fewer than %(minimum)s") % {"minimum": spelled(minimum)}
    if given.bound == "nearly all":
        return _("all but fewer than %(minimum)s") % {"minimum": spelled(minimum)}
    if given.bound == "between":
        return between(given)
    return _("too few answers to show")


def short_share(given: Share, minimum: int) -> str:
    """Write a share where there is little room."""
    if given.bound == "between" and given.low is not None and given.high is not None:
        return f"{number(given.low)}–{percent(given.high)}"
    return _("not shown") if given.bound == "withheld" else share(given, minimum)


def day(given: date, pattern: str = "d MMMM y") -> str:
    """Write a day as the reader's language does."""
    return format_date(given, pattern, locale=_locale())


def span(first: date, last: date) -> str:
    """Write a span of days without saying month or year twice."""
    if first == last:
        return day(first)
    same_year = first.year == last.year
    pattern = ("d" if first.month == last.month else "d MMMM") if same_year else "d MMMM y"
    return _("%(first)s to %(last)s") % {"first": day(first, pattern), "last": day(last)}


def interval(given: Share) -> str:
    """Write the interval or range of a share, or nothing."""
    if given.low is None or given.high is None:
        return ""
    return _("%(low)s to %(high)s %%") % {"low": number(given.low), "high": number(given.high)}


def between(given: Share) -> str:
    """Write the interval or range of a share inside a sentence, or nothing."""
    if given.low is None or given.high is None:
        return ""
    return _("between %(low)s and %(high)s %%") % {"low": number(given.low), "high": number(given.high)}


def answers(given: Share) -> str:
    """Write how many people a share rests on, or nothing."""
    return "" if given.n is None else _("n %(count)s") % {"count": number(given.n)}


def statement(text: StatementText, longest: int = 0) -> SafeString:
    """Show a statement in its own language and direction, whatever surrounds it."""
    shown = shorten(text.text, longest) if longest else text.text
    if not text.language:
        return format_html('<bdi dir="auto">{}</bdi>', shown)
    return format_html('<bdi lang="{}" dir="auto">{}</bdi>', text.language, shown)


def quote(text: StatementText) -> SafeString:
    """Quote a statement inside a sentence: no full stop at its end, shortened between words."""
    bare = StatementText(shorten(text.text, LONGEST_QUOTE).rstrip(" ."), text.language)
    return format_html(_("“{statement}”"), statement=statement(bare))


def listed(parts: list[SafeString]) -> SafeString:
    """Join parts as the reader's language lists them."""
    # Babel joins the places; the parts themselves never pass through its pattern.
    places = format_list([f"{{{place}}}" for place in range(len(parts))], locale=_locale())
    return format_html(places, *parts)


def sentences(parts: list[SafeString]) -> SafeString:
    """Put sentences one after the other."""
    return format_html_join(mark_safe(" "), "{}", ((part,) for part in parts if part))


def _locale() -> str:
    """Name the rules of writing numbers, days and lists; English ones are British."""
    language = get_language() or "en"
    return "en_GB" if language == "en" else to_locale(language)
