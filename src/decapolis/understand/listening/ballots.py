"""Reads the answers of participants, for an analysis or for themselves: only `actions` imports this, so no page can."""

from collections.abc import Iterator

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from decapolis.understand.listening import models
from decapolis.understand.listening.models import Conversation, Statement
from decapolis_methods.opinion.analysis import Moderation
from decapolis_methods.opinion.votes import Votes

CHUNK = 50_000
VOTE = np.dtype([("participant", np.int64), ("statement", np.int64), ("value", np.int8)])
STATEMENT = np.dtype([("key", np.int64), ("number", np.int64), ("moderation", np.int8), ("is_meta", np.bool_)])


def votes_of(conversation: Conversation, *, people: int | None = None) -> tuple[Votes, Moderation]:
    """All votes of a conversation in columns, for an analysis; no page, export or person reads them.

    With `people`, only those of so many, the first who came. A statement that is not to be shown, since it is refused
    or waits for a moderator, counts as refused.
    """
    known = Statement.objects.filter(conversation=conversation).order_by("number")
    statements = np.fromiter(known.values_list("pk", "number", "moderation", "is_meta"), dtype=STATEMENT)
    by_key = np.argsort(statements["key"])
    votes = _of_first(people, _columns(conversation.pk))
    place = by_key[np.searchsorted(statements["key"], votes["statement"], sorter=by_key)]
    number = statements["number"]
    lowest = models.Moderation.ACCEPTED if conversation.is_strict else models.Moderation.OPEN
    moderation = Moderation(refused=statements["moderation"] < lowest, meta=statements["is_meta"])
    return Votes.from_triplets(votes["participant"], number[place], votes["value"], statements=number), moderation


def own_answers(token_hash: bytes) -> dict[int, int]:
    """What the holder of one token answered, by the number of the statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.number, v.value FROM listening_participant p JOIN listening_vote v ON v.participant_id = p.id "
            "JOIN listening_statement s ON s.id = v.statement_id WHERE p.token_hash = %s",
            [token_hash],
        )
        return dict(cursor.fetchall())


def _of_first(people: int | None, votes: NDArray[np.void]) -> NDArray[np.void]:
    if people is None:
        return votes
    came = np.unique(votes["participant"])
    return votes if people >= len(came) else votes[votes["participant"] < came[people]]


def _columns(conversation: int) -> NDArray[np.void]:
    """Votes as they come from the database, part by part: all at once as objects would take gigabytes."""
    parts = list(_parts(conversation))
    return np.concatenate(parts) if parts else np.empty(0, dtype=VOTE)


def _parts(conversation: int) -> Iterator[NDArray[np.void]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT v.participant_id, v.statement_id, v.value FROM listening_participant p "
            "JOIN listening_vote v ON v.participant_id = p.id WHERE p.conversation_id = %s",
            [conversation],
        )
        while rows := cursor.fetchmany(CHUNK):
            yield np.array(rows, dtype=VOTE)
