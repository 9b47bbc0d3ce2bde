"""Reads conversations and their released results: what anybody may see."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from time import monotonic
from typing import Any, Literal

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    F,
    FilteredRelation,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.http import Http404

from decapolis.city.access.public import Permission, Viewer
from decapolis.city.gates.public import reason_of_stop
from decapolis.plumbing import clock
from decapolis.understand.listening import models
from decapolis.understand.listening.models import Conversation, Result, Routing, State, Statement
from decapolis_methods.opinion.released import (
    Finding,
    Released,
    finding_from_document,
    finding_shown,
    from_document,
    only_shown,
)

SHOWN = ("text_shown", "language_shown", "machine_shown")
HELD = 8
"""Results that a process holds ready: some ten megabytes each where there are 5,000 statements."""
WORDS = ("question", "purpose", "asked_by", "paid_by", "what_happens_next", "not_heard")
OWN = (
    "slug",
    "reference",
    "opened_on",
    "closed_on",
    "credit",
    "credit_url",
    "licence",
    "is_fictional",
    "votes_kept_until",
)
FRESH = 5.0
"""Seconds for which a process asks the same statements, before it looks again."""
UNSEEN = 81 / 16
"""Weight of a statement that nobody answered yet, by the formula of the routing."""
FINDING = ("participants", "groups", "no_groups", "common", "dividing")
SUMMARY = (
    "slug",
    "reference",
    "text_shown",
    "language_shown",
    "results__document__participants",
    "results__document__statements",
    "results__document__votes",
    "opened_on",
    "closed_on",
    "results__computed_at",
    "is_fictional",
)


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
    votes_kept_until: date


@dataclass(frozen=True)
class AskedStatement:
    """A statement that may be answered, and the weight with which it is drawn."""

    number: int
    weight: float
    text: StatementText


@dataclass(frozen=True)
class Asked:
    """What a conversation asks, the same for everybody: nothing of a participant is in it."""

    key: int
    facts: ConversationFacts
    is_open: bool
    answer_due_on: date | None
    longest_statement: int
    has_result: bool
    statements: dict[int, AskedStatement]
    why_stopped: str = ""

    def stage(self, day: date) -> Literal["soon", "open", "over", "stopped"]:
        """Whether it can be answered on a day, or not yet, or not any more, or was stopped by the overseer."""
        if self.why_stopped:
            return "stopped"
        first, last = self.facts.opened_on, self.facts.closed_on
        if not self.is_open or (last is not None and last < day):
            return "over"
        return "open" if first is not None and first <= day else "soon"


@dataclass(frozen=True)
class OpenConversation:
    """One line of the list of what can be answered."""

    slug: str
    question: str
    language: str
    opened_on: date
    closed_on: date | None


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
class Tally:
    """How many conversations are open, have a result, and are closed without one."""

    open: int
    with_result: int
    without_result: int


@dataclass(frozen=True)
class ShownFinding:
    """What one result found, as far as a sentence needs it; `statements` has a text for every number in `finding`."""

    finding: Finding
    statements: dict[int, StatementText]


@dataclass(frozen=True)
class ResultPage:
    """Everything that the page of a result shows. `statements` has a text for every number in `released`."""

    conversation: ConversationFacts
    released: Released
    statements: dict[int, StatementText]
    computed_at: datetime


def conversation(*, viewer: Viewer, slug: str) -> Conversation:
    """One conversation; whoever may not see it learns no more than that it does not exist."""
    found = _visible(viewer).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def conversations(*, viewer: Viewer) -> QuerySet[Conversation]:
    """Conversations that the viewer may see, in the order of their references."""
    return _visible(viewer).order_by("reference")


def results(*, viewer: Viewer, language: str = "") -> list[ResultSummary]:
    """Results that the viewer may see, the newest conversation first, with their questions in `language`."""
    with_result = _visible(viewer).filter(results__isnull=False).annotate(**_shown("question", language))
    rows = with_result.order_by(F("closed_on").desc(nulls_last=True), "reference")
    return [ResultSummary(*row) for row in rows.values_list(*SUMMARY)]


def tally(*, viewer: Viewer) -> Tally:
    """How many conversations there are; those without result are counted for who may analyse them."""
    seen = Conversation.objects.all() if viewer.may(Permission.ANALYSE_CONVERSATION) else _visible(viewer)
    has_result = Q(results__isnull=False)
    counted = {
        "open": Q(state=models.State.OPEN),
        "with_result": has_result,
        "without_result": Q(state=models.State.CLOSED) & ~has_result,
    }
    return Tally(**seen.aggregate(**{name: Count("pk", filter=which) for name, which in counted.items()}))


def findings(*, viewer: Viewer, slugs: Collection[str], language: str = "") -> dict[str, ShownFinding]:
    """What the results of a page of conversations found, by slug, with the texts of the statements in it."""
    parts = [f"results__document__{name}" for name in FINDING]
    with_result = _visible(viewer).filter(slug__in=slugs, results__isnull=False)
    found = {
        (key, slug): finding_from_document(dict(zip(FINDING, values, strict=True)))
        for key, slug, *values in with_result.values_list("pk", "slug", *parts)
    }
    texts = _texts_of_findings({key: finding for (key, _), finding in found.items()}, language)
    return {
        slug: ShownFinding(finding_shown(finding, texts[key]), texts[key]) for (key, slug), finding in found.items()
    }


def result(*, viewer: Viewer, slug: str, language: str = "") -> ResultPage:
    """Result of a conversation with its texts in `language`, or in their own where it is not translated.

    A statement that was refused after the result was computed has no row in it any more.
    """
    found = Result.objects.filter(conversation__in=_visible(viewer), conversation__slug=slug)
    written = found.defer("document").annotate(written=Cast("document", TextField()))
    stored = written.select_related("conversation").first()
    if stored is None:
        raise Http404
    statements = _texts(stored.conversation, language)
    return ResultPage(
        conversation=_facts(stored.conversation, language),
        released=only_shown(_read(stored.written), statements),
        statements=statements,
        computed_at=stored.computed_at,
    )


_asked: dict[tuple[str, str], tuple[float, Asked]] = {}


def asked(*, viewer: Viewer, slug: str, language: str, anew: bool = False) -> Asked:
    """What a conversation asks in `language`, as it was up to five seconds ago; `anew` looks again."""
    read_at, held = _asked.get((slug, language), (float("-inf"), None))
    if held is None or anew or monotonic() - read_at > FRESH:
        held = _read_asked(viewer, slug, language)
        if len(_asked) >= HELD * len(SHOWN) * 10:
            _asked.clear()
        _asked[slug, language] = (monotonic(), held)
    return held


def open_conversations(*, viewer: Viewer, language: str, day: date) -> list[OpenConversation]:
    """Conversations that anybody may answer on a day, those that close first at the head."""
    running = Q(closed_on=None) | Q(closed_on__gte=day)
    rows = _begun(viewer).filter(running, state=State.OPEN, opened_on__lte=day).annotate(**_shown("question", language))
    shown = rows.order_by(F("closed_on").asc(nulls_last=True), "reference")
    return [OpenConversation(*row) for row in shown.values_list("slug", *SHOWN[:2], "opened_on", "closed_on")]


def is_known(*, viewer: Viewer, number: int) -> bool:
    """Whether the viewer may know of a conversation of this number."""
    return _visible(viewer).filter(pk=number).exists()


def _begun(viewer: Viewer) -> QuerySet[Conversation]:
    """Conversations at whose door one may stand: those that opened here, also when they are over; never a draft."""
    opened_here = Q(state=State.OPEN) | Q(state=State.CLOSED, answer_due_on__isnull=False)
    return Conversation.objects.filter(opened_here | Q(pk__in=_visible(viewer)))


def _read_asked(viewer: Viewer, slug: str, language: str) -> Asked:
    found = _begun(viewer).filter(slug=slug).first()
    if found is None:
        raise Http404
    weights = Routing.objects.filter(conversation=found).values_list("weights", flat=True).first() or {}
    shown = _let_through().filter(conversation=found).exclude(text="").annotate(**_shown("text", language))
    return Asked(
        key=found.pk,
        facts=_facts(found, language),
        is_open=found.state == State.OPEN,
        answer_due_on=found.answer_due_on,
        longest_statement=found.longest_statement,
        has_result=Result.objects.filter(conversation=found).exists(),
        statements={
            number: AskedStatement(number, weights.get(str(number), UNSEEN), _text(number, *texts))
            for number, *texts in shown.order_by("number").values_list("number", *SHOWN)
        },
        why_stopped=reason_of_stop(f"listening.conversation:{found.pk}"),
    )


def _visible(viewer: Viewer) -> QuerySet[Conversation]:
    """Results are public, so that a conversation with a result is; the operator sees the others too."""
    every = Conversation.objects.all()
    return every if viewer.kind == "operator" else every.filter(results__isnull=False)


def _facts(conversation: Conversation, language: str) -> ConversationFacts:
    translation = conversation.translations.filter(language=language).first()
    return ConversationFacts(
        **{name: getattr(translation or conversation, name) for name in (*WORDS, "language")},
        **{name: getattr(conversation, name) for name in OWN},
        original_language=conversation.language,
        is_machine_written=translation is not None and translation.is_machine_written,
    )


@lru_cache(maxsize=HELD)
def _read(written: str) -> Released:
    """Read a document once for many pages. The text itself is the key: a new one is never taken for an old one."""
    return from_document(json.loads(written))


def _texts(conversation: Conversation, language: str) -> dict[int, StatementText]:
    rows = _shown_statements().filter(conversation=conversation).annotate(**_shown("text", language)).order_by("number")
    return {number: _text(number, *shown) for number, *shown in rows.values_list("number", *SHOWN)}


def _texts_of_findings(found: dict[int, Finding], language: str) -> dict[int, dict[int, StatementText]]:
    """Texts of the statements that findings name, by the key of the conversation, in one query."""
    wanted = Q(pk__in=())
    for key, finding in found.items():
        wanted |= Q(conversation=key, number__in=finding.statements)
    texts: dict[int, dict[int, StatementText]] = {key: {} for key in found}
    rows = _shown_statements().filter(wanted).annotate(**_shown("text", language))
    for key, number, *shown in rows.values_list("conversation", "number", *SHOWN):
        texts[key][number] = _text(number, *shown)
    return texts


def _shown_statements() -> QuerySet[Statement]:
    """Statements that may be shown: let through, and not about the participants themselves."""
    return _let_through().filter(is_meta=False)


def _let_through() -> QuerySet[Statement]:
    """Statements that a moderator accepted, and in conversations that are not strict also those that wait."""
    open_one = Q(moderation=models.Moderation.OPEN, conversation__is_strict=False)
    return Statement.objects.filter(open_one | Q(moderation=models.Moderation.ACCEPTED))


def _text(number: int, text: str, language: str, is_machine_written: bool) -> StatementText:  # noqa: FBT001  # a column
    return StatementText(text, language, is_machine_written) if text else StatementText(f"#{number}", "")


def _shown(field: str, language: str) -> dict[str, Any]:
    """A text as it is shown: in `language` if it is translated, else in its own; which one, and who wrote it."""
    return {
        "translation": FilteredRelation("translations", condition=Q(translations__language=language)),
        "text_shown": Coalesce(f"translation__{field}", field),
        "language_shown": Coalesce("translation__language", "language"),
        "machine_shown": Coalesce("translation__is_machine_written", Value(value=False)),
    }


def kept(viewer: Viewer) -> QuerySet[Conversation]:
    """Conversations that the viewer may have analysed, the last first, each with when its result was computed."""
    if not viewer.may(Permission.ANALYSE_CONVERSATION):
        return Conversation.objects.none()
    is_kept = ExpressionWrapper(Q(votes_kept_until__gte=clock.today()), BooleanField())
    every = Conversation.objects.annotate(computed_at=F("results__computed_at"), has_answers=is_kept)
    return every.order_by("-pk")


def kept_row(viewer: Viewer, number: int) -> Conversation:
    """One of them."""
    found = kept(viewer).filter(pk=number).first()
    if found is None:
        raise Http404
    return found
