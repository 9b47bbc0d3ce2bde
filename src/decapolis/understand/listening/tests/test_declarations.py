"""What listening says of itself in the workspace: true of what is in the database, in one question."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decapolis.city.access.public import ANYONE, Permission, Viewer
from decapolis.plumbing.acting import OPERATOR, act
from decapolis.plumbing.clock import today
from decapolis.understand.listening.actions.conversations import store_result
from decapolis.understand.listening.declarations import standing
from decapolis.understand.listening.models import Conversation, State
from decapolis.understand.listening.tests.conftest import FACTS
from decapolis.understand.listening.tests.exports import wide
from decapolis.understand.listening.tests.sample_results import THREE_GROUPS

pytestmark = pytest.mark.django_db
ANALYST = Viewer("person", permissions=frozenset({Permission.ANALYSE_CONVERSATION}))
Store = Callable[..., Conversation]


def test_nothing_was_asked_yet() -> None:
    found = standing(ANALYST)

    assert (found.state, found.sentence) == ("idle", "Nothing has been asked of residents yet.")
    assert found.next_url == "/listen/results/"


def test_a_closed_conversation_without_result_needs_whoever_may_analyse(quay: Conversation) -> None:
    assert quay.state == State.CLOSED

    assert standing(ANALYST).state == "needs"
    assert standing(ANALYST).sentence == "One conversation is closed and has no result yet."
    assert standing(ANYONE).state == "idle"


def test_a_result_puts_listening_in_order_for_everybody(quay: Conversation) -> None:
    store_result(conversation=quay, released=THREE_GROUPS, by=OPERATOR)

    for viewer in (ANALYST, ANYONE):
        assert (standing(viewer).state, standing(viewer).sentence) == ("done", "One conversation has a public result.")


def test_an_open_conversation_is_under_way_beside_results(store: Store) -> None:
    for slug in ("a", "b", "c"):
        store(wide(1), replace(FACTS, slug=slug))
    store_result(conversation=Conversation.objects.get(slug="a"), released=THREE_GROUPS, by=OPERATOR)
    with act():
        Conversation.objects.exclude(slug="a").update(
            state=State.OPEN,
            purpose="To know",
            paid_by="The city",
            what_happens_next="An answer",
            opened_on=today(),
            answer_due_on=today(),
        )

    found = standing(ANALYST)

    assert found.state == "going"
    assert found.sentence == "2 conversations are open. One conversation has a public result."


def test_a_draft_is_not_spoken_of(quay: Conversation) -> None:
    with act():
        Conversation.objects.filter(pk=quay.pk).update(state=State.DRAFT)

    assert standing(ANALYST).state == "idle"


def test_the_sentence_takes_one_question(quay: Conversation) -> None:
    assert quay.pk
    with CaptureQueriesContext(connection) as captured:
        standing(ANALYST)

    assert len(captured) == 1
