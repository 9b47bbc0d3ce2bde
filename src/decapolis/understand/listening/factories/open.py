"""Conversations that are open, for tests and measurements."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from decapolis.plumbing import clock
from decapolis.understand.listening.models import Conversation, Moderation, State, Statement

_WORDS = {
    "question": "What would make evenings better?",
    "purpose": "To decide what is open after eight.",
    "asked_by": "Prevention office",
    "paid_by": "The city",
    "what_happens_next": "The council answers each point.",
    "language": "en",
}
_numbers = count(1)


def make_open_conversation(texts: Sequence[str] = ("Light.", "Buses.", "Benches."), **changes: object) -> Conversation:
    """Make a conversation that began yesterday and ends in a week, with accepted statements."""
    number, today = next(_numbers), clock.today()
    given = {
        "slug": f"open-{number}",
        "reference": f"LIS-{today.year}-T{number}",
        "state": State.OPEN,
        "opened_on": today - timedelta(days=1),
        "closed_on": today + timedelta(days=7),
        "answer_due_on": today + timedelta(days=60),
        "votes_kept_until": today + timedelta(days=700),
    }
    conversation = Conversation.objects.create(**(_WORDS | given | changes))
    Statement.objects.bulk_create(
        Statement(conversation=conversation, number=place, text=text, language="en", moderation=Moderation.ACCEPTED)
        for place, text in enumerate(texts)
    )
    return conversation
