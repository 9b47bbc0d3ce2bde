"""What was agreed to, for everybody; signing, for those who are asked; stopping and lifting, for the overseer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from decapolis.city.access.public import Permission, actor_of, page, viewer_of
from decapolis.city.gates import actions, queries
from decapolis.city.gates.forms import REFUSES, ReasonForm, SignatureForm
from decapolis.plumbing.answering import answered
from decapolis.plumbing.drafts.public import filled, sent


@page(open_because="what had to be signed, who refused and what is stopped is public, but for the names")
def agreements(request: HttpRequest) -> HttpResponse:
    """Show where every gate stands."""
    return render(request, "gates/agreements.html", {"gates": queries.listed(viewer_of(request))})


@page(open_because="as the list, with every signature and every stop there was")
def agreement(request: HttpRequest, subject: str) -> HttpResponse:
    """Show one gate and its history."""
    return _show(request, subject)


@page(access=Permission.SIGN, posts=True)
def sign(request: HttpRequest, subject: str, kind: str) -> HttpResponse:
    """Agree or refuse."""
    asked = queries.asked(viewer_of(request), subject, kind)
    form = filled(request, SignatureForm, f"sign:{subject}:{kind}")

    def deed() -> HttpResponse:
        given = dict(form.cleaned_data)
        act = actions.refuse if given.pop("answer") == REFUSES else actions.sign
        act(subject=subject, kind=asked.kind, finding=actions.Finding(**given), by=actor_of(request))
        sent(request, f"sign:{subject}:{kind}")
        return redirect("agreement", subject)

    shown = {"asked": asked, "form": form, "subject": subject}
    return answered(form, deed) or render(request, "gates/sign.html", shown)


@page(access=Permission.STOP, posts=True)
def stop(request: HttpRequest, subject: str) -> HttpResponse:
    """Stop it at once."""
    form = _reason_form(request, subject)

    def deed() -> HttpResponse:
        actions.stop(subject=subject, reason=form.cleaned_data["reason"], by=actor_of(request))
        sent(request, f"stop:{subject}")
        return redirect("agreement", subject)

    return answered(form, deed) or _show(request, subject, form)


@page(access=Permission.STOP, posts=True)
def lift(request: HttpRequest, subject: str) -> HttpResponse:
    """Let it go on."""
    found = queries.status(viewer_of(request), subject).stop
    if found is None or found.subject != subject:
        raise Http404
    form = _reason_form(request, subject)

    def deed() -> HttpResponse:
        actions.lift(stopped=found.pk, reason=form.cleaned_data["reason"], by=actor_of(request))
        sent(request, f"stop:{subject}")
        return redirect("agreement", subject)

    return answered(form, deed) or _show(request, subject, form)


def _reason_form(request: HttpRequest, subject: str) -> ReasonForm:
    return filled(request, ReasonForm, f"stop:{subject}")


def _show(request: HttpRequest, subject: str, form: ReasonForm | None = None) -> HttpResponse:
    viewer = viewer_of(request)
    shown = {
        "gate": queries.status(viewer, subject),
        "history": queries.history(viewer, subject),
        "form": form or (_reason_form(request, subject) if viewer.may(Permission.STOP) else None),
    }
    return render(request, "gates/agreement.html", shown)
