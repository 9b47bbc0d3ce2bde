"""Reads conversations and their released results: what anybody may see."""

from dataclasses import dataclass
from datetime import date, datetime

from decapolis_methods.opinion.released import Released


@dataclass(frozen=True)
class StatementText:
    """A statement as it is shown: its text and the language that it is in (empty where nobody knows)."""

    text: str
    language: str
    is_machine_written: bool = False


@dataclass(frozen=True)
class ConversationFacts:
    """What a conversation says of itself, in the language asked for or, where there is none, in its own.

    Texts that nobody gave are empty: the page says that it is not known. `language` is the language of the texts,
    `original_language` that of the conversation.
    """

    slug: str
    reference: str
    question: str
    language: str
    original_language: str
    is_machine_written: bool
    purpose: str
    asked_by: str
    paid_by: str
    what_happens_next: str
    not_heard: str
    opened_on: date | None
    closed_on: date | None
    credit: str
    credit_url: str
    licence: str
    is_fictional: bool


@dataclass(frozen=True)
class ResultSummary:
    """One line of the list of results."""

    slug: str
    reference: str
    question: str
    language: str
    participants: int
    statements: int
    votes: int
    opened_on: date | None
    closed_on: date | None
    computed_at: datetime
    is_fictional: bool


@dataclass(frozen=True)
class ResultPage:
    """Everything that the page of a result shows. `statements` has a text for every number in `released`."""

    conversation: ConversationFacts
    released: Released
    statements: dict[int, StatementText]
    computed_at: datetime
