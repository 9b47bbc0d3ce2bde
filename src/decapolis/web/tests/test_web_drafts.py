"""Nothing typed is lost: drafts on real forms over HTTP, with ended sessions, old pages, and people who abuse them."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from decapolis.city.access.factories import make_member, make_second_factor
from decapolis.city.people.factories import make_account
from decapolis.plumbing.acting import act
from decapolis.plumbing.drafts.models import Draft
from decapolis.plumbing.drafts.sealing import LONGEST
from decapolis.plumbing.sessions.models import Session
from tests.codes import code_now

pytestmark = pytest.mark.django_db

PASSWORD = "four words nobody guesses"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
INVITE = "/colleagues/invite/"
TYPED = {"name": "Karim B", "email": "not an address", "language": "fr"}


@pytest.fixture(autouse=True)
def _quick_and_unlimited(settings):
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.FICTIONAL = True  # no second factor on the way back


def administrator(name):
    with act():
        return make_member(make_account(name, password=PASSWORD), "administrator")


@pytest.fixture
def lena():
    return administrator("Lena Moor")


@pytest.fixture
def omar():
    return administrator("Omar Diaz")


@pytest.fixture
def page(client, lena):
    """Lena's browser, signed in, with the form open."""
    client.force_login(lena)
    return client


def html(response):
    return unescape(response.content.decode())


def tag_on(client, address=INVITE):
    (tag,) = re.findall(r'name="draft-of" value="([^"]+)"', html(client.get(address)))
    return tag


def end_sessions():
    with act():
        Session.objects.all().delete()


def sign_in(client, account, address="/sign-in/"):
    return client.post(address, {"login": account.email, "password": PASSWORD})


def is_filled(client, address=INVITE):
    text = html(client.get(address))
    return 'value="Karim B"' in text and 'value="not an address"' in text and '"fr" selected' in text


def test_kept_draft_fills_the_form_which_says_so_until_it_is_sent(page):
    answer = page.post("/drafts/keep/", {**TYPED, "draft-of": tag_on(page)})

    assert answer["Location"] == INVITE
    assert is_filled(page)
    assert "The form is filled in as you left it on" in html(page.get(INVITE))
    page.post(INVITE, {**TYPED, "email": "karim@example.org", "draft-of": tag_on(page)})
    assert not Draft.objects.exists()
    assert "as you left it" not in html(page.get(INVITE))


def test_draft_is_kept_while_somebody_types(page):
    part = page.post("/drafts/keep/", {**TYPED, "draft-of": tag_on(page)}, headers={"hx-request": "true"})

    assert html(part).startswith("Draft kept. It waits for you until")
    assert "<html" not in html(part)
    assert is_filled(page)


def test_draft_is_thrown_away_by_its_own_account(page):
    tag = tag_on(page)
    page.post("/drafts/keep/", {**TYPED, "draft-of": tag})

    answer = page.post("/drafts/forget/", {"draft-of": tag})

    assert answer["Location"] == INVITE
    assert not Draft.objects.exists()


def test_form_that_arrives_after_the_session_comes_back_filled(page, lena):
    tag = tag_on(page)
    end_sessions()

    answer = page.post(INVITE, {**TYPED, "draft-of": tag})

    assert urlsplit(answer["Location"]).path == "/sign-in/"
    assert parse_qs(urlsplit(answer["Location"]).query) == {"kept": ["yes"], "next": [INVITE]}
    assert "Sign in with the same account" in html(page.get(answer["Location"]))
    back = sign_in(page, lena, answer["Location"])
    assert back["Location"] == INVITE
    assert is_filled(page)


def test_form_comes_back_also_after_a_second_factor(page, lena, settings):
    settings.FICTIONAL = False
    make_second_factor(lena, SECRET)
    tag = tag_on(page)
    end_sessions()
    page.post(INVITE, {**TYPED, "draft-of": tag})

    asked = sign_in(page, lena, f"/sign-in/?next={INVITE}")

    assert asked["Location"] == "/sign-in/code/"
    assert not Draft.objects.exists()
    code = code_now(SECRET)
    assert page.post("/sign-in/code/", {"code": code})["Location"] == INVITE
    assert is_filled(page)


def test_another_account_gets_nothing_of_it_and_nothing_stays(page, omar, lena):
    tag = tag_on(page)
    end_sessions()
    page.post(INVITE, {**TYPED, "draft-of": tag})

    sign_in(page, omar)

    assert "Karim B" not in html(page.get(INVITE))
    assert not Draft.objects.exists()
    page.logout()
    sign_in(page, lena)
    assert "Karim B" not in html(page.get(INVITE))


