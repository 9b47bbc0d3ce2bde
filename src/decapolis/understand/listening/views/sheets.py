"""Everything that the page of one result shows, in words and charts, ready for its template."""

from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decapolis.plumbing.charts.lines import shorten
from decapolis.understand.listening.queries import (
    ConversationFacts,
    ResultPage,
    ResultSummary,
    ShownFinding,
    StatementText,
)
from decapolis.understand.listening.views import figures, maps, sentences, words
from decapolis.understand.listening.views.figures import BarRow, LaneRow, SpecialGroup, Table
from decapolis.understand.listening.views.maps import MapSheet, Voice
from decapolis_methods.opinion.released import Released


@dataclass(frozen=True)
class Figure:
    """A large number and what it counts."""

    term: str
    value: str


@dataclass(frozen=True)
class ResultCard:
    """One result in the list of results."""

    slug: str
    question: SafeString
    finding: SafeString
    counts: str
    is_fictional: bool


@dataclass(frozen=True)
class Sureness:
    """How sure the result is, in words."""

    shares: str
    groups: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class ResultSheet:
    """The page of a result from top to bottom."""

    conversation: ConversationFacts
    question: SafeString
    summary: SafeString
    figures: tuple[Figure, ...]
    common_title: str
    common: tuple[BarRow, ...]
    common_table: Table
    most_agreed: tuple[BarRow, ...]
    no_groups: str
    map: MapSheet | None
    voices: tuple[Voice, ...]
    dividing: tuple[LaneRow, ...]
    dividing_table: Table
    special: tuple[SpecialGroup, ...]
    slate_title: str
    slate: tuple[BarRow, ...]
    sure: Sureness
    made: tuple[Figure, ...]
    withheld: tuple[str, ...]
    is_translated: bool

    @property
    def description(self) -> str:
        """The summary as plain text, short enough for a search page."""
        return shorten(strip_tags(self.summary), 300)


def result_sheet(page: ResultPage) -> ResultSheet:
    """Put a result into words and charts."""
    released, texts = page.released, page.statements
    return ResultSheet(
        conversation=page.conversation,
        question=question(page.conversation),
        summary=sentences.summary(released, texts),
        figures=totals(released, page.conversation),
        common_title=_("What people agree on, across all groups")
        if released.groups
        else _("What most people agree on"),
        common=figures.common_rows(released, texts),
        common_table=figures.common_table(released, texts),
        most_agreed=figures.most_agreed_rows(released, texts),
        no_groups=sentences.why_no_groups(released),
        map=maps.map_sheet(released),
        voices=maps.voices(released),
        dividing=figures.dividing_rows(released, texts),
        dividing_table=figures.dividing_table(released, texts),
        special=figures.special_groups(released, texts),
        slate_title=_("If you read only %(count)s statements") % {"count": words.spelled(len(released.slate))},
        slate=figures.slate_rows(released, texts),
        sure=sureness(released),
        made=how_made(page),
        withheld=tuple(sentences.withheld(released.withheld, released.minimum)),
        is_translated=any(text.is_machine_written for text in texts.values()),
    )


def result_card(summary: ResultSummary, shown: ShownFinding) -> ResultCard:
    """Put one line of the list into words."""
    pattern = ngettext(
        "%(people)s person gave %(answers)s answers to %(statements)s statements.",
        "%(people)s people gave %(answers)s answers to %(statements)s statements.",
        summary.participants,
    )
    counts = map(words.number, (summary.participants, summary.votes, summary.statements))
    numbers = dict(zip(("people", "answers", "statements"), counts, strict=True))
    asked = words.statement(StatementText(summary.question, summary.language))
    finding = sentences.first_sentence(shown.finding, shown.statements)
    return ResultCard(summary.slug, asked, finding, pattern % numbers, summary.is_fictional)


def question(conversation: ConversationFacts) -> SafeString:
    """Show the question in its own language and direction."""
    return words.statement(StatementText(conversation.question, conversation.language))


def totals(released: Released, conversation: ConversationFacts) -> tuple[Figure, ...]:
    """List the totals: people, statements, answers and, where known, days."""
    people, statements, answers = released.participants, released.statements, released.votes
    return (
        Figure(ngettext("person answered", "people answered", people), words.number(people)),
        Figure(ngettext("statement", "statements", statements), words.number(statements)),
        Figure(ngettext("answer", "answers", answers), words.number(answers)),
        *_days(conversation),
    )


def sureness(released: Released) -> Sureness:
    """Say how sure the shares and the groups are."""
    shown = [each.share for each in released.common] or [each.agree for each in figures.most_agreed(released)]
    shares = sentences.precision_of_shares(shown)
    if not released.groups:
        return Sureness(shares, "", ())
    details = (
        sentences.repeats(released.certainty, len(released.groups)),
        sentences.undecided(released.certainty),
    )
    groups = sentences.stability_of_groups(released.certainty)
    return Sureness(shares, groups, tuple(detail for detail in details if detail))


def how_made(page: ResultPage) -> tuple[Figure, ...]:
    """Say how the result was made, so that somebody else can make it again."""
    released = page.released
    made = [
        Figure(_("Method"), _method(released)),
        Figure(_("Rests on"), _rests_on(released)),
        Figure(_("Computed on"), words.day(page.computed_at.date())),
        Figure(_("Asked by"), page.conversation.asked_by or _("We do not know.")),
        Figure(_("Paid by"), page.conversation.paid_by or _("We do not know.")),
        Figure(_("Single answers are erased after"), words.day(page.conversation.votes_kept_until)),
    ]
    return tuple(made)


def _method(released: Released) -> str:
    modes = {"polis": _("Polis’s published algorithm"), "default": _("opinion groups with bridging and stability")}
    pattern = _("%(mode)s, version %(version)s; seed %(seed)s; %(rounds)s repeats; 95 %% intervals")
    if not released.certainty.rounds:
        pattern = _("%(mode)s, version %(version)s; seed %(seed)s; 95 %% intervals")
    return pattern % {
        "mode": modes.get(released.mode, released.mode),
        "version": released.version,
        "seed": released.seed,
        "rounds": words.number(released.certainty.rounds),
    }


def _rests_on(released: Released) -> str:
    pattern = _("%(votes)s answers of %(people)s people to %(statements)s statements")
    votes, people, statements = map(words.number, (released.votes, released.participants, released.statements))
    return pattern % {"votes": votes, "people": people, "statements": statements}


def _days(conversation: ConversationFacts) -> tuple[Figure, ...]:
    first, last = conversation.opened_on, conversation.closed_on
    if first is None or last is None:
        return ()
    count = (last - first).days + 1
    return (
        Figure(
            words.span(first, last), ngettext("%(count)s day", "%(count)s days", count) % {"count": words.number(count)}
        ),
    )
