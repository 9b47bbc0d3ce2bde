"""Who looked at a record and what was done with it: noted, and told to those alone who may read the audit."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decapolis.city.access.factories import as_actor
from decapolis.city.audit.models import Body
from decapolis.city.audit.public import note_reading, record
from decapolis.plumbing.acting import act

pytestmark = pytest.mark.django_db


@pytest.fixture
def mina(member):
    return member("Mina Roos", "coordinator")


def page_of(client, account):
    response = client.get(f"/colleagues/{account.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def test_looking_at_a_colleague_is_noted_with_who_looked(sign_in, member, mina):
    lena = member("Lena Moor", "administrator")

    page_of(sign_in(lena), mina)

    row = Body.objects.get(outcome="read")
    assert (row.act, row.subject, row.actor_key) == ("people.read", f"people.account:{mina.pk}", str(lena.pk))


def test_what_is_not_there_is_not_looked_at(sign_in, member, mina):
    response = sign_in(member("Lena Moor", "administrator")).get(f"/colleagues/{mina.pk + 100}/")

    assert response.status_code == 404
    assert not Body.objects.filter(outcome="read").exists()


@pytest.mark.parametrize("role", ["overseer", "data_protection_officer"])
def test_who_checks_the_city_sees_who_looked_and_what_was_done(sign_in, member, mina, role):
    lena = member("Lena Moor", "administrator")
    note_reading(by=as_actor(lena), subject=f"people.account:{mina.pk}")
    with act():
        record(by=as_actor(lena), act="people.mark_left", subject=f"people.account:{mina.pk}")

    text = page_of(sign_in(member("Ombuds Office", role)), mina)

    assert "Who looked at this" in text
    assert "A colleague left, or came back." in text
    assert text.count("<bdi>Lena Moor</bdi>") == 2
    assert "<bdi>Ombuds Office</bdi>" in text


@pytest.mark.parametrize("role", ["administrator", "coordinator"])
def test_nobody_else_sees_it(sign_in, member, mina, role):
    note_reading(by=as_actor(member("Omar Diaz", "administrator")), subject=f"people.account:{mina.pk}")

    text = page_of(sign_in(member("Lena Moor", role)), mina)

    assert "Who looked at this" not in text
    assert "Omar Diaz" not in text


def test_the_record_says_acts_in_words_and_refusals_by_their_name_alone(sign_in, member, mina):
    with act():
        record(by=as_actor(mina), act="people.change_password", subject=f"people.account:{mina.pk}")
    with act():
        record(by=as_actor(mina), act="access.give_role", subject="", outcome="denied")
    note_reading(by=as_actor(mina), subject=f"people.account:{mina.pk}")

    text = sign_in(member("Ombuds Office", "overseer")).get("/record/").content.decode()

    assert "A colleague changed their password." in text
    assert "It was looked at." in text
    assert "<code>access.give_role</code>" in text
    assert "A role was given." not in text


@pytest.mark.parametrize("readings", [1, 40])
def test_the_page_asks_as_often_for_one_reading_as_for_many(sign_in, member, mina, readings):
    client = sign_in(member("Ombuds Office", "overseer"))
    lena = member("Lena Moor", "administrator")
    for _ in range(readings):
        note_reading(by=as_actor(lena), subject=f"people.account:{mina.pk}")

    with CaptureQueriesContext(connection) as asked:
        text = page_of(client, mina)

    assert text.count("<bdi>Lena Moor</bdi>") == min(readings, 19)
    locks = connection.vendor == "postgresql"  # where writing the reading down waits for its turn by a question
    assert len(asked) == 19 + locks