def test_what_waits_cannot_be_read_in_the_database(page):
    tag = tag_on(page)
    end_sessions()
    page.post(INVITE, {**TYPED, "draft-of": tag})

    (session,) = Session.objects.all()
    waiting = session.get_decoded()["waiting-draft"]

    assert (session.account, "Karim" in waiting) == (None, False)


@pytest.mark.parametrize("address", [INVITE, "/drafts/keep/"])
def test_tag_of_another_account_writes_no_draft(page, omar, address):
    tag = tag_on(page)
    other = Client()
    other.force_login(omar)

    other.post(address, {**TYPED, "draft-of": tag})

    assert not Draft.objects.exists()


def test_another_account_throws_no_draft_away(page, omar):
    tag = tag_on(page)
    page.post("/drafts/keep/", {**TYPED, "draft-of": tag})
    other = Client()
    other.force_login(omar)

    assert other.post("/drafts/forget/", {"draft-of": tag}).status_code == 404
    assert is_filled(page)


@pytest.mark.parametrize("tag", ["", "nonsense", "WzFd:1:x"])
@pytest.mark.parametrize("address", ["/drafts/keep/", "/drafts/forget/"])
def test_without_a_tag_of_ours_there_is_no_such_page(page, address, tag):
    assert page.post(address, {**TYPED, "draft-of": tag}).status_code == 404
    assert page.get(address).status_code == 404
    assert not Draft.objects.exists()


def test_changed_tag_is_not_believed_when_the_session_has_ended(page):
    tag = tag_on(page)
    end_sessions()

    answer = page.post(INVITE, {**TYPED, "draft-of": tag[:-2] + "xx"})

    assert answer["Location"] == f"/sign-in/?next={INVITE}"
    assert not Session.objects.exists()


def test_replayed_form_lands_in_no_other_browser(page, lena):
    tag = tag_on(page)
    end_sessions()
    Client().post(INVITE, {**TYPED, "draft-of": tag})  # somebody who found the open page, in a browser of their own

    sign_in(page, lena)

    assert "Karim B" not in html(page.get(INVITE))


def test_megabyte_is_not_kept_but_shown_to_whoever_sent_it(page):
    tag, story = tag_on(page), "story " * 170_000
    end_sessions()

    answer = page.post(INVITE, {**TYPED, "name": story, "draft-of": tag})

    assert answer.status_code == 403
    assert "We could not keep what you typed" in html(answer)
    assert story in html(answer)
    assert not Session.objects.exists()


def test_draft_that_is_too_long_says_so(page):
    tag = tag_on(page)
    long = {"name": "x" * (LONGEST + 1), "draft-of": tag}

    part = page.post("/drafts/keep/", long, headers={"hx-request": "true"})
    whole = page.post("/drafts/keep/", long)

    assert "too long" in html(part)
    assert whole.status_code == 413
    assert "x" * (LONGEST + 1) in html(whole)
    assert not Draft.objects.exists()


def test_forms_with_passwords_have_no_draft(page):
    text = html(page.get("/account/password/"))

    assert "draft-of" not in text


def test_own_account_begins_as_it_is_and_keeps_its_draft(page, lena):
    assert f'value="{lena.name}"' in html(page.get("/account/"))

    page.post("/drafts/keep/", {"name": "Lena M", "language": "ar", "draft-of": tag_on(page, "/account/")})

    assert 'value="Lena M"' in html(page.get("/account/"))


def test_role_form_keeps_its_draft_for_each_colleague_apart(page, omar):
    third = administrator("Third One")
    given = {"role": "analyst", "reason": "A new post", "starts_on": "soon", "ends_on": ""}
    page.post("/drafts/keep/", {**given, "draft-of": tag_on(page, f"/colleagues/{omar.pk}/")})

    assert 'value="A new post"' in html(page.get(f"/colleagues/{omar.pk}/"))
    assert 'value="A new post"' not in html(page.get(f"/colleagues/{third.pk}/"))


@pytest.mark.parametrize(("language", "words"), [("/fr", "Brouillon gardé"), ("/ar", "حُفظت المسودة")])
def test_draft_speaks_the_language_of_the_page(page, language, words):
    tag = tag_on(page, language + INVITE)

    part = page.post(f"{language}/drafts/keep/", {**TYPED, "draft-of": tag}, headers={"hx-request": "true"})

    assert words in html(part)
