"""The search of the workspace: pages that may be opened, accents folded, always in the same order, never persons."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from decapolis.city.access.factories import make_member, make_second_factor
from decapolis.city.access.gate import Viewer
from decapolis.city.access.queries import permissions_of
from decapolis.city.people.factories import make_account
from decapolis.plumbing.acting import act
from decapolis.plumbing.declaring import Found
from decapolis.web.workspace import searching
from decapolis.web.workspace.searching import folded, holds, search


@pytest.fixture
def somebody(db):
    """Make somebody who holds a role."""

    def make(role, name="Vera Nys"):
        with act():
            account = make_second_factor(make_member(make_account(name), role))
        return Viewer("person", account, permissions_of(account.pk))

    return make


def titles(answer):
    return [each.title for each in answer.found]


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("Évaluation À  Liège", "evaluation a liege"),
        ("ÉTÉ", "ete"),
        ("أَحياء المدينة", "احياء المدينة"),
        ("Où? L’été!", "ou l ete"),
        ("Straße", "strasse"),
    ],
)
def test_folded_leaves_out_accents_capitals_and_signs(text, compared):
    assert folded(text) == compared


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=40))
def test_a_text_holds_each_of_its_own_words(text):
    assert holds(text, folded(text).split())


def test_search_finds_titles_before_what_is_said_about_pages(somebody):
    assert titles(search(somebody("administrator"), "ROLES")) == ["Colleagues and their roles", "Your account"]


def test_search_finds_in_the_language_of_the_reader_without_accents(somebody):
    with override("fr"):
        found = search(somebody("administrator"), "cles acces")

    assert [each.url for each in found.found] == ["/fr/account/second-factor/"]


def test_search_finds_only_what_may_be_opened(somebody):
    assert "Record of what was done" in titles(search(somebody("overseer"), "record"))
    assert "Record of what was done" not in titles(search(somebody("finance", "Piet Lamers"), "record"))


def test_search_never_finds_people(somebody):
    assert titles(search(somebody("administrator", "Zebulon Quist"), "Zebulon")) == []


@pytest.mark.parametrize("asked", ["", "   ", "?!", "%", "x" * 5000])
def test_search_of_nothing_finds_nothing(somebody, asked):
    answer = search(somebody("administrator"), asked)

    assert answer.found == []
    assert len(answer.asked) <= searching.LONGEST


def test_search_asks_the_sources_that_parts_declare(somebody, monkeypatch):
    def source(viewer, words):
        return [Found(f"Organisation {words[0]}", "/organisations/1/")] if viewer.may("workspace.open") else []

    monkeypatch.setattr(searching, "declared", lambda name: [source] if name == "search" else [])

    assert titles(search(somebody("finance"), "Mill")) == ["Organisation mill"]


def test_page_of_search_shows_what_was_found_and_says_when_nothing_was(client, somebody):
    client.force_login(somebody("administrator").account)

    found = client.get("/workspace/search/", {"q": "roles"}).content.decode()
    nothing = client.get("/workspace/search/", {"q": "<script>zzz"}).content.decode()

    assert "2 pages" in found
    assert 'href="/colleagues/"' in found
    assert "Nothing was found" in nothing
    assert "&lt;script&gt;zzz" in nothing
    assert "<script>zzz" not in nothing
