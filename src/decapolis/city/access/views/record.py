"""The record of what was done, for those who check the city."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from decapolis.city.access.forms import RecordFilterForm
from decapolis.city.access.public import Permission, page, viewer_of
from decapolis.city.access.queries import names_in
from decapolis.city.audit.public import Filters, entries
from decapolis.plumbing.acting import Actor


@page(access=Permission.READ_AUDIT)
def record(request: HttpRequest) -> HttpResponse:
    """Show the entries that are asked for, the newest first."""
    form = RecordFilterForm(request.GET)
    found = entries(viewer_of(request), _filters(form), before=form.cleaned_data.get("before"))
    shown = {"form": form, "page": found, "lines": names_in(found.lines), "number": len(found.lines)}
    return render(request, "access/record.html", shown)


def _filters(form: RecordFilterForm) -> Filters:
    """What narrows; a filter that cannot be read does not, and says so."""
    form.is_valid()
    asked = form.cleaned_data
    by = Actor("person", str(asked["account"])) if asked.get("account") else None
    return Filters(asked.get("since"), asked.get("until"), by, asked.get("act", ""), outcome=asked.get("outcome", ""))
