"""The result in plain words, in three languages and every case."""

from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from decapolis.understand.listening.queries import StatementText
from decapolis.understand.listening.tests import sample_results as samples
from decapolis.understand.listening.tests.sample_results import EVERY_CASE, TEXTS, exact
from decapolis.understand.listening.views import sentences
from decapolis_methods.opinion.released import Certainty, Released, Withheld

LANGUAGES = ("en", "fr", "ar")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


def plain(released: Released) -> str:
    return unescape(strip_tags(sentences.summary(released, TEXTS)))


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (
            "three groups",
            [
                "Whatever else divides them, people agree: “The quay needs light between the bridge and the mill”",
                " and “There should be a free place that stays open after eight, also on Sundays”.",
                " Together they reject: “=SUM(A1) is what the form answered me”.",
                " They divide over “Under-18s should leave at ten”.",
            ],
        ),
        (
            "nothing common",
            [
                "There is no statement on which all groups lean the same way.",
                " They divide most over “Under-18s should leave at ten”.",
            ],
        ),
        ("neither", ["No statement stands out: none is shared by all groups, and none clearly divides them."]),
        (
            "no groups",
            [
                "Most people agree: “The quay needs light between the bridge and the mill”.",
                " Only 26 people answered: too few to speak of groups.",
            ],
        ),
        (
            "no structure",
            [
                "No statement is clearly shared by most people.",
                " The answers do not fall into groups: people agree and differ in many ways.",
            ],
        ),
    ],
)
def test_summary_says_what_the_figures_say(case: str, said: list[str]) -> None:
    assert plain(EVERY_CASE[case]) == "".join(said)


def test_summary_without_divisions_says_so() -> None:
    assert plain(samples.NOTHING_DIVIDING).endswith("No statement clearly sets one group against another.")


def test_summary_of_what_is_only_rejected_begins_with_it() -> None:
    released = replace(samples.THREE_GROUPS, common=samples.THREE_GROUPS.common[2:])

    assert plain(released).startswith("Whatever else divides them, people reject: “=SUM(A1)")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", EVERY_CASE)
def test_summary_is_whole_in_every_language(case: str, language: str) -> None:
    with override(language):
        said = plain(EVERY_CASE[case])

    assert said.endswith(".")
    assert "{" not in said
    assert "%" not in said
    assert "  " not in said


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("case", EVERY_CASE)
def test_summary_is_translated(case: str, language: str) -> None:
    with override(language):
        translated = plain(EVERY_CASE[case])

    assert translated != plain(EVERY_CASE[case])


def test_summary_isolates_statements_of_another_language_and_escapes_them() -> None:
    released = replace(
        samples.THREE_GROUPS,
        common=tuple(replace(samples.THREE_GROUPS.common[0], statement=number) for number in (8, 7)),
    )

    html = sentences.summary(released, TEXTS)

    assert '<bdi lang="ar" dir="auto">يجب أن تبقى المكتبة مفتوحة في المساء</bdi>' in html
    assert "A door that is &lt;b&gt;open&lt;/b&gt;" in html


@pytest.mark.parametrize("length", [10, 40, 200])
def test_summary_quotes_whole_words_of_long_statements(length: int) -> None:
    words = ["considerable"] * length
    texts = {**TEXTS, 1: StatementText(" ".join(words), "en")}

    quoted = unescape(strip_tags(sentences.summary(samples.NO_GROUPS, texts))).split("“")[1].split("”")[0]

    assert set(quoted.removesuffix("…").split(" ")) == {"considerable"}
    assert len(quoted) <= 100


def test_summary_stays_short() -> None:
    texts = {number: StatementText("word " * 40, "en") for number in TEXTS}

    assert len(strip_tags(sentences.summary(samples.THREE_GROUPS, texts))) < 450


@pytest.mark.parametrize(
    ("widths", "said"),
    [
        ((3, 4), "Shares of what people agree on are precise, to 5 points"),
        ((3, 9), "Shares of what people agree on are fairly precise, to 10 points"),
        ((3, 14), "Shares of what people agree on are rough"),
    ],
)
def test_precision_of_shares_follows_the_widest_interval(widths: tuple[int, ...], said: str) -> None:
    shares = [replace(exact(60, 80), low=60 - width, high=60 + width) for width in widths]

    assert sentences.precision_of_shares(shares).startswith(said)


def test_precision_of_shares_knows_when_there_are_only_ranges() -> None:
    assert sentences.precision_of_shares([samples.FEW]) == "Few people answered: shares are only known within a range."
    assert sentences.precision_of_shares([]).startswith("There is nothing")


@pytest.mark.parametrize(
    ("certainty", "said"),
    [
        (Certainty(0, 0, 0.0, 0.0), "was not tested"),
        (Certainty(100, 98, 0.9, 0.1), "The groups came back"),
        (Certainty(100, 70, 0.6, 0.2), "The groups mostly came back"),
        (Certainty(100, 30, 0.2, 0.4), "often did not come back"),
        (Certainty(100, 44, 0.9, 0.4), "often did not come back"),
        (Certainty(100, 95, 0.4, 0.4), "often did not come back"),
    ],
)
def test_stability_of_groups_follows_the_repeats(certainty: Certainty, said: str) -> None:
    assert said in sentences.stability_of_groups(certainty)


def test_repeats_and_undecided_say_nothing_where_nothing_was_repeated() -> None:
    assert sentences.repeats(Certainty(0, 0, 0.0, 0.5), 3) == ""
    assert sentences.undecided(Certainty(0, 0, 0.0, 0.5)) == ""


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "مجموعة واحدة"),
        (2, "مجموعتين"),
        (5, "5 مجموعات"),
        (40, "40 مجموعة"),
    ],
)
def test_plurals_are_right_in_arabic(count: int, said: str) -> None:
    with override("ar"):
        (sentence,) = sentences.withheld(Withheld(0, 0, 0, count), 10)

    assert said in sentence


def test_withheld_names_each_reason_once() -> None:
    assert sentences.withheld(Withheld(2, 0, 1, 0), 10) == [
        "2 statements are not shown: fewer than ten people answered them.",
        "1 share is given as a range, such as “fewer than ten”, so that no single person’s answer can be worked out.",
    ]
