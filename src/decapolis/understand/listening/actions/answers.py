"""What residents do: answer, propose a statement, come back with their code, take everything back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Max

from decapolis.city.gates.public import reason_of_stop, where_not_stopped
from decapolis.plumbing import clock, tokens
from decapolis.plumbing.acting import Actor, act, act_at_once, action
from decapolis.plumbing.jobs.public import enqueue, progress_of
from decapolis.understand.listening import ballots
from decapolis.understand.listening.models import Conversation, Moderation, Participant, State, Statement, Vote

Value = int | float | bytes | date | None

MOST_PROPOSALS = 20
"""Statements that one participant may propose in a conversation."""
REST = timedelta(seconds=15)
"""So long a result stands at least before it is made anew."""
_waited_for: dict[int, datetime] = {}

_ASKED = f"""
    FROM listening_conversation c JOIN listening_statement s ON s.conversation_id = c.id
    WHERE c.id = %(conversation)s AND s.number = %(statement)s
      AND c.state = 'open' AND c.opened_on <= %(day)s AND (c.closed_on IS NULL OR c.closed_on >= %(day)s)
      AND (s.moderation = 1 OR (s.moderation = 0 AND NOT c.is_strict))
      AND {where_not_stopped("listening.conversation", "c.id")}
"""  # as below
_TAKE_IN = f"""
    INSERT INTO listening_participant (conversation_id, token_hash, code_hash, sealed_token)
    SELECT c.id, %(token_hash)s, %(code_hash)s, %(sealed_token)s {_ASKED}
    ON CONFLICT DO NOTHING
"""  # texts of ours, values as marks
_KEEP = f"""
    INSERT INTO listening_vote (participant_id, statement_id, value, day, probability)
    SELECT p.id, s.id, %(value)s, %(day)s, %(probability)s
    {_ASKED.replace("WHERE", "JOIN listening_participant p ON p.conversation_id = c.id WHERE")}
      AND p.token_hash = %(token_hash)s
    ON CONFLICT (participant_id, statement_id) DO UPDATE SET value = excluded.value, day = excluded.day
