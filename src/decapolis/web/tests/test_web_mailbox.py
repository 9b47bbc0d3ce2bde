"""The mailbox of a fictional city."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decapolis.city.access.factories import make_member, make_second_factor
from decapolis.city.people.factories import make_account
from decapolis.plumbing.acting import OPERATOR, act
from decapolis.plumbing.mail.public import Reader, write_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    with act():
        account = make_second_factor(make_member(make_account("Some Body", password="x"), "administrator"))
    client.force_login(account)
    return client


def write(number):
    with act():
        for each in range(number):
            write_letter("mail/trial.txt", Reader(f"reader{each}@example.org", "ar"), by=OPERATOR)


def test_the_mailbox_is_there_only_in_a_fictional_city_without_mail_server(administrator, settings):
    found = []
    for settings.FICTIONAL, settings.EMAIL_HOST in [(False, ""), (False, "h"), (True, "h"), (True, "")]:
        found.append(administrator.get("/mailbox/").status_code)

    assert found == [404, 404, 404, 200]


def test_the_mailbox_says_that_there_is_no_letter(administrator, settings):
    settings.FICTIONAL = True

    assert b"No letter has been written yet" in administrator.get("/mailbox/").content


def test_an_invitation_lies_in_the_mailbox(administrator, settings):
    settings.FICTIONAL = True
    given = {"name": "Nadia <b>", "email": "nadia@example.org", "language": "fr"}

    told = administrator.post("/colleagues/invite/", given).content.decode()
    text = administrator.get("/mailbox/").content.decode()

    assert "A letter with this link is on its way" in told
    assert "nadia@example.org" in text
    assert "Un message vous attend" in text
    assert 'href="http://testserver/welcome/' in text


@pytest.mark.parametrize("number", [1, 45])
def test_the_mailbox_asks_the_database_as_often_for_one_letter_as_for_many(administrator, settings, number):
    settings.FICTIONAL = True
    write(number)

    with CaptureQueriesContext(connection) as asked:
        text = administrator.get("/mailbox/").content.decode()

    assert text.count("@example.org") == number
    assert len(asked) <= 7
