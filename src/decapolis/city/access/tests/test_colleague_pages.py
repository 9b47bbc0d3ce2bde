"""Pages of colleagues: invited, given a role, confirmed by another, ended; reasons why something cannot be done."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decapolis.city.access.factories import make_member
from decapolis.city.access.models import Membership
from decapolis.city.access.roles import ROLES
from decapolis.city.people.factories import make_account
from decapolis.city.people.models import Account
from decapolis.plumbing import clock
from decapolis.plumbing.acting import act

pytestmark = pytest.mark.django_db

NEW = {"name": "Karim B", "email": "karim.b@example.org", "language": "fr"}


@pytest.fixture
def city(member):
    """A city that is set up: two administrators and a coordinator."""
    return {
        "first": member("Lena Moor", "administrator"),
        "second": member("Omar Diaz", "administrator"),
        "coordinator": member("Mina Roos", "coordinator"),
    }


@pytest.fixture
def newcomer():
    with act():
        return make_account("New Here")


def giving(role="analyst", days=90, **more):
    today = clock.today()
    return {"role": role, "starts_on": today, "ends_on": today + timedelta(days=days), "reason": "New post", **more}


def text_of(response):
    return response.content.decode()


def link_in(response):
    (link,) = re.findall(r"http://testserver(/welcome/[\w-]+/)", text_of(response))
    return link


def test_colleague_is_invited_by_a_link_that_is_shown_once_and_works_once(client, sign_in, city):
    link = link_in(sign_in(city["first"]).post("/colleagues/invite/", NEW))
    client.logout()
    assert "Welcome, Karim B" in text_of(client.get(link))

    done = client.post(link, {"password": "three quiet green boats"})

    assert done["Location"] == "/sign-in/"
    assert Account.objects.get(email="karim.b@example.org").check_password("three quiet green boats")
    assert client.get(link).status_code == client.post(link, {"password": "another good one"}).status_code == 404


@pytest.mark.parametrize("password", ["short", "password1234", "karim.b@example.org"])
def test_weak_first_password_is_refused_and_the_link_stays(client, sign_in, city, password):
    link = link_in(sign_in(city["first"]).post("/colleagues/invite/", NEW))

    response = client.post(link, {"password": password})

    assert response.status_code == 200
    assert "ds-error-summary" in text_of(response)
    assert not Account.objects.get(email="karim.b@example.org").has_usable_password()


def test_second_invitation_for_an_address_says_why_not(sign_in, city):
    client = sign_in(city["first"])
    client.post("/colleagues/invite/", NEW)

    response = client.post("/colleagues/invite/", {**NEW, "email": "KARIM.B@example.org"})

    assert response.status_code == 200
    assert "ds-error-summary" in text_of(response)
    assert Account.objects.filter(email__iexact="karim.b@example.org").count() == 1


def test_new_link_voids_the_old_one(client, sign_in, city):
    sign_in(city["first"])
    old = link_in(client.post("/colleagues/invite/", NEW))
    number = Account.objects.get(email="karim.b@example.org").pk

    new = link_in(client.post(f"/colleagues/{number}/link/"))

    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_nobody_opens_a_link_to_an_account_that_has_a_password(sign_in, city):
    response = sign_in(city["first"]).post(f"/colleagues/{city['second'].pk}/link/")

    assert "This account has a password" in text_of(response)
    assert "/welcome/" not in text_of(response)


def test_role_is_given_by_one_and_confirmed_by_another(sign_in, city, newcomer):
    page = f"/colleagues/{newcomer.pk}/"
    assert sign_in(city["first"]).post(page + "give/", giving())["Location"] == page
    row = Membership.objects.get(account=newcomer)
    assert "waits until a second person confirms it" in text_of(sign_in(city["first"]).get(page))

    assert sign_in(city["second"]).post(f"{page}{row.pk}/confirm/")["Location"] == page

    row.refresh_from_db()
    assert (row.given_by, row.confirmed_by) == (city["first"], city["second"])
    assert "in force until" in text_of(sign_in(city["first"]).get(page))


def test_giver_does_not_confirm_and_is_told_why(sign_in, city, newcomer):
    client, page = sign_in(city["first"]), f"/colleagues/{newcomer.pk}/"
    client.post(page + "give/", giving())
    row = Membership.objects.get(account=newcomer)

    shown, posted = text_of(client.get(page)), client.post(f"{page}{row.pk}/confirm/")

    assert f'action="{page}{row.pk}/confirm/"' not in shown
    assert "You cannot confirm it" in shown
    assert "neither gave it nor receives it" in text_of(posted)
    row.refresh_from_db()
    assert row.confirmed_on is None


@pytest.mark.parametrize(
    ("role", "days", "why"),
    [
        ("police_liaison", 90, "Whoever speaks for the police"),
        ("overseer", 90, "Whoever checks the city does not run it"),
        ("coordinator", 90, "already held"),
        ("analyst", 400, "lasts a year at most"),
        ("analyst", -5, "ends after it begins"),
        ("emperor", 90, "Select a valid choice"),
    ],
)
def test_role_that_cannot_be_given_says_why_and_keeps_what_was_typed(sign_in, city, role, days, why):
    page = f"/colleagues/{city['coordinator'].pk}/give/"

    text = text_of(sign_in(city["first"]).post(page, giving(role, days)))

    assert why in text
    assert 'value="New post"' in text
    assert Membership.objects.filter(account=city["coordinator"]).count() == 1


def test_nobody_gives_a_role_to_oneself(sign_in, city):
    client, page = sign_in(city["first"]), f"/colleagues/{city['first'].pk}/"

    assert "Nobody gives a role to themselves" in text_of(client.get(page))
    assert "Nobody gives a role to themselves" in text_of(client.post(page + "give/", giving("finance")))
    assert Membership.objects.filter(account=city["first"]).count() == 1


def test_page_says_beforehand_which_roles_do_not_go_together(sign_in, city):
    text = text_of(sign_in(city["first"]).get(f"/colleagues/{city['coordinator'].pk}/"))

    assert "Roles that do not go with those held" in text
    assert "<strong>Police liaison</strong>: Whoever speaks for the police" in text


def test_role_is_ended(sign_in, city):
    row = Membership.objects.get(account=city["coordinator"])

    sign_in(city["first"]).post(f"/colleagues/{city['coordinator'].pk}/{row.pk}/end/")

    assert "Mina Roos" not in text_of(sign_in(city["first"]).get("/colleagues/"))


def test_membership_of_somebody_else_cannot_be_reached_by_another_address(sign_in, city, newcomer):
    row = Membership.objects.get(account=city["coordinator"])

    assert sign_in(city["first"]).post(f"/colleagues/{newcomer.pk}/{row.pk}/end/").status_code == 404
    assert Membership.objects.filter(pk=row.pk, ends_on__gte=clock.today()).exists()


def test_only_what_the_form_names_is_taken_from_a_post(sign_in, city, newcomer):
    more = {"confirmed_on": "2026-01-01", "given_by": city["second"].pk, "account": city["second"].pk}

    sign_in(city["first"]).post(f"/colleagues/{newcomer.pk}/give/", giving(**more))

    row = Membership.objects.get(account=newcomer)
    assert (row.given_by, row.confirmed_on) == (city["first"], None)


def test_list_asks_the_database_as_often_for_one_as_for_a_hundred(sign_in, city):
    client = sign_in(city["first"])
    client.get("/colleagues/")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/colleagues/")
        return len(queries)

    few = asked()
    with act():
        for number in range(100):
            make_member(make_account(f"Colleague {number}"), "finance")

    assert asked() == few <= 12


def test_everybody_sees_roles_and_numbers_and_no_name(client, city):
    text = text_of(client.get("/who-may-do-what/"))

    assert text.count('<th scope="row">') == len(ROLES)
    assert re.search(r"System administrator</th><td data-number>2</td>", text)
    assert not [name for name in ("Lena", "Omar", "Mina", "@example.org") if name in text]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_pages_speak_the_language_of_the_address(sign_in, city, language):
    words = {"fr": "Les collègues et leurs rôles", "ar": "الزملاء وأدوارهم"}

    assert words[language] in text_of(sign_in(city["first"]).get(f"/{language}/colleagues/"))
