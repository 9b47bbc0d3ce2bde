"""Pages of failures: in the look of the rest, in three languages: what happened, what was kept and what to do."""

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client

from decapolis.city.access.factories import make_member
from decapolis.city.people.factories import make_account
from decapolis.plumbing.acting import act
from decapolis.plumbing.drafts.models import Draft
from decapolis.plumbing.drafts.sealing import Tag, signed
from decapolis.web.pages import home

pytestmark = pytest.mark.django_db

LANGUAGES = {"": "To the first page", "/fr": "Vers la première page", "/ar": "إلى الصفحة الأولى"}


@pytest.fixture(autouse=True)
def _fresh(settings):
    cache.clear()
    settings.FICTIONAL = True


@pytest.fixture
def browser():
    """A browser whose tokens are checked, and that is told of faults as a visitor is."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def lena(browser):
    with act():
        account = make_member(make_account("Lena Moor"), "administrator")
    browser.force_login(account)
    return account


@pytest.fixture
def broken(monkeypatch):
    """Have the first page fail with an error."""

    def fail(error):
        def latest_results(**_):
            raise error

        monkeypatch.setattr(home, "latest_results", latest_results)

    return fail


def tag_of(account, page="/colleagues/invite/"):
    return signed(Tag(account.pk, "invite", ("name",), page))


def html(response):
    return unescape(response.content.decode())


def is_ours(response, language):
    text = html(response)
    shown = LANGUAGES[language] in text and text.count("<h1") == 1
    return shown and f'<html lang="{language.strip("/") or "en"}"' in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_page_is_answered_in_its_language(browser, language):
    response = browser.get(f"{language}/nowhere/")

    assert response.status_code == 404
    assert is_ours(response, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_way_to_ask_is_answered_with_a_page_and_the_right_ways(browser, language):
    response = browser.delete(f"{language}/components/")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert is_ours(response, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_without_token_is_answered_with_a_page(browser, language):
    response = browser.post(f"{language}/sign-in/", {"login": "x@example.org", "password": "y"})

    assert response.status_code == 403
    assert is_ours(response, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_large_a_request_is_answered_with_a_page_unread(browser, language, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    response = browser.post(f"{language}/sign-in/", {"login": "x" * 200})

    assert response.status_code == 413
    assert is_ours(response, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("error", "code"), [(RuntimeError("x"), 500), (OperationalError("x"), 503), (SuspiciousOperation("x"), 400)]
)
def test_fault_is_answered_with_a_page_that_says_nothing_of_it(browser, broken, language, error, code):
    broken(error)

    response = browser.get(f"{language}/")

    assert response.status_code == code
    assert is_ours(response, language)
    assert "RuntimeError" not in html(response)


def test_fault_of_the_page_of_faults_is_answered_by_one_that_needs_nothing(browser, broken, monkeypatch):
    broken(RuntimeError("x"))
    monkeypatch.setattr("decapolis.web.failing.render", lambda *_, **__: 1 / 0)

    response = browser.get("/")

    assert response.status_code == 500
    assert "Something went wrong on our side" in html(response)


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_many_attempts_are_answered_with_a_page(client, language, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    form = {"login": "x@example.org", "password": "y"}

    responses = [client.post(f"{language}/sign-in/", form) for _ in range(3)]

    assert responses[-1].status_code == 429
    assert is_ours(responses[-1], language)


def test_form_that_was_open_too_long_is_kept_as_a_draft(browser, lena):
    response = browser.post("/colleagues/invite/", {"name": "Karim B", "draft-of": tag_of(lena)})

    assert response.status_code == 403
    assert "What you typed is kept" in html(response)
    assert 'class="ds-button" href="/colleagues/invite/"' in html(response)
    assert 'value="Karim B"' in html(browser.get("/colleagues/invite/"))


def test_form_without_token_and_without_session_waits_for_its_account(browser, lena):
    browser.logout()

    response = browser.post("/colleagues/invite/", {"name": "Karim B", "draft-of": tag_of(lena)})

    assert "waits in this browser until you sign in again" in html(response)
    assert not Draft.objects.exists()
    browser.force_login(lena)
    assert browser.session["waiting-draft"]


def test_form_of_another_site_or_account_leaves_nothing(browser, lena):
    with act():
        other = make_account("Other One")

    responses = [
        browser.post("/colleagues/invite/", {"name": "Karim B", "draft-of": tag})
        for tag in ("", "made elsewhere", tag_of(other))
    ]

    assert [response.status_code for response in responses] == [403, 403, 403]
    assert not Draft.objects.exists()


def test_fault_after_a_form_keeps_what_was_typed(lena, browser, monkeypatch):
    def invite_colleague(**_):
        raise RuntimeError("x")

    monkeypatch.setattr("decapolis.city.access.actions.invite_colleague", invite_colleague)
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', html(browser.get("/colleagues/invite/")))[:1]
    form = {"name": "Karim B", "email": "karim@example.org", "language": "fr", "draft-of": tag_of(lena)}

    response = browser.post("/colleagues/invite/", {**form, "csrfmiddlewaretoken": token})

    assert response.status_code == 500
    assert "What you typed is kept" in html(response)
    assert 'value="Karim B"' in html(browser.get("/colleagues/invite/"))


def test_fault_of_the_database_shows_what_was_typed_to_be_copied(lena, browser, monkeypatch):
    def keep(_content):
        raise OperationalError("the disk is full")

    monkeypatch.setattr("decapolis.plumbing.drafts.store.keep", keep)

    response = browser.post("/colleagues/invite/", {"name": "Karim & B", "draft-of": tag_of(lena)})

    assert "We could not keep what you typed" in html(response)
    assert ">Karim & B</textarea>" in html(response)


def test_page_of_a_failure_is_not_for_search_engines(browser):
    assert '<meta name="robots" content="noindex">' in html(browser.get("/nowhere/"))
