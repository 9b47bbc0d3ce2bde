"""Pages on which residents answer: the list of open conversations, one statement after the other, a proposal."""

from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from decapolis.city.access.public import ANYONE, page
from decapolis.plumbing import clock
from decapolis.understand.listening import queries
from decapolis.understand.listening.actions import answers
from decapolis.understand.listening.actions.answers import Answer, Voice
from decapolis.understand.listening.forms import ProposalForm
from decapolis.understand.listening.queries import Asked, AskedStatement
from decapolis.understand.listening.views.participants import (
    RESIDENT,
    chance_of,
    draw_next,
    from_own_pages,
    is_within,
    new_voice,
    remember,
    voice_of,
)

OPEN = "everybody may answer what the city asks, without an account; each sees their own answers alone"
VALUES = {"agree": 1, "disagree": -1, "pass": 0}
MOST_SKIPPED = 50
NEWCOMERS, PROPOSALS = 600, 60
"""So many people who answer for the first time, and so many proposals, come from a place in a minute: a school fits."""

Outcome = Literal["kept", "skipped", "closed", "gone", "crowded", "storage", "cookie", "unclear"]
STATUS: dict[Outcome, HTTPStatus] = {
    "kept": HTTPStatus.OK,
    "skipped": HTTPStatus.OK,
    "closed": HTTPStatus.CONFLICT,
    "gone": HTTPStatus.CONFLICT,
    "crowded": HTTPStatus.TOO_MANY_REQUESTS,
    "storage": HTTPStatus.SERVICE_UNAVAILABLE,
    "cookie": HTTPStatus.CONFLICT,
    "unclear": HTTPStatus.BAD_REQUEST,
}
log = structlog.get_logger("decapolis.understand.listening")


@dataclass(frozen=True)
class Turn:
    """What is on the screen: the statement, if one is left, how many were answered, and how the last answer went."""

    address: str
    stage: str
    statement: AskedStatement | None
    draw: str
    answered: int
    skipped: Collection[int]
    outcome: Outcome | None = None

    @property
    def is_next(self) -> bool:
        """Whether something was done before, so that the reader's place is at the statement."""
        return self.outcome is not None


@page(open_because=OPEN)
def conversations(request: HttpRequest) -> HttpResponse:
    """List what can be answered today."""
    found = queries.open_conversations(viewer=ANYONE, language=get_language() or "", day=clock.today())
    return render(request, "listening/conversations.html", {"conversations": found})


@from_own_pages
@page(open_because=OPEN, posts=True)
def take_part(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask one statement, keep the answer, ask the next."""
    asked = read_asked(slug)
    voice = voice_of(request, asked.key)
    if request.method == "POST":
        return _answer(request, asked, voice)
    voice = voice or new_voice(asked.key)
    return _shown(request, asked, voice, None)


@from_own_pages
@page(open_because=OPEN, posts=True)
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a statement in somebody's own words; a moderator reads it before anybody else does."""
    asked = read_asked(slug)
    voice = voice_of(request, asked.key) or new_voice(asked.key)
    form = ProposalForm(request.POST or None, longest=asked.longest_statement)
    outcome: Outcome | None = None
    if form.is_valid():
        outcome = _proposed(request, asked, voice, form.cleaned_data["text"])
        if outcome == "kept":
            response: HttpResponse = redirect(f"{reverse('listening:take-part', args=[slug])}?sent=1")
            remember(response, voice)
            return response
    context = {"asked": asked, "form": form, "outcome": outcome, "stage": asked.stage(clock.today())}
    status = STATUS[outcome] if outcome else HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "listening/propose.html", context, status=status)


def read_asked(slug: str, *, anew: bool = False) -> Asked:
    """What a conversation asks, in the reader's language."""
    return queries.asked(viewer=ANYONE, slug=slug, language=get_language() or "", anew=anew)


