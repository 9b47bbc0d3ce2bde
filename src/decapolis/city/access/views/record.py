"""The record of what was done, for those who check the city."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from decapolis.city.access.forms import RecordFilterForm
from decapolis.city.access.public import Permission, page, viewer_of
from decapolis.city.access.queries import told
from decapolis.city.audit.public import Filters, entries
from decapolis.plumbing.acting import Actor
from decapolis.plumbing.lists import Column, listing_before

COLUMNS = (
    Column("number", _("No."), is_number=True),
    Column("at", _("When (UTC)")),
    Column("by", _("Who")),
    Column("act", _("Act")),
    Column("subject", _("On what")),
    Column("outcome", _("Outcome")),
)


@page(access=Permission.READ_AUDIT)
def record(request: HttpRequest) -> HttpResponse:
    """Show the entries that are asked for, the newest first."""
    form = RecordFilterForm(request.GET)
    found = entries(viewer_of(request), _filters(form), before=form.chosen.get("before"))
    listing = listing_before(told(found.lines), found.older, COLUMNS, form)
    return render(request, "access/record.html", {"listing": listing})


def _filters(form: RecordFilterForm) -> Filters:
    """What narrows; a filter that cannot be read does not, and says so."""
    asked = form.chosen
    by = Actor("person", str(asked["account"])) if "account" in asked else None
    return Filters(asked.get("since"), asked.get("until"), by, asked.get("act", ""), outcome=asked.get("outcome", ""))
