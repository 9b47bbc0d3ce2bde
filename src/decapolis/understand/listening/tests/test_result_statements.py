"""The list of all statements: order, choice and pages are in the address."""

import re
from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client

from decapolis.understand.listening.tests import sample_results as samples
from decapolis.understand.listening.tests.sample_results import page_of, store, with_statements
from decapolis.understand.listening.views.statements import read_choice, statement_list

Numbers = Callable[[str], list[int]]


def numbers(address: str) -> list[int]:
    """Statements that an address lists, in order."""
    listed = statement_list(page_of(samples.THREE_GROUPS), read_choice(QueryDict(address)), None)
    return [each.statement for each in listed.page]


def test_most_agreed_come_first() -> None:
    assert numbers("")[:4] == [3, 1, 2, 10]


def test_what_is_withheld_comes_last() -> None:
    assert numbers("sort=agreed")[-1] == 9
    assert numbers("sort=divided")[-1] == 9
    assert numbers("sort=answered")[-1] == 9


def test_most_divided_are_half_against_half() -> None:
    assert numbers("sort=divided")[:2] == [5, 6]


def test_most_answered_come_first() -> None:
    assert numbers("sort=answered")[:3] == [2, 1, 4]


@pytest.mark.parametrize(
    ("address", "listed"),
    [
        ("show=common", [1, 2, 4]),
        ("show=dividing", [5, 6, 7]),
        ("show=special", [8, 9]),
        ("q=QUAY", [1]),
        ("q=المكتبة", [7]),
        ("show=common&q=form", [4]),
        ("q=nobody said this", []),
    ],
)
def test_choice_narrows_the_list(address: str, listed: list[int]) -> None:
    assert sorted(numbers(address)) == listed


@pytest.mark.parametrize("address", ["sort=secret", "show=everything", "page=999", "page=x", "q=" + "x" * 5000])
def test_strange_addresses_are_answered(address: str) -> None:
    choice = read_choice(QueryDict(address))

    assert choice.order == "agreed"
    assert choice.kind == ""
    assert len(choice.words) <= 100


def test_kinds_that_a_result_does_not_have_are_not_offered() -> None:
    listed = statement_list(page_of(samples.NEITHER), read_choice(QueryDict("")), None)

    assert [option.value for option in listed.kinds] == [""]


@pytest.mark.slow
@pytest.mark.django_db
def test_page_holds_fifty_and_keeps_the_choice(client: Client) -> None:
    store(with_statements(samples.THREE_GROUPS, 120))

    html = client.get("/listen/results/evenings/statements/?sort=divided&page=2").content.decode()

    assert html.count('<p class="say">') == 50
    assert '<option value="divided" selected>' in html
    following = re.findall(r'rel="next" href="([^"]+)"', html)
    assert following == ["?sort=divided&amp;page=3"]


@pytest.mark.slow
@pytest.mark.django_db
def test_page_without_a_match_offers_all(client: Client) -> None:
    store(samples.THREE_GROUPS)

    html = client.get("/listen/results/evenings/statements/?q=%3Cscript%3E").content.decode()

    assert "No statement fits" in html
    assert 'value="&lt;script&gt;"' in html
