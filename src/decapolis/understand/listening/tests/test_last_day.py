"""Single answers have a last day; what was published of them stays."""

from datetime import date, timedelta

import pytest

from decapolis.city.retention.public import purge
from decapolis.plumbing.acting import OPERATOR, act
from decapolis.understand.listening.actions.conversations import analyse_conversation
from decapolis.understand.listening.models import Conversation, Participant, Result, Vote

pytestmark = pytest.mark.django_db


def last_day(conversation: Conversation, day: date) -> None:
    with act():
        Conversation.objects.filter(pk=conversation.pk).update(votes_kept_until=day)


def test_the_purge_leaves_votes_whose_day_is_today(quay, frozen_clock):
    last_day(quay, frozen_clock.date())

    assert purge(on=frozen_clock.date(), by=OPERATOR) is None
    assert Vote.objects.exists()


def test_the_purge_takes_votes_and_participants_and_keeps_the_result(quay, frozen_clock):
    analyse_conversation(conversation=quay, by=OPERATOR, bootstrap=0)
    last_day(quay, frozen_clock.date() - timedelta(days=1))
    votes, participants = Vote.objects.count(), Participant.objects.count()

    certificate = purge(on=frozen_clock.date(), by=OPERATOR)

    assert certificate is not None
    assert dict(certificate.lines.values_list("kind", "count")) == {
        "listening.vote": votes,
        "listening.participant": participants,
    }
    assert not Vote.objects.exists()
    assert not Participant.objects.exists()
    assert Result.objects.get().document["participants"] > 0