def keep(request: HttpRequest, asked: Asked, voice: Voice, *, statement: int, value: int) -> Outcome:
    """Keep an answer, or say why it was not kept."""
    given = Answer(statement, value, chance_of(request.POST.get("draw", ""), voice, statement))
    try:
        if answers.give_answer(voice=voice, answer=given, by=RESIDENT):
            return "kept"
        if not is_within("newcomers", request, most=NEWCOMERS, seconds=60):
            return "crowded"
        if answers.give_first_answer(voice=voice, answer=given, by=RESIDENT):
            return "kept"
    except DatabaseError:
        log.exception("an answer was not kept", conversation=asked.key)
        return "storage"
    return "gone" if read_asked(asked.facts.slug, anew=True).stage(clock.today()) == "open" else "closed"


def _answer(request: HttpRequest, asked: Asked, voice: Voice | None) -> HttpResponse:
    number, said = number_in(request.POST.get("statement", "")), request.POST.get("answer", "")
    outcome: Outcome
    if voice is None:
        outcome = "cookie"
    elif number is None or said not in (*VALUES, "skip"):
        outcome = "unclear"
    elif said == "skip":
        outcome = "skipped"
    else:
        outcome = keep(request, asked, voice, statement=number, value=VALUES[said])
    if outcome == "kept":
        _want_result(asked)
    skipped = _skipped(request) | ({number} if outcome == "skipped" and number is not None else set())
    if outcome in ("kept", "skipped") and "HX-Request" not in request.headers:
        more = urlencode([("skipped", each) for each in sorted(skipped)] + [("then", "1")])
        return redirect(f"{request.path}?{more}#asking")
    return _shown(request, asked, voice or new_voice(asked.key), outcome, skipped)


def _shown(
    request: HttpRequest, asked: Asked, voice: Voice, outcome: Outcome | None, skipped: Collection[int] = ()
) -> HttpResponse:
    """Answer with the next statement: the part alone where htmx asks, else the page."""
    if outcome in ("closed", "gone"):
        asked = read_asked(asked.facts.slug)
    outcome = outcome or ("kept" if "then" in request.GET else None)
    turn = _turn(request, asked, voice, outcome, skipped or _skipped(request))
    status = STATUS[outcome] if outcome else HTTPStatus.OK
    if "HX-Request" in request.headers:
        response = HttpResponse(render_to_string("listening/_asking.html", {"turn": turn}), status=status)
    else:
        form = ProposalForm(longest=asked.longest_statement)
        context = {"asked": asked, "turn": turn, "form": form, "is_sent": "sent" in request.GET}
        response = render(request, "listening/take_part.html", context, status=status)
    remember(response, voice)
    return response


def _turn(request: HttpRequest, asked: Asked, voice: Voice, outcome: Outcome | None, skipped: Collection[int]) -> Turn:
    stage = asked.stage(clock.today())
    given: Collection[int] = answers.answers_of(voice=voice, by=RESIDENT) if stage != "soon" else ()
    found = None
    if stage == "open":
        found = draw_next(asked, voice, without={*given, *skipped}) or draw_next(asked, voice, without=given)
    statement, draw = found or (None, "")
    return Turn(request.path, stage, statement, draw, len(given), skipped, outcome)


def _proposed(request: HttpRequest, asked: Asked, voice: Voice, text: str) -> Outcome:
    if not is_within("proposals", request, most=PROPOSALS, seconds=60):
        return "crowded"
    try:
        language = get_language() or asked.facts.original_language
        is_kept = answers.propose_statement(voice=voice, text=text, language=language, by=RESIDENT)
    except DatabaseError:
        log.exception("a proposal was not kept", conversation=asked.key)
        return "storage"
    return "kept" if is_kept else "closed"


def _want_result(asked: Asked) -> None:
    """Have the result made anew; an answer that is kept stays kept where that cannot be asked for just now."""
    try:
        answers.ask_for_result(conversation=asked.key, by=RESIDENT)
    except DatabaseError:
        log.warning("a result could not be asked for", conversation=asked.key, exc_info=True)


def _skipped(request: HttpRequest) -> set[int]:
    given = (request.POST if request.method == "POST" else request.GET).getlist("skipped")[:MOST_SKIPPED]
    return {number for number in map(number_in, given) if number is not None}


def number_in(text: str) -> int | None:
    """Number of a statement as a form gives it."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
