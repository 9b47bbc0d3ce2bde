"""One's own account, its sessions, the first account of all, and the record."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from decapolis.city.access.actions import Facts, set_up_first_account
from decapolis.city.access.browsers import family
from decapolis.city.access.first_link import first_path, is_open
from decapolis.city.access.queries import roles_of
from decapolis.city.audit.models import Body
from decapolis.city.people.models import Account
from decapolis.plumbing.acting import OPERATOR
from decapolis.plumbing.sessions.models import Session

pytestmark = pytest.mark.django_db

PASSWORD = "four words nobody guesses"
FIRST = {"name": "Lena Moor", "email": "lena@example.org", "language": "en", "password": "three quiet green boats"}


def text_of(response):
    return response.content.decode()


def test_name_and_language_are_changed_and_nothing_else(sign_in, member):
    account = member("Vera Nys", "elected_member")
    client = sign_in(account)

    client.post("/account/", {"name": "Vera Nys-Bakri", "language": "ar", "email": "x@example.org", "is_active": ""})

    account.refresh_from_db()
    assert (account.name, account.language, account.email) == ("Vera Nys-Bakri", "ar", "vera.nys@example.org")
    assert Body.objects.get().act == "people.change_own_facts"


def test_a_new_language_is_spoken_at_once(sign_in, member):
    client = sign_in(member("Vera Nys", "elected_member"))

    assert client.post("/account/", {"name": "Vera Nys", "language": "fr"})["Location"] == "/fr/account/"


def test_name_cannot_be_emptied(sign_in, member):
    client = sign_in(member("Vera Nys", "elected_member"))

    assert "ds-error-summary" in text_of(client.post("/account/", {"name": " ", "language": "en"}))


def test_new_password_ends_all_other_sessions(sign_in, member):
    account = member("Vera Nys", "elected_member")
    other = Client()
    other.force_login(account)
    client = sign_in(account)
    typed = {"oldpassword": PASSWORD, "password1": "three quiet green boats", "password2": "three quiet green boats"}

    assert client.post("/account/password/", typed)["Location"] == "/account/"

    assert client.get("/workspace/").status_code == 200
    assert other.get("/workspace/").status_code == 302


def test_password_is_not_changed_without_the_old_one(sign_in, member):
    account = member("Vera Nys", "elected_member")
    typed = {"oldpassword": "wrong", "password1": "three quiet green boats", "password2": "three quiet green boats"}

    assert sign_in(account).post("/account/password/", typed).status_code == 200
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_one_session_is_ended_by_a_handle_that_does_not_open_it(sign_in, member):
    account = member("Vera Nys", "elected_member")
    other = Client()
    other.force_login(account)
    client = sign_in(account)
    page = text_of(client.get("/account/sessions/"))
    (handle,) = re.findall(r'name="session" value="(\w+)"', page)

    client.post("/account/sessions/", {"session": handle})

    assert other.get("/workspace/").status_code == 302
    assert client.get("/workspace/").status_code == 200
    assert not [key for key in Session.objects.values_list("pk", flat=True) if key in page or handle in key]


def test_all_other_sessions_are_ended(sign_in, member):
    account = member("Vera Nys", "elected_member")
    others = [Client(), Client()]
    for other in others:
        other.force_login(account)
    client = sign_in(account)

    client.post("/account/sessions/")

    assert [other.get("/workspace/").status_code for other in others] == [302, 302]
    assert client.get("/workspace/").status_code == 200


def test_session_of_somebody_else_is_not_ended(sign_in, member):
    other = Client()
    other.force_login(member("Mina Roos", "coordinator"))
    from decapolis.city.access.sessions import _handle  # noqa: PLC0415  # what a page of the other would show

    client = sign_in(member("Vera Nys", "elected_member"))

    assert client.post("/account/sessions/", {"session": _handle(other.session.session_key or "")}).status_code == 404
    assert other.get("/workspace/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (X11) Gecko/20100101 Firefox/140.0", "Firefox"),
        ("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36", "Chrome"),
        ("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge"),
        ("Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15", "Safari"),
        ("something else", ""),
    ],
)
def test_family_of_a_browser(agent, name):
    assert family(agent) == name


def test_first_account_is_made_once(client):
    path = first_path()
    assert client.get(path).status_code == 200

    assert client.post(path, FIRST)["Location"] == "/sign-in/?next=/setting-up/"

    account = Account.objects.get()
    assert [role.key for role in roles_of(account.pk)] == ["administrator"]
    assert account.check_password(FIRST["password"])
    assert client.get(path).status_code == client.post(path, FIRST).status_code == 404
    assert first_path() == ""
    assert {body.actor_kind for body in Body.objects.all()} == {"operator"}


def test_first_account_needs_a_good_password_and_leaves_nothing_behind_without(client):
    response = client.post(first_path(), {**FIRST, "password": "short"})

    assert "ds-error-summary" in text_of(response)
    assert not Account.objects.exists()
    assert not Body.objects.exists()


@pytest.mark.parametrize("secret", ["x", "first", "ImZpcnN0Ig:1v:abc"])
def test_made_up_link_opens_nothing(client, secret):
    assert not is_open(secret)
    assert client.get(f"/first-account/{secret}/").status_code == 404


def test_first_account_is_refused_where_there_is_one(member):
    member("Lena Moor", "administrator")

    with pytest.raises(PermissionDenied):
        set_up_first_account(facts=Facts("A", "a@example.org", "en"), password="x" * 20, by=OPERATOR)


def test_record_shows_who_did_what_by_name(sign_in, member):
    account = member("Ombuds Office", "overseer")
    client = sign_in(account)
    client.post("/account/", {"name": "Ombuds House", "language": "en"})

    text = text_of(client.get("/record/"))

    act = r"<td[^>]*>[^<]+<br>\s*<code>people.change_own_facts</code>"
    assert re.search(rf"<bdi>Ombuds House</bdi>\s*</td>\s*{act}", text)
    assert f"people.account:{account.pk}" in text


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ("", True),
        ("outcome=done", True),
        ("outcome=denied", False),
        ("act=people.change_own_facts", True),
        ("act=access.give_role", False),
        ("since=2000-01-01", True),
        ("until=2000-01-01", False),
        ("account=999999", False),
        ("since=nonsense", True),
        ("before=1", False),
    ],
)
def test_record_is_narrowed_by_its_address(sign_in, member, asked, is_found):
    client = sign_in(member("Ombuds Office", "overseer"))
    client.post("/account/", {"name": "Ombuds House", "language": "en"})

    assert ("<code>people.change_own_facts</code>" in text_of(client.get(f"/record/?{asked}"))) is is_found


def test_record_goes_on_to_older_entries(sign_in, member):
    client = sign_in(member("Ombuds Office", "overseer"))
    for number in range(55):
        client.post("/account/", {"name": f"Ombuds {number}", "language": "en"})

    text = text_of(client.get("/record/?outcome=done"))

    assert text.count('scope="row"') == 50
    (older,) = re.findall(r'rel="next" href="([^"]+)"', text)
    assert "outcome=done" in older
    assert "before=6" in text
    assert text_of(client.get("/record/?before=6")).count('scope="row"') == 5
