"""Pages for those who took part: what they said, their code, coming back with it, taking everything back."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from decapolis.city.access.public import page
from decapolis.plumbing import clock, tokens
from decapolis.understand.listening.actions import answers
from decapolis.understand.listening.actions.answers import Voice
from decapolis.understand.listening.forms import CodeForm
from decapolis.understand.listening.queries import Asked
from decapolis.understand.listening.views.participants import (
    RESIDENT,
    forget,
    from_own_pages,
    is_within,
    remember,
    voice_of,
)
from decapolis.understand.listening.views.taking_part import OPEN, STATUS, VALUES, Outcome, keep, number_in, read_asked

TRIES = 20
"""So many codes may be tried from one place in ten minutes."""
SAID = {value: name for name, value in VALUES.items()}


@from_own_pages
@page(open_because=OPEN)
def receipt(request: HttpRequest, slug: str) -> HttpResponse:
    """Thank somebody, give them their code, and say what happens with their answers."""
    asked, voice = _who(request, slug)
    given = answers.answers_of(voice=voice, by=RESIDENT) if voice else {}
    proposals = answers.proposals_of(voice=voice, by=RESIDENT) if voice else []
    code = tokens.written_code(voice.code) if voice and (given or proposals) else ""
    context = {"asked": asked, "answered": len(given), "proposed": len(proposals), "code": code}
    return render(request, "listening/receipt.html", context | {"stage": asked.stage(clock.today())})


@from_own_pages
@page(open_because=OPEN, posts=True)
def own_answers(request: HttpRequest, slug: str) -> HttpResponse:
    """Show somebody what they said, and let them change it while the conversation is open."""
    asked, voice = _who(request, slug)
    outcome: Outcome | None = None
    if request.method == "POST" and voice:
        number, said = number_in(request.POST.get("statement", "")), request.POST.get("answer", "")
        known = number is not None and said in VALUES
        outcome = keep(request, asked, voice, statement=number or 0, value=VALUES[said]) if known else "unclear"
        if outcome == "kept":
            return redirect(f"{request.path}#s{number}")
    given = answers.answers_of(voice=voice, by=RESIDENT) if voice else {}
    context = {
        "asked": asked,
        "stage": asked.stage(clock.today()),
        "rows": [
            (asked.statements[number], SAID[given[number]]) for number in sorted(given) if number in asked.statements
        ],
        "gone": len(given.keys() - asked.statements.keys()),
        "proposals": answers.proposals_of(voice=voice, by=RESIDENT) if voice else [],
        "outcome": outcome,
    }
    return render(request, "listening/own_answers.html", context, status=STATUS[outcome] if outcome else HTTPStatus.OK)


@from_own_pages
@page(open_because=OPEN, posts=True)
def come_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody go on with their code, on this device too."""
    asked = read_asked(slug)
    form = CodeForm(request.POST or None)
    is_crowded = request.method == "POST" and not is_within("codes", request, most=TRIES, seconds=600)
    if form.is_valid() and not is_crowded:
        voice = _by_code(asked, form.cleaned_data["code"])
        if voice:
            response: HttpResponse = redirect("listening:own-answers", slug=slug)
            remember(response, voice)
            return response
        form.add_error("code", _("We find no answers with this code in this conversation. Look at each letter again."))
    status = HTTPStatus.TOO_MANY_REQUESTS if is_crowded else HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    context = {"asked": asked, "form": form, "is_crowded": is_crowded}
    return render(request, "listening/come_back.html", context, status=status)


@from_own_pages
@page(open_because=OPEN, posts=True)
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask whether somebody means it, then delete everything that they said."""
    asked, voice = _who(request, slug)
    if request.method == "POST" and voice:
        answers.take_everything_back(voice=voice, by=RESIDENT)
        response = redirect(f"{reverse('listening:take-back', args=[slug])}?done=1")
        forget(response, asked.key)
        return response
    given = answers.answers_of(voice=voice, by=RESIDENT) if voice else {}
    proposals = answers.proposals_of(voice=voice, by=RESIDENT) if voice else []
    context = {"asked": asked, "answered": len(given), "proposed": len(proposals), "is_done": "done" in request.GET}
    return render(request, "listening/take_back.html", context)


@from_own_pages
@page(open_because=OPEN, posts=True)
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Make this device forget who took part; the answers stay, and the code finds them."""
    if request.method != "POST":
        raise Http404
    response = redirect("listening:come-back", slug=slug)
    forget(response, read_asked(slug).key)
    return response


def _who(request: HttpRequest, slug: str) -> tuple[Asked, Voice | None]:
    asked = read_asked(slug)
    return asked, voice_of(request, asked.key)


def _by_code(asked: Asked, typed: str) -> Voice | None:
    code = tokens.read_code(typed)
    return answers.voice_of_code(conversation=asked.key, code=code, by=RESIDENT) if code else None