"""  # as above


@dataclass(frozen=True)
class Voice:
    """Somebody who takes part in one conversation, by the token that their browser holds."""

    conversation: int
    token: bytes

    @property
    def token_hash(self) -> bytes:
        """What is stored of the token."""
        return tokens.keyed_hash(self._purpose, self.token)

    @property
    def code(self) -> str:
        """The receipt code that belongs to the token."""
        return tokens.code_of(self._purpose, self.token)

    @property
    def _purpose(self) -> str:
        return _purpose(self.conversation)


@dataclass(frozen=True)
class Answer:
    """An answer to a statement, by its number; `probability` is the chance with which it was drawn, where known."""

    statement: int
    value: int
    probability: float | None = None


@dataclass(frozen=True)
class Proposal:
    """A statement that a participant proposed, and what moderators said of it."""

    text: str
    language: str
    moderation: int


def give_answer(*, voice: Voice, answer: Answer, by: Actor) -> bool:
    """Keep an answer of somebody who answered before, in place of an earlier one; answers whether it is kept.

    One statement of SQL asks by itself whether the conversation is open and the statement may be answered, so that
    closing and refusing race nothing.
    """
    _only_participants(by)
    return _write(_KEEP, _given(voice, answer))


def give_first_answer(*, voice: Voice, answer: Answer, by: Actor) -> bool:
    """Keep an answer of somebody who never answered, with a row for them; answers whether it is kept."""
    _only_participants(by)
    given = _given(voice, answer)
    return _write(_TAKE_IN, given | _receipt(voice)) and _write(_KEEP, given)


def answers_of(*, voice: Voice, by: Actor) -> dict[int, int]:
    """What the holder of a token answered, by the number of the statement; nobody else learns it."""
    _only_participants(by)
    return ballots.own_answers(voice.token_hash)


def proposals_of(*, voice: Voice, by: Actor) -> list[Proposal]:
    """Statements that the holder of a token proposed, in their order."""
    _only_participants(by)
    own = Statement.objects.filter(author__token_hash=voice.token_hash).order_by("number")
    return [Proposal(*row) for row in own.values_list("text", "language", "moderation")]


@action
def propose_statement(*, voice: Voice, text: str, language: str, by: Actor) -> bool:
    """Put a statement before the moderators; answers whether it is kept. Nobody sees it before one accepts it.

    It is not kept where the conversation is closed, or where this participant proposed as many as one may.
    """
    _only_participants(by)
    conversation = Conversation.objects.select_for_update().filter(pk=voice.conversation).first()
    if conversation is None or not is_open(conversation, clock.today()) or is_stopped(conversation.pk):
        return False
    author, _ = Participant.objects.get_or_create(
        conversation=conversation, token_hash=voice.token_hash, defaults=_receipt(voice)
    )
    if author.proposals.count() >= MOST_PROPOSALS:
        return False
    last = conversation.statements.aggregate(last=Max("number"))["last"]
    Statement.objects.create(
        conversation=conversation,
        number=0 if last is None else last + 1,
        text=text,
        language=language,
        moderation=Moderation.OPEN,
        author=author,
        proposed_on=clock.today(),
    )
    return True


def voice_of_code(*, conversation: int, code: str, by: Actor) -> Voice | None:
    """Whoever holds a receipt code is who took part with it: answers their token, or None for no such code."""
    _only_participants(by)
    purpose = _purpose(conversation)
    found = Participant.objects.filter(conversation=conversation, code_hash=_hash_of_code(purpose, code))
    sealed = found.values_list("sealed_token", flat=True).first()
    return Voice(conversation, tokens.lock_with_code(purpose, code, bytes(sealed))) if sealed else None


@action
def take_everything_back(*, voice: Voice, by: Actor) -> int:
    """Delete a participant: their answers, and the statements they proposed with what others answered to those.

    Answers how many answers of theirs that were. The next result is as if they had never been given.
    """
    _only_participants(by)
    mine = Participant.objects.filter(token_hash=voice.token_hash)
    proposals = Statement.objects.filter(author__in=mine)
    Vote.objects.filter(statement__in=proposals).delete()
    given, _ = Vote.objects.filter(participant__in=mine).delete()
    proposals.delete()
    mine.delete()
    return given


def is_open(conversation: Conversation, day: date) -> bool:
    """Whether a conversation can be answered on a day; the statement of SQL above says the same."""
    begun = conversation.opened_on is not None and conversation.opened_on <= day
    return conversation.state == State.OPEN and begun and (conversation.closed_on or day) >= day


def is_stopped(conversation: int) -> bool:
    """Whether the overseer stopped a conversation, or listening as a whole."""
    return bool(reason_of_stop(f"listening.conversation:{conversation}"))


def ask_for_result(*, conversation: int, by: Actor) -> None:
    """Have a worker make the result anew in a little while.

    As long as a job waits that will read what was given just now, this process asks for no other.
    """
    moment = clock.now()
    if moment < _waited_for.get(conversation, moment) <= moment + REST:
        return
    with act():
        job = progress_of(enqueue("listening.refresh", by=by, conversation=conversation))
    is_waiting = job is not None and job.state == "waiting"
    _waited_for[conversation] = job.not_before if job and is_waiting else moment + REST / 15


def _write(sql: str, values: Mapping[str, Value]) -> bool:
    with act_at_once(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return bool(cursor.rowcount)


def _given(voice: Voice, answer: Answer) -> dict[str, Value]:
    return {
        "conversation": voice.conversation,
        "token_hash": voice.token_hash,
        "statement": answer.statement,
        "value": answer.value,
        "probability": answer.probability,
        "day": clock.today(),
    }


def _receipt(voice: Voice) -> dict[str, Value]:
    """What is stored so that the code finds the token again, on another device."""
    purpose, code = _purpose(voice.conversation), voice.code
    return {
        "code_hash": _hash_of_code(purpose, code),
        "sealed_token": tokens.lock_with_code(purpose, code, voice.token),
    }


def _hash_of_code(purpose: str, code: str) -> bytes:
    return tokens.keyed_hash(f"{purpose}.receipt", code.encode())


def _purpose(conversation: int) -> str:
    """Every conversation has keys of its own, so that nobody can be followed from one to the next."""
    return f"listening.{conversation}"


def _only_participants(by: Actor) -> None:
    if by.kind != "participant":
        raise PermissionDenied("only participants answer")
