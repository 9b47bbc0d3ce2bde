"""Strict moderation: a text that no moderator has looked at is not taken, and neither are the votes on it."""

from dataclasses import replace

import numpy as np

from decapolis.plumbing.failures import Failure
from decapolis.understand.listening.files.folders import ConversationFiles, Note
from decapolis.understand.listening.files.statements import StatementRow
from decapolis.understand.listening.files.votes import RawVotes

NOT_LOOKED_AT = 0


def only_moderated(files: ConversationFiles) -> ConversationFiles:
    """Leave out statements with a text that nobody has looked at, and say how many.

    What a resident wrote may name somebody. A statement without text, as where no list of statements exists, is shown
    as its number, so that there is nothing to moderate in it, and it stays.
    """
    waiting = {row.statement for row in files.statements if _is_waiting(row)}
    if not waiting:
        return files
    taken = tuple(row for row in files.statements if row.statement not in waiting)
    votes = _without(files.votes, waiting)
    if not len(votes):
        raise Failure(
            "No moderator has looked at any statement that was voted on. Look at them (moderated 1 or -1), or say with "
            "--show-unmoderated why they may be shown as they are."
        )
    people = len(np.unique(files.votes.participant)) - len(np.unique(votes.participant))
    notes = (
        Note(len(waiting), "statements", "no moderator has looked at them"),
        Note(len(files.votes) - len(votes), "votes", "they are on statements that no moderator has looked at"),
        Note(people, "participants", "they voted on no other statements"),
    )
    return replace(files, statements=taken, votes=votes, notes=(*files.notes, *(note for note in notes if note.number)))


def _is_waiting(row: StatementRow) -> bool:
    return row.moderation == NOT_LOOKED_AT and row.text is not None


def _without(votes: RawVotes, statements: set[int]) -> RawVotes:
    kept = ~np.isin(votes.statement, list(statements))
    day = None if votes.day is None else votes.day[kept]
    return RawVotes(votes.participant[kept], votes.statement[kept], votes.value[kept], day)
