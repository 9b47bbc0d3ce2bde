"""The overseer's stop holds at once: nothing is answered, proposed or published, and what was answered stays."""

import pytest
from django.core.exceptions import ValidationError

from decapolis.city.access.factories import as_actor, make_member
from decapolis.city.gates.actions import lift, stop
from decapolis.city.gates.public import GateClosed
from decapolis.city.people.factories import make_account
from decapolis.plumbing.acting import OPERATOR, Actor, act
from decapolis.plumbing.tokens import new_token
from decapolis.understand.listening import queries
from decapolis.understand.listening.actions.answers import (
    Answer,
    Voice,
    give_answer,
    give_first_answer,
    propose_statement,
)
from decapolis.understand.listening.actions.conversations import ask_for_analysis
from decapolis.understand.listening.factories.open import make_open_conversation
from decapolis.understand.listening.models import Conversation, Statement, Vote

pytestmark = pytest.mark.django_db

RESIDENT = Actor("participant")


@pytest.fixture(autouse=True)
def _nothing_is_held():
    queries._asked.clear()


@pytest.fixture
def asked() -> Conversation:
    return make_open_conversation()


@pytest.fixture
def overseer() -> Actor:
    with act():
        return as_actor(make_member(make_account("Ada"), "overseer"))


@pytest.mark.parametrize("whole", [True, False])
def test_a_stop_holds_at_once_and_what_was_answered_stays(asked, overseer, whole):
    conversation = asked
    first, second = Statement.objects.order_by("number")[:2]
    voice = Voice(conversation.pk, new_token())
    assert give_first_answer(voice=voice, answer=Answer(first.number, 1), by=RESIDENT)

    subject = "listening" if whole else f"listening.conversation:{conversation.pk}"
    stopped = stop(subject=subject, reason="Somebody was filmed.", by=overseer)

    assert not give_answer(voice=voice, answer=Answer(second.number, 1), by=RESIDENT)
    newcomer = Voice(conversation.pk, new_token())
    assert not give_first_answer(voice=newcomer, answer=Answer(first.number, 1), by=RESIDENT)
    assert not propose_statement(voice=voice, text="More light.", language="en", by=RESIDENT)
    assert Vote.objects.count() == 1
    with pytest.raises(GateClosed, match="Somebody was filmed"):
        ask_for_analysis(conversation=conversation, by=OPERATOR)

    lift(stopped=stopped.pk, reason="Nobody is.", by=overseer)
    assert give_answer(voice=voice, answer=Answer(second.number, 1), by=RESIDENT)


def test_the_page_says_that_it_is_stopped_and_why(client, asked, overseer):
    conversation = asked
    stop(subject=f"listening.conversation:{conversation.pk}", reason="Somebody was filmed.", by=overseer)

    text = client.get(f"/listen/take-part/{conversation.slug}/").content.decode()

    assert "The independent overseer has stopped this" in text
    assert "Somebody was filmed." in text


def test_the_stop_of_another_conversation_is_none_of_this(asked, overseer):
    with act():
        other = Conversation.objects.get(pk=asked.pk)
        other.pk, other.slug, other.reference = asked.pk * 10 + 1, "another", "LIS-2026-0099"
        other.save(force_insert=True)
    stop(subject=f"listening.conversation:{other.pk}", reason="Another one.", by=overseer)

    voice = Voice(asked.pk, new_token())
    statement = Statement.objects.order_by("number").first()
    assert statement is not None
    assert give_first_answer(voice=voice, answer=Answer(statement.number, 1), by=RESIDENT)


@pytest.mark.parametrize("number", ["404", "9" * 30])
def test_what_is_not_there_cannot_be_stopped(client, asked, overseer, number):
    with pytest.raises(ValidationError, match="no such gate"):
        stop(subject=f"listening.conversation:{number}", reason="Nothing.", by=overseer)
    assert client.get(f"/agreements/listening.conversation:{number}/").status_code == 404
