"""Readers of foreign files: votes, statements, groups, and whole folders. No database, no Django.

A file is taken whole or refused whole, by a `FileFault` that names the line and the remedy.
"""

from decapolis.understand.listening.files.faults import FileFault
from decapolis.understand.listening.files.folders import ConversationFiles, Note, read_conversation
from decapolis.understand.listening.files.hints import may_be_about_participants
from decapolis.understand.listening.files.marks import mark_about_participants
from decapolis.understand.listening.files.moderation import only_moderated
from decapolis.understand.listening.files.statements import StatementRow, read_groups, read_statements
from decapolis.understand.listening.files.votes import MOST_VOTES, RawVotes, read_votes

__all__ = [
    "MOST_VOTES",
    "ConversationFiles",
    "FileFault",
    "Note",
    "RawVotes",
    "StatementRow",
    "mark_about_participants",
    "may_be_about_participants",
    "only_moderated",
    "read_conversation",
    "read_groups",
    "read_statements",
    "read_votes",
]
