"""Writes conversations: what comes in whole or not at all, and what may be published of it."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

import numpy as np
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError

from decapolis.city.access.public import Permission, require
from decapolis.city.audit.public import record
from decapolis.city.gates.public import require_open
from decapolis.plumbing import clock
from decapolis.plumbing.acting import Actor, action
from decapolis.plumbing.executors.public import opened, side_by_side
from decapolis.plumbing.failures import Failure
from decapolis.plumbing.fates import days
from decapolis.plumbing.jobs.public import cancel, enqueue, latest
from decapolis.plumbing.rows.store import Row, insert_rows
from decapolis.understand.listening import ballots
from decapolis.understand.listening.files import ConversationFiles, Note, RawVotes
from decapolis.understand.listening.models import (
    Conversation,
    ConversationTranslation,
    Moderation,
    Participant,
    ReferenceCount,
    Result,
    State,
    Statement,
    StatementTranslation,
    Vote,
)
from decapolis_methods.opinion.analyse import analyse
from decapolis_methods.opinion.analysis import Moderation as Moderated
from decapolis_methods.opinion.progress import Progress as Phases
from decapolis_methods.opinion.progress import silent
from decapolis_methods.opinion.release import release
from decapolis_methods.opinion.released import Released, as_document
from decapolis_methods.opinion.votes import Votes

KEEP_VOTES = days(730)
BATCH = 10_000

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Words:
    """What a conversation says of itself, in one language; what nobody knows stays empty."""

    question: str
    purpose: str = ""
    asked_by: str = ""
    paid_by: str = ""
    what_happens_next: str = ""
    not_heard: str = ""


@dataclass(frozen=True)
class Facts:
    """What the files of a conversation do not say. Translations are taken as written by a machine."""

    slug: str
    words: Words
    language: str
    credit: str = ""
    credit_url: str = ""
    licence: str = ""
    is_fictional: bool = False
    translations: Mapping[str, Words] = field(default_factory=dict)
    statement_translations: Mapping[str, Mapping[int, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportReport:
    """What an import took, and what it did not take and why."""

    slug: str
    reference: str
    participants: int
    statements: int
    refused: int
    votes: int
    notes: tuple[Note, ...]
    about_participants: int = 0


class NotStored(Failure):
    """A conversation that cannot be stored as asked; what was there is as it was."""


def _nothing(_: int) -> None:
    """Show no progress."""


@action
def import_conversation(
    *, files: ConversationFiles, facts: Facts, by: Actor, replace: bool = False, progress: Progress = _nothing
) -> ImportReport:
    """Store a conversation with all its votes; `progress` is told how many votes are in."""
    report = check_import(files=files, facts=facts, by=by, replace=replace)
    before = Conversation.objects.filter(slug=facts.slug).first()
    if before is not None:
        _delete(before)
    conversation = _conversation(files, facts)
    conversation.reference = before.reference if before else _next_reference()
    _save(conversation)
    _store_translations(conversation, facts)
    statements = _store_statements(conversation, files, facts)
    rows = _rows(files.votes, _store_participants(conversation, files), statements)
    for stored in insert_rows(Vote, ("participant", "statement", "value", "day"), rows):
        progress(stored)
    record(by=by, act="listening.import_conversation", subject=_subject(conversation))
    return dataclasses.replace(report, reference=conversation.reference)


@action
def import_with_result(
    *, files: ConversationFiles, facts: Facts, released: Released, by: Actor, progress: Progress = _nothing
) -> ImportReport:
    """Store a conversation and its result in one act, in the place of the one of its name where there is one."""
    report = import_conversation(files=files, facts=facts, by=by, replace=True, progress=progress)
    store_result(conversation=Conversation.objects.get(slug=facts.slug), released=released, by=by)
    return report


def analyse_files(*, files: ConversationFiles, by: Actor, seed: int = 0, bootstrap: int = 100) -> Released:
    """Analyse a conversation as it was read, before anything is stored: what cannot be analysed replaces nothing."""
    require(by, Permission.ANALYSE_CONVERSATION)
    rows, given = files.statements, files.votes
    numbers = np.array([row.statement for row in rows], dtype=np.int64)
    votes = Votes.from_triplets(given.participant, given.statement, given.value, statements=numbers)
    refused = np.array([row.moderation == Moderation.REFUSED for row in rows], dtype=bool)
    meta = np.array([row.is_meta for row in rows], dtype=bool)
    return release(analyse(votes, moderation=Moderated(refused, meta), seed=seed, bootstrap=bootstrap))


def check_import(*, files: ConversationFiles, facts: Facts, by: Actor, replace: bool = False) -> ImportReport:
    """Refuse what an import would refuse, and say what it would take; store nothing."""
    require(by, Permission.IMPORT_CONVERSATION)
    if not replace and Conversation.objects.filter(slug=facts.slug).exists():
        raise NotStored(f"A conversation “{facts.slug}” is here already. Choose another --slug, or say --replace.")
    try:
        conversation = _conversation(files, facts)
        conversation.clean_fields(exclude={"reference"})
        conversation.validate_constraints(exclude={"slug", "reference"})
    except ValidationError as error:
        faults = (f"{_option(name)}{' '.join(said)}" for name, said in error.message_dict.items())
        raise NotStored("; ".join(faults)) from error
    return ImportReport(
        slug=facts.slug,
        reference="",
        participants=len(np.unique(files.votes.participant)),
        statements=len(files.statements),
        refused=sum(row.moderation == Moderation.REFUSED for row in files.statements),
        votes=len(files.votes),
        notes=(*files.notes, *_notes_on_facts(files, facts)),
        about_participants=sum(row.is_meta for row in files.statements),
    )


@action
def delete_conversation(*, conversation: Conversation, by: Actor) -> None:
    """Delete a conversation with everything that was said in it, and its result."""
    require(by, Permission.IMPORT_CONVERSATION)
    subject = _subject(conversation)
    _delete(conversation)
    record(by=by, act="listening.delete_conversation", subject=subject)


def analyse_conversation(  # noqa: PLR0913 - all are given by name, and most have a default
    *,
    conversation: Conversation,
    by: Actor,
    seed: int = 0,
    bootstrap: int = 100,
    again: bool = False,
    progress: Phases = silent,
) -> Result:
    """Analyse a conversation and store what may be published; a second time only where `again` says that it is meant.

    Always in the default mode: Polis's way finds groups in coin tosses too, so it is for comparing, not for a city's
    page. Only the storing is one transaction: the analysis takes seconds, during which residents go on answering.
    """
    require(by, Permission.ANALYSE_CONVERSATION)
    if not again and Result.objects.filter(conversation=conversation).exists():
        raise NotStored(
            f"{conversation.reference} has a result. Whoever kept it could subtract the new one from it and find small "
            "numbers. Ask for it again only where the first was wrong or nobody saw it."
        )
    progress("reading", 0, 0)
    votes, moderation = ballots.votes_of(conversation)
    with opened(settings.EXECUTOR, workers=settings.EXECUTOR_WORKERS, address=settings.EXECUTOR_ADDRESS) as executor:
        spread = side_by_side(executor)
        found = analyse(votes, moderation=moderation, seed=seed, bootstrap=bootstrap, spread=spread, progress=progress)
    return store_result(conversation=conversation, released=release(found), by=by)


@action
def ask_for_analysis(*, conversation: Conversation, by: Actor, again: bool = False) -> int:
    """Have a worker analyse a conversation; answers the number of the job, which says how far it is."""
    require(by, Permission.ANALYSE_CONVERSATION)
    require_open(subject=_subject(conversation))
    job = enqueue("listening.analyse", by=by, conversation=conversation.pk, again=int(again))
    record(by=by, act="listening.ask_for_analysis", subject=_subject(conversation))
    return job


@action
def stop_analysis(*, conversation: Conversation, by: Actor) -> None:
    """End the analysis of a conversation that waits or runs; what was there before stays."""
    require(by, Permission.ANALYSE_CONVERSATION)
    job = latest("listening.analyse", conversation=conversation.pk)
    if job is not None:
        cancel(job.job)
    record(by=by, act="listening.stop_analysis", subject=_subject(conversation))


@action
def store_result(*, conversation: Conversation, released: Released, by: Actor) -> Result:
    """Put a released result in the place of the one before."""
    require(by, Permission.ANALYSE_CONVERSATION)
    require_open(subject=_subject(conversation))
    values = {
        "computed_at": clock.now(),
        "mode": released.mode,
        "version": released.version,
        "document": as_document(released),
    }
    result, _ = Result.objects.update_or_create(conversation=conversation, defaults=values)
    record(by=by, act="listening.store_result", subject=_subject(conversation))
    return result


def _notes_on_facts(files: ConversationFiles, facts: Facts) -> Iterator[Note]:
    if files.description and not facts.words.purpose:
        yield Note(1, "description", "it spoke to those who took part; say with --purpose why they were asked")


def _option(name: str) -> str:
    """The option by which whoever imports gives a field; nothing where a fault is of several."""
    return "" if name == NON_FIELD_ERRORS else f"--{name.replace('_', '-')}: "


def _subject(conversation: Conversation) -> str:
    return f"listening.conversation:{conversation.pk}"


def _next_reference() -> str:
    """A reference that nothing had before; the row of the year is held until the act ends, so that two never share."""
    count, _ = ReferenceCount.objects.select_for_update().get_or_create(year=clock.today().year)
    count.given += 1
    count.save(update_fields=["given"])
    return f"LIS-{count.year}-{count.given:04d}"


def _conversation(files: ConversationFiles, facts: Facts) -> Conversation:
    opened_on, closed_on = _first_and_last_day(files)
    return Conversation(
        **asdict(facts.words),
        slug=facts.slug,
        language=facts.language,
        opened_on=opened_on,
        closed_on=closed_on,
        votes_kept_until=clock.today() + KEEP_VOTES,
        credit=facts.credit,
        credit_url=facts.credit_url,
        licence=facts.licence,
        is_fictional=facts.is_fictional,
        state=State.CLOSED,
        is_strict=False,
    )


def _save(conversation: Conversation) -> None:
    """Save a new conversation; where another import was quicker, the database says so as a broken constraint."""
    try:
        conversation.save()
    except IntegrityError as error:
        raise NotStored("Another import ran at the same time. Start this one again.") from error


def _store_translations(conversation: Conversation, facts: Facts) -> None:
    ConversationTranslation.objects.bulk_create(
        ConversationTranslation(conversation=conversation, language=language, **asdict(words))
        for language, words in facts.translations.items()
    )


def _first_and_last_day(files: ConversationFiles) -> tuple[date | None, date | None]:
    """Days of the first and the last vote, or else of the first and the last statement."""
    given = files.votes.day
    known = (
        [row.day for row in files.statements if row.day] if given is None else [given.min().item(), given.max().item()]
    )
    return (min(known), max(known)) if known else (None, None)


def _store_statements(conversation: Conversation, files: ConversationFiles, facts: Facts) -> dict[int, int]:
    """Store the statements; answer the key of each number."""
    stored = Statement.objects.bulk_create(
        (
            Statement(
                conversation=conversation,
                number=row.statement,
                text=row.text or "",
                language=facts.language,
                moderation=row.moderation,
                is_meta=row.is_meta,
            )
            for row in files.statements
        ),
        batch_size=BATCH,
    )
    keys = {statement.number: statement.pk for statement in stored}
    StatementTranslation.objects.bulk_create(
        StatementTranslation(statement_id=keys[number], language=language, text=text)
        for language, texts in facts.statement_translations.items()
        for number, text in texts.items()
    )
    return keys


def _store_participants(conversation: Conversation, files: ConversationFiles) -> dict[int, int]:
    """Store a row for each participant; answer the key of each number, which is forgotten afterwards."""
    numbers = np.unique(files.votes.participant).tolist()
    stored = Participant.objects.bulk_create(
        (Participant(conversation=conversation) for _ in numbers), batch_size=BATCH
    )
    return dict(zip(numbers, (participant.pk for participant in stored), strict=True))


def _rows(votes: RawVotes, participants: Mapping[int, int], statements: Mapping[int, int]) -> Iterator[Row]:
    """Rows of the table of votes, part by part: ten million of them at once would not fit."""
    for start in range(0, len(votes), BATCH):
        part = slice(start, start + BATCH)
        who = map(participants.__getitem__, votes.participant[part].tolist())
        what = map(statements.__getitem__, votes.statement[part].tolist())
        values = votes.value[part].tolist()
        given = [None] * len(values) if votes.day is None else np.datetime_as_string(votes.day[part]).tolist()
        yield from zip(who, what, values, given, strict=True)


def _delete(conversation: Conversation) -> None:
    Vote.objects.filter(participant__conversation=conversation).delete()
    conversation.delete()
