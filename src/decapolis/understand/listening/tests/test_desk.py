"""The list of conversations: how each analysis stands, started and ended from there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decapolis.city.access.factories import make_member, make_second_factor
from decapolis.city.audit.models import Body
from decapolis.city.people.factories import make_account
from decapolis.plumbing.acting import OPERATOR, act
from decapolis.plumbing.jobs.models import Job, State
from decapolis.plumbing.jobs.worker import work_once
from decapolis.understand.listening.actions.conversations import ask_for_analysis
from decapolis.understand.listening.models import Conversation, Result
from decapolis.understand.listening.tests import sample_results as samples

pytestmark = pytest.mark.django_db
PAGE = "/listen/conversations/"


@pytest.fixture
def coordinator(client):
    with act():
        account = make_second_factor(make_member(make_account("Mina Roos", password="x"), "coordinator"))
    client.force_login(account)
    return client


def text_of(client):
    response = client.get(PAGE)
    assert response.status_code == 200
    return response.content.decode()


def test_a_conversation_is_computed_by_a_worker_and_the_page_says_how_it_stands(coordinator, quay):
    assert "no result yet" in text_of(coordinator)

    assert coordinator.post(f"{PAGE}{quay.pk}/compute/")["Location"] == PAGE

    text = text_of(coordinator)
    assert "Waits for its turn" in text
    assert f"{PAGE}{quay.pk}/stop/" in text
    assert f"{PAGE}{quay.pk}/compute/" not in text


@pytest.mark.slow
def test_what_was_computed_can_be_computed_again_once_that_is_meant(coordinator, quay):
    coordinator.post(f"{PAGE}{quay.pk}/compute/")
    work_once()
    assert "Compute again" in text_of(coordinator)
    before = Result.objects.get().computed_at

    coordinator.post(f"{PAGE}{quay.pk}/compute/")
    work_once()
    assert Job.objects.latest("pk").state == State.FAILED
    assert "nothing was changed by halves" in text_of(coordinator)

    coordinator.post(f"{PAGE}{quay.pk}/compute/", {"again": "1"})
    work_once()
    assert Job.objects.latest("pk").state == State.DONE
    assert Result.objects.get().computed_at > before


def test_an_analysis_that_was_stopped_is_not_done_and_the_record_says_who(coordinator, quay):
    coordinator.post(f"{PAGE}{quay.pk}/compute/")
    coordinator.post(f"{PAGE}{quay.pk}/stop/")

    assert Job.objects.get().state == State.CANCELLED
    assert "stopped" in text_of(coordinator)
    assert Body.objects.get(act="listening.stop_analysis").subject == f"listening.conversation:{quay.pk}"


def test_a_conversation_without_answers_cannot_be_computed_again(coordinator, quay):
    with act():
        Conversation.objects.update(votes_kept_until="2020-01-01")

    text = text_of(coordinator)

    assert "single answers were erased" in text
    assert "/compute/" not in text


def test_what_is_not_there_is_not_computed(coordinator, quay):
    assert coordinator.post(f"{PAGE}{quay.pk + 1}/compute/").status_code == 404
    assert coordinator.get(f"{PAGE}{quay.pk}/stop/").status_code == 404


def test_an_empty_list_says_how_to_begin(coordinator):
    assert "No conversation yet" in text_of(coordinator)


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_the_database_as_often_for_one_conversation_as_for_many(coordinator, number):
    for each in range(number):
        samples.store(samples.NO_GROUPS, slug=f"evenings-{each}")
    for conversation in Conversation.objects.all():
        ask_for_analysis(conversation=conversation, by=OPERATOR, again=True)

    with CaptureQueriesContext(connection) as asked:
        text_of(coordinator)

    assert len(asked) == 8
