"""Pages of retention: what is kept, for everybody; deciding and holding; certificates and their PDF."""

from datetime import timedelta

import pytest
from django.test import Client

from decapolis.city.access.factories import make_member, make_second_factor
from decapolis.city.people.factories import make_account
from decapolis.city.retention.models import Certificate, Hold, Period
from decapolis.city.retention.public import purge
from decapolis.city.retention.tests.test_purge import TODAY, TWO_YEARS, make_old_member
from decapolis.plumbing.acting import OPERATOR, act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock")]

RULE = "access.membership.erase"
PAGE = f"/what-is-kept/{RULE}/"


def signed_in(name: str, role: str) -> Client:
    client = Client()
    with act():
        client.force_login(make_second_factor(make_member(make_account(name), role)))
    return client


@pytest.fixture
def coordinator() -> Client:
    return signed_in("Mina", "coordinator")


@pytest.fixture
def overseer() -> Client:
    return signed_in("Ada", "overseer")


def test_everybody_reads_what_is_kept_and_for_how_long(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        text = client.get("/what-is-kept/").content.decode()

    assert "Roles of colleagues that have ended" in text
    assert "730 days" in text
    assert "Due today" not in text
    assert "Sign out" not in text  # residents read it on the public site
    assert "Answers of residents" in client.get("/what-is-kept/listening.vote.erase/").content.decode()
    assert client.get("/what-is-kept/no.such.rule/").status_code == 404


def test_those_who_look_after_it_see_what_is_due(overseer):
    make_old_member("Idris", ended=TODAY - TWO_YEARS - timedelta(days=1))

    text = overseer.get("/what-is-kept/").content.decode()
    assert "Due today" in text
    assert "Sign out" in text


def test_a_time_is_decided_and_its_reason_is_public(coordinator, client):
    refused = coordinator.post(PAGE + "decide/", {"days": 800, "reason": ""})
    assert "say why" in refused.content.decode()

    done = coordinator.post(PAGE + "decide/", {"days": 800, "reason": "The auditor looks at three years."})

    assert (done.status_code, done["Location"]) == (302, PAGE)
    assert Period.objects.get().days == 800
    assert "The auditor looks at three years." in client.get(PAGE).content.decode()


def test_a_hold_is_asked_for_confirmed_by_another_and_ended(coordinator, overseer, client):
    wish = {"row": "", "ends_on": TODAY + timedelta(days=30), "reason": "A court asked to see them."}
    coordinator.post(PAGE + "hold/", wish)
    hold = Hold.objects.get()
    assert "waits for a second person" in client.get(PAGE).content.decode()

    overseer.post(f"{PAGE}hold/{hold.pk}/confirm/")
    assert "on hold until 31 March 2026" in client.get("/what-is-kept/").content.decode()

    coordinator.post(f"{PAGE}hold/{hold.pk}/end/")
    assert not Hold.objects.exists()


def test_a_hold_of_what_residents_said_is_not_offered_and_refused(coordinator):
    page = "/what-is-kept/listening.vote.erase/"
    assert "Ask for a hold" not in coordinator.get(page).content.decode()

    wish = {"ends_on": TODAY + timedelta(days=30), "reason": "Research."}
    assert coordinator.post(page + "hold/", wish).status_code == 404


def test_a_hold_is_confirmed_under_its_own_rule_by_post_alone(coordinator, overseer):
    coordinator.post(PAGE + "hold/", {"ends_on": TODAY, "reason": "A court."})
    hold = Hold.objects.get()

    assert overseer.get(f"{PAGE}hold/{hold.pk}/confirm/").status_code == 404
    assert overseer.post(f"/what-is-kept/jobs.job.erase/hold/{hold.pk}/confirm/").status_code == 404
    assert overseer.post(f"{PAGE}hold/{hold.pk + 1}/confirm/").status_code == 404


def test_a_certificate_is_shown_and_taken_along(overseer, client):
    assert "Nothing has been due yet" in overseer.get("/certificates/").content.decode()
    make_old_member("Idris", ended=TODAY - TWO_YEARS - timedelta(days=1))
    purge(on=TODAY, by=OPERATOR)
    number = Certificate.objects.get().pk

    assert "Roles of colleagues that have ended" in overseer.get("/certificates/").content.decode()
    text = overseer.get(f"/certificates/{number}/").content.decode()
    assert "5 April 2026" in text
    assert "Idris" not in text
    document = overseer.get(f"/certificates/{number}/certificate.pdf")
    assert document["Content-Type"] == "application/pdf"
    assert document.content.startswith(b"%PDF-1.7")
    assert b"pdfuaid" in document.content
    for language in ("fr", "ar"):
        assert overseer.get(f"/{language}/certificates/{number}/certificate.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize("rows", [1, 60])
def test_certificates_take_as_many_questions_for_one_as_for_many(overseer, rows, django_assert_max_num_queries):
    with act():
        Certificate.objects.bulk_create(
            Certificate(due_on=TODAY, started_on=TODAY, finished_on=TODAY) for _ in range(rows)
        )
    with django_assert_max_num_queries(10):
        assert overseer.get("/certificates/").status_code == 200
