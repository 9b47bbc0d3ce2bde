"""Pages: the list of results, one result, and all its statements."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import conditional_page

from decapolis.city.access.public import ANYONE, page
from decapolis.plumbing.paging import page_of
from decapolis.understand.listening import queries
from decapolis.understand.listening.views import sheets
from decapolis.understand.listening.views.downloads import downloads, picture_note, read_result
from decapolis.understand.listening.views.statements import read_choice, statement_list

PUBLIC = "what was heard is given back to everybody who was asked; figures are released ones, and no person is in them"


@page(open_because=PUBLIC)
@conditional_page
def results(request: HttpRequest) -> HttpResponse:
    """List what was heard, latest first."""
    language = get_language() or ""
    found = page_of(queries.results(viewer=ANYONE, language=language), request.GET.get("page"))
    shown = queries.findings(viewer=ANYONE, slugs=[each.slug for each in found], language=language)
    cards = [sheets.result_card(each, shown[each.slug]) for each in found if each.slug in shown]
    return render(request, "listening/results.html", {"page": found, "cards": cards})


@page(open_because=PUBLIC)
@conditional_page
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one result: the sentence first, then the pictures, how sure they are, and how they were made."""
    found = read_result(slug)
    sheet, offered, note = sheets.result_sheet(found), downloads(found), picture_note(found)
    return render(request, "listening/result.html", {"sheet": sheet, "downloads": offered, "picture_note": note})


@page(open_because=PUBLIC)
@conditional_page
def statements(request: HttpRequest, slug: str) -> HttpResponse:
    """List all statements of a conversation with their shares."""
    found = read_result(slug)
    choice = read_choice(request.GET)
    listed = statement_list(found, choice, request.GET.get("page"))
    return render(request, "listening/statements.html", {"list": listed, "choice": choice})
