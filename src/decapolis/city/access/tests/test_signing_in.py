"""Signing in: one text for all that is wrong, limits, second factors, nothing of it kept that follows a colleague."""

import re
import time
from statistics import median

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache, caches
from django.test import Client

from decapolis.city.access.adapters import PASSWORDS_IN_A_SPAN, Backend, FactorAdapter
from decapolis.city.access.factories import as_actor, make_second_factor
from decapolis.city.people.models import Account
from decapolis.city.people.public import change_own_facts
from decapolis.plumbing.acting import act
from decapolis.plumbing.sessions.models import Session
from tests.codes import code_now

pytestmark = pytest.mark.django_db

PASSWORD = "four words nobody guesses"
SIGN_IN = "/sign-in/"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
WRONG = "The email address and/or password you specified are not correct."


def code(secret=SECRET):
    return code_now(secret)


def give(client: Client, email: str, password: str = PASSWORD, **more):
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def text_of(response) -> str:
    """Page without the mark against forgery and the address that was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return re.sub(r'value="[^"]*@[^"]*"', "", text)


def test_password_leads_to_the_workspace(client, member):
    account = member("Vera Nys", "elected_member", has_factor=False)

    response = give(client, "Vera.NYS@example.org")

    assert (response.status_code, response["Location"]) == (302, "/workspace/")
    assert client.session["_auth_user_id"] == str(account.pk)


@pytest.mark.parametrize(("role", "address"), [("elected_member", "/ar/workspace/"), (None, "/ar/account/")])
def test_one_lands_in_ones_own_language(client, member, role, address):
    account = member("Vera Nys", *filter(None, [role]), has_factor=False)
    change_own_facts(account=account, name="Vera Nys", language="ar", by=as_actor(account))

    assert give(client, "vera.nys@example.org")["Location"] == address


def test_whoever_holds_no_role_lands_at_the_own_account(client, member):
    member("New Here", has_factor=False)

    assert give(client, "new.here@example.org")["Location"] == "/account/"
    assert client.get("/workspace/").status_code == 404


def test_unknown_address_wrong_password_and_closed_account_get_one_text(client, member):
    member("Vera Nys", "elected_member", has_factor=False)
    closed = member("Gone Away", "elected_member", has_factor=False)
    with act():
        Account.objects.filter(pk=closed.pk).update(is_active=False)

    answers = [
        give(client, "vera.nys@example.org", "wrong"),
        give(client, "nobody@example.org", "wrong"),
        give(client, "gone.away@example.org"),
        give(client, "gone.away@example.org", "wrong"),
    ]

    assert {answer.status_code for answer in answers} == {200}
    assert WRONG in text_of(answers[0])
    assert len({text_of(answer) for answer in answers}) == 1


@pytest.mark.slow
def test_unknown_address_takes_as_long_as_a_wrong_password(client, member, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    member("Vera Nys", "elected_member", has_factor=False)

    def taken(email: str) -> float:
        cache.clear()
        begun = time.perf_counter()
        give(client, email, "wrong")
        return time.perf_counter() - begun

    pairs = [(taken("vera.nys@example.org"), taken("nobody@example.org")) for _ in range(9)]

    known, unknown = (median(times) for times in zip(*pairs, strict=True))
    assert 0.6 < known / unknown < 1.6


def test_sixth_wrong_password_for_an_address_is_not_looked_at(client, member):
    member("Vera Nys", "elected_member", has_factor=False)
    for _ in range(5):
        give(client, "vera.nys@example.org", "wrong")

    response = give(client, "vera.nys@example.org")

    assert "Too many failed login attempts" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_flood_is_turned_away_before_any_password_is_looked_at(client):
    answers = [give(client, f"somebody{number}@example.org").status_code for number in range(35)]

    assert answers[:30] == [200] * 30
    assert set(answers[30:]) == {429}


def test_flood_from_many_addresses_lets_few_passwords_be_looked_at(client, monkeypatch):
    looked_at = []
    monkeypatch.setattr(Backend, "authenticate", lambda *_, **given: looked_at.append(given))

    for number in range(40):
        client.post(SIGN_IN, {"login": f"a{number}@example.org", "password": "x"}, REMOTE_ADDR=f"192.0.2.{number}")

    assert PASSWORDS_IN_A_SPAN <= len(looked_at) <= 3 * PASSWORDS_IN_A_SPAN  # 40 requests fall into three spans at most


def test_limits_know_no_address_of_a_browser(client):
    give(client, "nobody@example.org")

    keys = " ".join(vars(caches["default"])["_cache"])
    assert "rl:allauth.account:login" in keys
    assert "127.0.0.1" not in keys


@pytest.mark.parametrize("target", ["https://evil.example.org/", "//evil.example.org", "javascript:alert(1)"])
def test_sign_in_sends_nobody_elsewhere(client, member, target):
    member("Vera Nys", "elected_member", has_factor=False)

    assert give(client, "vera.nys@example.org", next=target)["Location"] == "/workspace/"


def test_sign_in_goes_on_where_one_wanted_to_go(client, member):
    member("Vera Nys", "elected_member", has_factor=False)

    assert give(client, "vera.nys@example.org", next="/account/sessions/")["Location"] == "/account/sessions/"


def test_session_changes_its_key_when_somebody_signs_in(client, member):
    member("Vera Nys", "elected_member")
    give(client, "vera.nys@example.org")
    before = client.session.session_key

    client.post("/sign-in/code/", {"code": code()})

    assert client.session["_auth_user_id"]
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_session_keeps_the_family_of_the_browser_and_nothing_else(client, member):
    account = member("Vera Nys", "elected_member", has_factor=False)
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

    client.post(SIGN_IN, {"login": account.email, "password": PASSWORD}, headers={"user-agent": agent})

    row = Session.objects.get()
    assert (row.account, row.browser) == (account.pk, "Firefox")
    kept = str(row.get_decoded())
    assert not [trace for trace in ("127.0.0.1", "140", "Linux", account.email) if trace in kept]


def test_account_keeps_no_moment_of_sign_in_and_no_second_table_of_addresses(client, member):
    account = member("Vera Nys", "elected_member", has_factor=False)
    before = vars(Account.objects.get(pk=account.pk)).copy()

    give(client, account.email)

    after = vars(Account.objects.get(pk=account.pk))
    assert {key: value for key, value in after.items() if key != "_state"} == {
        key: value for key, value in before.items() if key != "_state"
    }
    assert not EmailAddress.objects.exists()


def test_second_factor_is_asked_and_half_a_sign_in_opens_nothing(client, member):
    member("Lena Moor", "administrator")

    assert give(client, "lena.moor@example.org")["Location"] == "/sign-in/code/"
    assert client.get("/workspace/")["Location"].startswith("/sign-in/")
    assert client.post("/sign-in/code/", {"code": code()})["Location"] == "/workspace/"


def test_code_works_once(client, member):
    member("Lena Moor", "administrator")
    digits = code()
    for _ in range(2):
        client.logout()
        give(client, "lena.moor@example.org")
        response = client.post("/sign-in/code/", {"code": digits})

    assert "Incorrect code" in response.content.decode()


def test_codes_are_not_tried_through(client, member):
    member("Lena Moor", "administrator")
    give(client, "lena.moor@example.org")

    for number in range(6):
        response = client.post("/sign-in/code/", {"code": f"00000{number}"})

    assert "Too many failed login attempts" in response.content.decode()


def test_role_that_needs_a_second_factor_opens_only_the_page_that_sets_one_up(sign_in, member):
    client = sign_in(member("Lena Moor", "administrator", has_factor=False))

    for address in ("/workspace/", "/colleagues/", "/account/", "/account/sessions/"):
        assert client.get(address)["Location"] == "/account/second-factor/"
    assert "Your role needs a second factor" in client.get("/account/second-factor/").content.decode()


def test_fictional_city_asks_no_second_factor_and_says_so(sign_in, member, settings):
    settings.FICTIONAL = True
    client = sign_in(member("Lena Moor", "administrator", has_factor=False))

    response = client.get("/workspace/")

    assert response.status_code == 200
    assert "A fictional city, for show" in response.content.decode()
    assert "A fictional city, for show" in client.get("/").content.decode()


def test_app_is_set_up_after_the_password_was_given_again(client, member):
    account = member("Lena Moor", "administrator", has_factor=False)
    give(client, account.email)
    page = "/account/second-factor/app/"

    assert client.get(page)["Location"].startswith("/account/confirm/?next=")
    client.post("/account/confirm/", {"password": PASSWORD, "next": page})
    (secret,) = re.findall(r"<code dir=\"ltr\">(\w+)</code>", client.get(page).content.decode())
    response = client.post(page, {"code": code(secret)})

    assert response["Location"] == "/account/second-factor/codes/"
    codes = re.findall(r"<code>(\d+)</code>", client.get(response["Location"]).content.decode())
    assert len(codes) == 10
    assert not re.findall(r"<code>(\d+)</code>", client.get(response["Location"]).content.decode())
    assert secret not in str(list(Authenticator.objects.values("data")))
    client.logout()
    give(client, account.email)
    assert client.post("/sign-in/code/", {"code": codes[0]})["Location"] == "/workspace/"


def test_secret_is_drawn_on_white_so_that_a_phone_reads_it_by_night():
    assert 'fill="white"' in FactorAdapter().build_totp_svg("otpauth://totp/x?secret=ABC")


def test_wrong_password_does_not_confirm_that_it_is_oneself(sign_in, member):
    client = sign_in(member("Lena Moor", "administrator"))

    response = client.post("/account/confirm/", {"password": "wrong", "next": "/account/second-factor/app/remove/"})

    assert response.status_code == 200
    assert client.get("/account/second-factor/app/remove/").status_code == 302


def test_second_factor_of_somebody_else_cannot_be_taken_away(sign_in, member):
    client = sign_in(member("Lena Moor", "administrator", has_factor=False))
    other = member("Mina Roos", "coordinator", has_factor=False)
    make_second_factor(other)
    key = Authenticator.objects.create(user=other, type="webauthn", data={})
    client.post("/account/confirm/", {"password": PASSWORD})

    assert client.post(f"/account/second-factor/passkey/{key.pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_passkey_that_is_not_known_is_said_on_the_page_of_sign_in(client):
    response = client.post("/sign-in/passkey/", {"credential": "{}"})

    assert response["Location"] == "/sign-in/?passkey=unknown"
    assert "The passkey was not accepted" in client.get(response["Location"]).content.decode()


def test_signing_out_needs_a_post(sign_in, member):
    client = sign_in(member("Vera Nys", "elected_member"))

    client.get("/sign-out/")
    assert client.get("/workspace/").status_code == 200
    assert client.post("/sign-out/")["Location"] == "/"
    assert client.get("/workspace/")["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("address", [SIGN_IN, "/sign-out/", "/account/"])
def test_forged_posts_are_refused(member, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member("Vera Nys", "elected_member"))

    assert client.post(address, {"login": "x"}).status_code == 403
