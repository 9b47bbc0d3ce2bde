"""Figures in words."""

from datetime import date

import pytest
from django.utils.translation import override

from decapolis.understand.listening.queries import StatementText
from decapolis.understand.listening.tests.sample_results import BETWEEN, FEW, NEARLY_ALL, WITHHELD, exact
from decapolis.understand.listening.views import words
from decapolis_methods.disclosure.shares import Share


@pytest.mark.parametrize(("language", "written"), [("en", "18,904"), ("fr", "18\u202f904"), ("ar", "18,904")])
def test_number_is_written_by_language(language: str, written: str) -> None:
    with override(language):
        assert words.number(18904) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (exact(88, 571), "88\u00a0%"),
        (FEW, "fewer than ten"),
        (NEARLY_ALL, "all but fewer than ten"),
        (BETWEEN, "between 18 and 26 %"),
        (WITHHELD, "too few answers to show"),
    ],
)
def test_share_says_what_may_be_said(share: Share, written: str) -> None:
    with override("en"):
        assert words.share(share, 10) == written


@pytest.mark.parametrize("share", [FEW, NEARLY_ALL, WITHHELD])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_small_shares_hold_no_digit(share: Share, language: str) -> None:
    with override(language):
        written = words.share(share, 10) + words.short_share(share, 10)

    assert not any(letter.isdigit() for letter in written)


@pytest.mark.parametrize(
    ("last", "written"),
    [
        (date(2026, 3, 3), "3 March 2026"),
        (date(2026, 3, 28), "3 to 28 March 2026"),
        (date(2026, 5, 1), "3 March to 1 May 2026"),
        (date(2027, 1, 2), "3 March 2026 to 2 January 2027"),
    ],
)
def test_span_says_month_and_year_once(last: date, written: str) -> None:
    with override("en"):
        assert words.span(date(2026, 3, 3), last) == written


@pytest.mark.parametrize(("language", "name"), [("en", "Group B"), ("fr", "Groupe B"), ("ar", "المجموعة ب")])
def test_group_is_named_by_a_letter(language: str, name: str) -> None:
    with override(language):
        assert words.group_name("b") == name


def test_statements_of_unknown_language_claim_none() -> None:
    shown = words.statement(StatementText("#12", ""))

    assert shown == '<bdi dir="auto">#12</bdi>'


def test_listed_never_reads_braces_in_a_statement() -> None:
    with override("en"):
        listed = words.listed([words.quote(StatementText("use {braces} & {0}", "en"))])

    assert listed == '“<bdi lang="en" dir="auto">use {braces} &amp; {0}</bdi>”'


def test_short_share_takes_little_room() -> None:
    with override("en"):
        assert [words.short_share(share, 10) for share in (BETWEEN, WITHHELD, exact(5, 200))] == [
            "18–26\u00a0%",
            "not shown",
            "5\u00a0%",
        ]
