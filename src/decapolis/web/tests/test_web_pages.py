"""Pages of the shell, over HTTP, in three languages."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from decapolis.plumbing.acting import act
from decapolis.steps import PARTS, STEPS
from decapolis.understand.listening.models import Conversation, Result

PAGES = ("", "what-we-do-not-do/", "accessibility/", "components/")
LANGUAGES = {"en": ("", "ltr"), "fr": ("fr/", "ltr"), "ar": ("ar/", "rtl")}
STRICT = re.compile(r"<(?:script|style)\b|\sstyle=|\son\w+=|https?://(?!www\.w3\.org/2000/svg)", re.IGNORECASE)
BUDGET = 2  # the latest results, and what is asked just now

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish() -> Callable[..., Conversation]:
    """Make a conversation with a released result."""

    def publish(slug: str, *, people: int = 2031, **more: object) -> Conversation:
        days = {"opened_on": date(2018, 2, 12), "closed_on": date(2018, 3, 3)}
        fields = {"slug": slug, "reference": slug, "language": "en", "question": f"What about {slug}?"} | days | more
        with act():
            conversation = Conversation.objects.create(votes_kept_until=date(2027, 1, 1), **fields)
            Result.objects.create(
                conversation=conversation,
                computed_at=datetime(2026, 3, 1, tzinfo=UTC),
                mode="default",
                version="1",
                document={"participants": people, "statements": 607, "votes": 225524},
            )
        return conversation

    return publish


def _read(client: Client, address: str) -> str:
    response = client.get(f"/{address}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_states_its_language_and_direction(client: Client, page: str, language: str) -> None:
    prefix, direction = LANGUAGES[language]

    html = _read(client, prefix + page)

    assert f'<html lang="{language}" dir="{direction}"' in html


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_links_to_itself_in_every_language(client: Client, page: str, language: str) -> None:
    html = _read(client, LANGUAGES[language][0] + page + "?page=2")

    for code, (prefix, _direction) in LANGUAGES.items():
        assert f'<a href="/{prefix}{page}?page=2" lang="{code}" hreflang="{code}"' in html


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_has_no_inline_style_or_script_and_calls_nobody(client: Client, page: str, language: str) -> None:
    html = _read(client, LANGUAGES[language][0] + page)

    assert STRICT.findall(html) == []


@pytest.mark.parametrize("page", PAGES)
def test_page_sets_no_cookie(client: Client, page: str) -> None:
    assert client.get(f"/{page}", headers={"accept-language": "fr", "cookie": "django_language=ar"}).cookies == {}


@pytest.mark.parametrize("page", PAGES)
def test_page_is_english_without_prefix_whatever_the_browser_prefers(client: Client, page: str) -> None:
    html = client.get(f"/{page}", headers={"accept-language": "ar"}).content.decode()

    assert '<html lang="en"' in html


@pytest.mark.parametrize("page", PAGES)
def test_page_stays_within_its_budget_of_queries(
    client: Client, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(BUDGET if page == "" else 0):
        _read(client, page)


@pytest.mark.parametrize("page", PAGES)
def test_page_has_one_title_a_description_and_one_first_heading(client: Client, page: str) -> None:
    html = _read(client, page)

    assert re.search(r"<title>[^<]+ · Ardenne-sur-Lys</title>", html)
    assert re.search(r'<meta name="description" content="[^"]{20,}">', html)
    assert html.count("<h1") == 1


@pytest.mark.parametrize(("language", "said"), [("en", False), ("fr", True), ("ar", True)])
def test_page_says_where_nobody_has_reviewed_its_translation(client: Client, language: str, *, said: bool) -> None:
    marks = {"en": "Machine-written", "fr": "Écrit par une machine", "ar": "كُتبت هذه الترجمة آليًا"}

    html = _read(client, LANGUAGES[language][0])

    assert (marks[language] in html) is said


def test_home_shows_all_ten_steps_with_what_stands(client: Client) -> None:
    html = _read(client, "")

    assert [name for name in PARTS.values() if name not in html] == []
    assert [step.name for step in STEPS if step.name not in html] == []
    assert html.count("can be used</span>") == sum(step.stands for step in STEPS)
    assert html.count("planned</span>") == sum(not step.stands for step in STEPS)


def test_home_links_to_steps_that_stand_and_to_no_other(client: Client) -> None:
    html = _read(client, "")

    assert re.findall(r'<h4><a class="ds-link" href="([^"]+)">', html) == ["/listen/results/"]


def test_home_without_result_says_so(client: Client) -> None:
    html = _read(client, "")

    assert "No result yet" in html
    assert "See what people said" not in html


def test_home_offers_the_latest_result(client: Client, publish: Callable[..., Conversation]) -> None:
    publish("older", closed_on=date(2018, 2, 20))
    publish("newest")

    html = _read(client, "")

    assert re.search(r'class="ds-button" href="/listen/results/newest/"', html)
    assert "2,031 people answered · 607 statements · 12 Feb" in html
    assert 'href="/listen/results/older/"' in html


@pytest.mark.parametrize(
    ("language", "people", "words"),
    [
        ("en", 1, "1 person answered"),
        ("fr", 1, "1 personne a répondu"),
        ("fr", 2031, "2\u202f031 personnes ont répondu"),
        ("ar", 1, "أجاب شخص واحد"),
        ("ar", 2, "أجاب شخصان"),
        ("ar", 7, "أجاب 7 أشخاص"),
        ("ar", 26, "أجاب 26 شخصًا"),
        ("ar", 1400, "أجاب 1,400 شخص"),
        ("ar", 2031, "أجاب 2,031 شخصًا"),
    ],
)
def test_home_counts_people_as_the_language_does(
    client: Client, publish: Callable[..., Conversation], language: str, people: int, words: str
) -> None:
    publish("counted", people=people)

    html = _read(client, LANGUAGES[language][0])

    assert re.search(rf"{words} ·", html)


def test_home_marks_what_is_fictional(client: Client, publish: Callable[..., Conversation]) -> None:
    publish("made-up", is_fictional=True)

    assert "fictional example" in _read(client, "")


def test_home_escapes_what_a_conversation_asks(client: Client, publish: Callable[..., Conversation]) -> None:
    publish("sharp", question="<b>Why</b> & how?")

    assert "&lt;b&gt;Why&lt;/b&gt; &amp; how?" in _read(client, "")


def test_home_reads_as_often_for_many_results_as_for_one(
    client: Client, publish: Callable[..., Conversation], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        publish(f"c{number}")

    with django_assert_num_queries(BUDGET):
        html = _read(client, "")

    assert html.count("/listen/results/c") == 4


@pytest.mark.parametrize(("language", "words"), [("fr", "Cette page n’existe pas"), ("ar", "لا توجد صفحة كهذه")])
def test_missing_page_answers_in_the_language_of_its_address(client: Client, language: str, words: str) -> None:
    response = client.get(f"/{language}/nowhere/")

    assert response.status_code == 404
    assert words in response.content.decode()


def test_missing_page_links_to_the_home_of_each_language(client: Client) -> None:
    html = client.get("/nowhere/").content.decode()

    assert [f'<a href="/{prefix}" lang' in html for prefix, _ in LANGUAGES.values()] == [True, True, True]


def test_page_of_a_server_fault_needs_nothing_but_itself() -> None:
    html = (Path(__file__).parents[1] / "templates" / "500.html").read_text(encoding="utf-8")

    assert "{" not in html
    assert [code for code in LANGUAGES if f'lang="{code}"' not in html] == []
    assert finders.find(re.findall(r'href="/static/([^"]+)"', html)[0])
