"""What the examples on the page of components show: made up, said by nobody."""

from datetime import UTC, date, datetime, timedelta

from django import forms
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from decapolis.plumbing.charts.clouds import Cloud, plane
from decapolis.plumbing.charts.strips import Reading, bar, lanes
from decapolis.plumbing.decisions import Decision, Dissent
from decapolis.plumbing.drafts.public import Answered, FormDraft, Step, TaskInSteps
from decapolis.plumbing.jobs.models import State
from decapolis.plumbing.jobs.public import JobProgress
from decapolis.plumbing.lists import Column, FilterForm, Heading, Listing
from decapolis.plumbing.records import Deed, Section, sections_of

QUAY = {"text": _("The quay needs light."), "language": ""}
BUS = {"text": _("The last bus leaves too early."), "language": ""}
CIRCLE = ((0.0, 0.0), (3.0, 0.0), (4.0, 2.0), (3.0, 4.0), (0.0, 4.0), (-1.0, 2.0))


DEEDS = (
    Deed(_("Add evidence"), "#"),
    Deed(_("Change the wording"), why=_("After 14 days, in which those concerned may reply.")),
    Deed(_("Withdraw it"), why=_("Only the council can.")),
)
STEP = Step("what", _("What did you notice?"), ("what",))
SECTIONS = tuple(
    Section(key, label, "web/_sample_section.html")
    for key, label in (
        ("facts", _("Facts")),
        ("evidence", _("Evidence")),
        ("decision", _("Decision")),
        ("money", _("Money")),
        ("partners", _("Partners")),
        ("results", _("Results")),
    )
)


class PlaceFilterForm(FilterForm):
    """Filters of the example of a list."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("all")), ("inside", _("inside")), ("outside", _("outside"))]
    )


class SignalForm(forms.Form):
    """The example of a form: every kind of field, two of them wrong. It is for show, and does not ask for the focus."""

    is_for_show = True

    what = forms.CharField(
        label=_("What did you notice?"),
        help_text=_("Two or three sentences. What happens between people, never who they are."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    how = forms.ChoiceField(
        label=_("How do you know?"),
        choices=[("seen", _("I saw it")), ("told", _("Somebody it happened to told me"))],
        widget=forms.RadioSelect,
    )
    where = forms.ChoiceField(label=_("Where?"), choices=[("", _("Choose one")), ("mill", _("Mill Street"))])
    when = forms.DateField(label=_("When?"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    again = forms.BooleanField(label=_("It happened before"), required=False)


def samples() -> dict[str, object]:
    """Everything that the examples name."""
    return {
        "quay": QUAY,
        "shares": _shares(),
        "divided": _divided(),
        "numbers": {
            "head": ("%", "n"),
            "rows": ({"text": QUAY, "cells": (88, 571)}, {"text": BUS, "cells": (79, 544)}),
        },
        "map": {
            "plane": plane([_cloud("a", 0.0), _cloud("b", 9.0)]),
            "title": _("Opinion map"),
            "description": _("Two groups beside each other."),
        },
        "many": _many(),
        "panes": {pane: _own(pane) for pane in ("day", "night", "rtl")},
        "deeds": DEEDS,
        "job": _job(),
        "decision": Decision(
            chosen=_("Keep existing places open longer"),
            reason=_("94 of 386 contributions asked for places that exist already."),
            by=_("the prevention group"),
            on=date(2026, 4, 21),
            others=(_("One new youth house on the quay"),),
            evidence=(_("School survey, January 2026"),),
            dissent=(Dissent(_("Without an evening bus it helps those who live next door."), _("a member")),),
        ),
        "draft": FormDraft("", date(2026, 11, 9)),
        "sections": sections_of(QueryDict(), SECTIONS),
    }


def _shares() -> tuple[dict[str, object], ...]:
    readings = ((QUAY, Reading(88, 85, 91), "88 %", "n 571"), (BUS, Reading(None, 71, 84), "71–84 %", "n 19"))
    return tuple(
        {"text": text, "bar": bar(reading), "share": share, "answer": _("agree"), "details": (count,)}
        for text, reading, share, count in readings
    )


def _divided() -> tuple[dict[str, object], ...]:
    entries = ({"voice": "a", "name": "A", "share": "28 %"}, {"voice": "b", "name": "B", "share": "81 %"})
    strip = lanes([("a", Reading(28, 22, 34)), ("b", Reading(81, 75, 87))])
    return ({"text": BUS, "lanes": strip, "entries": entries, "details": ("n 229, 168",)},)


def _cloud(voice: str, across: float) -> Cloud:
    def move(scale: float) -> tuple[tuple[float, float], ...]:
        return tuple((across + 1.5 + scale * (x - 1.5), 2 + scale * (y - 2)) for x, y in CIRCLE)

    return Cloud(voice, voice.upper(), move(0.6), move(1.0), move(1.3))


def _many() -> Page[int]:
    return Paginator(range(1000), 50).page(6)


def _own(pane: str) -> dict[str, object]:
    """What each pane has of its own, so that no two fields of the page have one id."""
    given = {f"{pane}-form-how": "seen", f"{pane}-form-when": "2026-11-09"}
    return {
        "form": SignalForm(given, prefix=f"{pane}-form"),
        "field": SignalForm(prefix=f"{pane}-field"),
        "step": TaskInSteps(_asking(f"{pane}-step"), 2, 4, STEP, back="#"),
        "check": TaskInSteps(_asking(f"{pane}-check"), 4, 4, back="#", answered=(_answered(),)),
        "list": _places(f"{pane}-list-%s"),
        "filters": _places(f"{pane}-filters-%s"),
    }


def _asking(prefix: str) -> SignalForm:
    form = SignalForm(prefix=prefix)
    form.fields = {name: form.fields[name] for name in STEP.fields}
    return form


def _answered() -> Answered:
    return Answered(STEP, ((_("In a few words"), _("The quay needs light.")),), "#")


def _places(auto_id: str) -> Listing[dict[str, object]]:
    columns = (Column("name", _("Place")), Column("seats", _("Seats"), is_number=True))
    headings = (
        Heading(columns[0].label, is_number=False, sort="-name", direction="ascending"),
        Heading(columns[1].label, is_number=True, sort="seats", direction=""),
    )
    rows = ({"name": _("The mill"), "seats": 40}, {"name": _("The quay"), "seats": 1200})
    page = Paginator(rows, 50).page(1)
    return Listing(rows, columns, headings, PlaceFilterForm(QueryDict("kind=inside"), auto_id=auto_id), "name", page)


def _job() -> JobProgress:
    began = datetime(2026, 11, 9, 12, tzinfo=UTC)
    facts = {"job": 1, "name": "example", "state": State.RUNNING, "enqueued_at": began, "not_before": began}
    times = {"started_at": began, "finished_at": None, "left": timedelta(minutes=2)}
    done = {"failures": 0, "doing": _("Reading the answers"), "done": 60, "total": 100, "is_cancel_asked": False}
    return JobProgress(**facts, **times, **done)  # type: ignore[arg-type]  # one dict holds several types
