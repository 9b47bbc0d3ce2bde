"""Reads the answers of participants, for an analysis alone: only `actions` imports this, so that no page can."""

import numpy as np

from decapolis.understand.listening import models
from decapolis.understand.listening.models import Conversation, Statement, Vote
from decapolis_methods.opinion.analysis import Moderation
from decapolis_methods.opinion.votes import Votes

CHUNK = 20_000
VOTE = np.dtype([("participant", np.int64), ("statement", np.int64), ("value", np.int8)])
STATEMENT = np.dtype([("key", np.int64), ("number", np.int64), ("moderation", np.int8), ("is_meta", np.bool_)])


def votes_of(conversation: Conversation) -> tuple[Votes, Moderation]:
    """All votes of a conversation in columns, for an analysis; no page, export or person reads them."""
    known = Statement.objects.filter(conversation=conversation).order_by("number")
    statements = np.fromiter(known.values_list("pk", "number", "moderation", "is_meta"), dtype=STATEMENT)
    by_key = np.argsort(statements["key"])
    given = Vote.objects.filter(participant__conversation=conversation).values_list("participant", "statement", "value")
    votes = np.fromiter(given.iterator(chunk_size=CHUNK), dtype=VOTE)
    place = by_key[np.searchsorted(statements["key"], votes["statement"], sorter=by_key)]
    number = statements["number"]
    moderation = Moderation(refused=statements["moderation"] == models.Moderation.REFUSED, meta=statements["is_meta"])
    return Votes.from_triplets(votes["participant"], number[place], votes["value"], statements=number), moderation
