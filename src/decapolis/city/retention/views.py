"""What is kept for how long, for everybody; times and holds, for who decides; certificates, for who checks."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from decapolis.city.access.public import Permission, actor_of, page, viewer_of
from decapolis.city.retention import actions, queries
from decapolis.city.retention.forms import HoldForm, PeriodForm
from decapolis.city.retention.papers import certificate_as_pdf
from decapolis.plumbing.answering import answered
from decapolis.plumbing.drafts.public import filled, sent
from decapolis.plumbing.lists import Column, listing_before, listing_of

RULES = (
    Column("what", _("What")),
    Column("becomes", _("What becomes of it")),
    Column("after", _("After"), is_number=True),
    Column("since", _("Counted from")),
)
DUE = Column("due", _("Due today"), is_number=True)
COLUMNS = (
    Column("number", _("No."), "pk", is_number=True),
    Column("day", _("Day"), "finished_on"),
    Column("count", _("How many"), is_number=True),
    Column("kinds", _("Of what")),
)


@page(open_because="how long a city keeps what, and what it holds back and why, is nobody's secret")
def what_is_kept(request: HttpRequest) -> HttpResponse:
    """Show every rule in words."""
    viewer = viewer_of(request)
    columns = (*RULES, DUE) if viewer.may(Permission.READ_RETENTION) else RULES
    listing = listing_before(queries.standings(viewer), None, columns)
    return render(request, "retention/what_is_kept.html", {"listing": listing})


@page(open_because="as the list: times, reasons and holds, without names")
def kept(request: HttpRequest, key: str) -> HttpResponse:
    """Show one rule, and what can be decided about it."""
    return _show(request, key)


@page(access=Permission.SET_RETENTION, posts=True)
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """Decide how long it is kept."""
    queries.standing(viewer_of(request), key)
    form = _period_form(request, key)

    def deed() -> HttpResponse:
        actions.decide_period(rule=key, by=actor_of(request), **form.cleaned_data)
        sent(request, f"period:{key}")
        return redirect("kept-for", key)

    return answered(form, deed) or _show(request, key, period=form)


@page(access=Permission.HOLD_RECORDS, posts=True)
def hold(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for a hold."""
    if queries.standing(viewer_of(request), key).rule.is_fixed:
        raise Http404
    form = _hold_form(request, key)

    def deed() -> HttpResponse:
        actions.ask_for_hold(wish=actions.Wish(rule=key, **form.cleaned_data), by=actor_of(request))
        sent(request, f"hold:{key}")
        return redirect("kept-for", key)

    return answered(form, deed) or _show(request, key, held=form)


@page(access=Permission.CONFIRM_HOLD, posts=True)
def confirm(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Confirm a hold that somebody else asked for."""
    _find_hold(request, key, number)
    try:
        actions.confirm_hold(hold=number, by=actor_of(request))
    except ValidationError as wrong:
        return _show(request, key, problems=wrong.messages)
    return redirect("kept-for", key)


@page(access=Permission.HOLD_RECORDS, posts=True)
def end(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """End a hold."""
    _find_hold(request, key, number)
    actions.end_hold(hold=number, by=actor_of(request))
    return redirect("kept-for", key)


@page(access=Permission.READ_RETENTION)
def certificates(request: HttpRequest) -> HttpResponse:
    """Show what went, purge by purge."""
    found = queries.certificates(viewer_of(request))
    listing = listing_of(request.GET, found, COLUMNS, dress=lambda rows: [queries.Proof.of(row) for row in rows])
    return render(request, "retention/certificates.html", {"listing": listing})


@page(access=Permission.READ_RETENTION)
def certificate(request: HttpRequest, number: int) -> HttpResponse:
    """Show what one purge erased."""
    return render(request, "retention/certificate.html", {"proof": queries.proof(viewer_of(request), number)})


@page(access=Permission.READ_RETENTION)
def certificate_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """The same as a document to file."""
    document = certificate_as_pdf(queries.proof(viewer_of(request), number))
    name = f"certificate-{number}.pdf"
    return HttpResponse(
        document, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _period_form(request: HttpRequest, key: str) -> PeriodForm:
    return filled(request, PeriodForm, f"period:{key}", auto_id="period_%s")


def _hold_form(request: HttpRequest, key: str) -> HoldForm:
    return filled(request, HoldForm, f"hold:{key}", auto_id="hold_%s")


def _find_hold(request: HttpRequest, key: str, number: int) -> None:
    """Make sure that this is posted, and for a hold of this rule that has not ended."""
    found = queries.standing(viewer_of(request), key).holds
    if request.method != "POST" or not any(each.pk == number for each in found):
        raise Http404


def _show(
    request: HttpRequest,
    key: str,
    *,
    period: PeriodForm | None = None,
    held: HoldForm | None = None,
    problems: list[str] | None = None,
) -> HttpResponse:
    viewer = viewer_of(request)
    may_decide, may_hold = viewer.may(Permission.SET_RETENTION), viewer.may(Permission.HOLD_RECORDS)
    shown = {
        "standing": queries.standing(viewer, key),
        "period_form": period or (_period_form(request, key) if may_decide else None),
        "hold_form": held or (_hold_form(request, key) if may_hold else None),
        "problems": problems,
        "may_confirm": viewer.may(Permission.CONFIRM_HOLD),
    }
    return render(request, "retention/kept.html", shown)
