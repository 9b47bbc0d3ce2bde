"""The public pages of a result, over HTTP."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from decapolis.plumbing.acting import act
from decapolis.understand.listening.models import Conversation
from decapolis.understand.listening.tests import sample_results as samples
from decapolis.understand.listening.tests.sample_results import EVERY_CASE, store, with_statements
from decapolis_methods.opinion.released import Released

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Opened = Callable[..., str]
PAGE_QUERIES = 3


@pytest.fixture
def opened(client: Client) -> Opened:
    """Store a result and open one of its pages."""

    def open_page(released: Released, path: str = "/listen/results/evenings/") -> str:
        store(released)
        response = client.get(path)
        assert response.status_code == 200
        return response.content.decode()

    return open_page


@pytest.mark.parametrize("prefix", ["", "/fr", "/ar"])
@pytest.mark.parametrize("case", EVERY_CASE)
def test_result_opens_in_every_case_and_language(opened: Opened, case: str, prefix: str) -> None:
    html = opened(EVERY_CASE[case], f"{prefix}/listen/results/evenings/")

    assert html.count("<h1") == 1
    assert "None" not in html
    assert "%(" not in html


def test_result_says_the_sentence_before_any_chart(opened: Opened) -> None:
    html = opened(samples.THREE_GROUPS)

    assert html.index("Whatever else divides them") < html.index("people answered") < html.index('<svg class="dc-strip')


def test_result_holds_no_inline_style_or_script(opened: Opened) -> None:
    html = opened(samples.FIVE_GROUPS)

    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", html)


def test_result_escapes_what_people_wrote(opened: Opened) -> None:
    html = opened(samples.THREE_GROUPS)

    assert "A door that is &lt;b&gt;open&lt;/b&gt; is worth more" in html
    assert "<b>open" not in html


def test_result_marks_each_statement_with_its_language(opened: Opened) -> None:
    html = opened(samples.THREE_GROUPS)

    assert '<bdi lang="fr" dir="auto">Le dernier bus' in html
    assert '<bdi lang="ar" dir="auto">يجب' in html


def test_result_draws_an_interval_and_writes_n_for_every_bar(opened: Opened) -> None:
    html = opened(samples.THREE_GROUPS)

    bars = re.findall(r'<rect class="bar"', html)
    assert len(bars) == len(samples.THREE_GROUPS.common) + len(samples.THREE_GROUPS.slate)
    assert html.count('<line class="ci"') == 3 * len(bars)
    assert html.count(" · n ") + html.count(">n ") >= len(bars)


def test_result_draws_few_as_a_range_and_says_it_in_words(opened: Opened) -> None:
    html = opened(samples.THREE_GROUPS)

    assert '<rect class="range" x="92%" y="6" width="8%"' in html
    assert "all but fewer than ten" in html
    assert "fewer than ten" in html


def test_result_has_the_numbers_behind_every_chart(opened: Opened) -> None:
    html = opened(samples.THREE_GROUPS)

    assert html.count("Show the numbers") == 2
    assert html.count('<th scope="row">') == len(samples.THREE_GROUPS.common) + len(samples.THREE_GROUPS.dividing)


def test_map_shows_groups_in_words_and_marks(opened: Opened) -> None:
    html = opened(samples.FIVE_GROUPS)

    (drawing,) = re.findall(r'<svg class="dc-map".*?</svg>', html, re.DOTALL)
    assert "<title" in drawing
    assert "Group A (100 people, 16\u00a0%): left." in drawing
    assert [letter for letter in "abcde" if f'data-voice="{letter}"' not in drawing] == []


def test_map_says_who_has_no_place_on_it(opened: Opened) -> None:
    html = opened(samples.THREE_GROUPS)

    assert "People who answered too little to be placed are not on the map." in html


def test_map_is_not_drawn_without_groups(opened: Opened) -> None:
    html = opened(samples.NO_GROUPS)

    assert "dc-map" not in html
    assert "Only 26 people answered: too few to speak of groups." in html


def test_rounded_sizes_are_called_about(opened: Opened) -> None:
    html = opened(samples.TWO_GROUPS)

    assert "about 271 people" in html
    assert 'dc-voice" data-voice="u"' not in html


def test_result_without_common_ground_shows_what_most_agree_on(opened: Opened) -> None:
    html = opened(samples.NOTHING_COMMON)

    assert "No statement is clearly shared by every group." in html
    assert html.index("These have the largest share") < html.index("The quay needs light") < html.index("What divides")


def test_result_says_what_it_does_not_know(opened: Opened) -> None:
    html = opened(samples.THREE_GROUPS)

    assert "We do not know who was not heard: no background was asked." in html
    assert "not a sample of all residents" in html


def test_result_credits_its_source_beside_every_chart(opened: Opened) -> None:
    html = opened(samples.THREE_GROUPS)

    assert html.count("Ardenne open data") == 4
    assert "CC BY 4.0" in html


def test_unknown_result_is_not_found(client: Client) -> None:
    assert client.get("/listen/results/nowhere/").status_code == 404
    assert client.get("/listen/results/nowhere/statements/").status_code == 404


def test_results_lists_what_there_is(opened: Opened) -> None:
    html = opened(samples.THREE_GROUPS, "/listen/results/")

    assert 'href="/listen/results/evenings/"' in html
    assert "643 people gave 18,904 answers to 10 statements." in html


def test_results_without_a_result_says_what_they_are_for(client: Client) -> None:
    html = client.get("/listen/results/").content.decode()

    assert "Nothing has been heard yet" in html


@pytest.mark.parametrize("count", [50, 5000])
@pytest.mark.parametrize("path", ["", "statements/", "statements/?sort=divided&page=2", "totals.csv"])
def test_pages_ask_the_database_as_often_for_many_statements_as_for_few(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int, path: str
) -> None:
    store(with_statements(samples.THREE_GROUPS, count))

    with django_assert_num_queries(PAGE_QUERIES):
        client.get(f"/listen/results/evenings/{path}")


@pytest.mark.parametrize("count", [1, 30])
def test_list_asks_the_database_as_often_for_many_results_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        store(samples.NO_GROUPS, f"evenings-{number}")

    with django_assert_num_queries(3):
        client.get("/listen/results/")


@pytest.mark.parametrize("path", ["", "statements/", "totals.csv", "map.svg"])
def test_page_that_did_not_change_is_not_sent_again(client: Client, path: str) -> None:
    store(samples.THREE_GROUPS)
    address = f"/listen/results/evenings/{path}"
    etag = client.get(address).headers["ETag"]

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_source_is_linked_only_where_it_is_an_address_of_the_web(client: Client) -> None:
    store(samples.THREE_GROUPS)
    with act():
        Conversation.objects.update(credit_url="javascript:alert(1)")

    html = client.get("/listen/results/evenings/").content.decode()

    assert "javascript:" not in html
    assert "Ardenne open data" in html


def test_list_gives_each_result_its_finding_and_its_numbers(client: Client) -> None:
    store(samples.THREE_GROUPS)
    store(samples.NOTHING_COMMON, "second")
    store(samples.NO_STRUCTURE, "third")

    html = re.sub(r"</?bdi[^>]*>", "", client.get("/listen/results/").content.decode())

    assert "people agree: “The quay needs light between the bridge and the mill”." in html
    assert "There is no statement on which all groups lean the same way. They divide most over “Under-18s" in html
    assert "No statement is clearly shared by most people." in html
    assert html.count("643 people gave 18,904 answers") == 2


@pytest.mark.parametrize(("shown", "is_explained"), [((1, 2), False), ((1, 10), True)])
def test_result_explains_numbers_in_the_png_only_where_there_are_some(
    opened: Opened, shown: tuple[int, int], *, is_explained: bool
) -> None:
    """Statement 10 is in Chinese letters, which our fonts do not have."""
    common = tuple(replace(samples.THREE_GROUPS.common[0], statement=number) for number in shown)

    html = opened(replace(samples.THREE_GROUPS, common=common))

    assert ("In the PNG, numbers stand for texts" in html) == is_explained
