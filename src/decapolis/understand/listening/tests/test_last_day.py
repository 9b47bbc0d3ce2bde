"""Single answers have a last day; what was published of them stays."""

from datetime import date, timedelta

import pytest

from decapolis.city.audit.models import Body
from decapolis.plumbing.acting import OPERATOR, act
from decapolis.plumbing.jobs.public import Schedule, enqueue
from decapolis.plumbing.jobs.registry import find
from decapolis.plumbing.jobs.worker import work_once
from decapolis.understand.listening.actions.conversations import analyse_conversation, erase_due_votes
from decapolis.understand.listening.models import Conversation, Participant, Result, Vote

pytestmark = pytest.mark.django_db


def last_day(conversation: Conversation, day: date) -> None:
    with act():
        Conversation.objects.filter(pk=conversation.pk).update(votes_kept_until=day)


def test_erase_due_votes_leaves_those_whose_day_is_today(quay, frozen_clock):
    last_day(quay, frozen_clock.date())

    assert erase_due_votes(by=OPERATOR) == 0
    assert Vote.objects.exists()


def test_erase_due_votes_takes_votes_and_participants_and_keeps_the_result(quay, frozen_clock):
    analyse_conversation(conversation=quay, by=OPERATOR, bootstrap=0)
    last_day(quay, frozen_clock.date() - timedelta(days=1))

    assert (erase_due_votes(by=OPERATOR), erase_due_votes(by=OPERATOR)) == (1, 0)
    assert not Vote.objects.exists()
    assert not Participant.objects.exists()
    assert Result.objects.get().document["participants"] > 0
    assert Body.objects.filter(act="listening.erase_due_votes").count() == 1


def test_a_worker_erases_them_every_night(quay, frozen_clock):
    last_day(quay, frozen_clock.date() - timedelta(days=1))
    with act():
        enqueue("listening.erase_due_votes", by=OPERATOR)

    assert work_once()

    assert find("listening.erase_due_votes").schedule == Schedule(timedelta(days=1), timedelta(hours=2))
    assert not Vote.objects.exists()
