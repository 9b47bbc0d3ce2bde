"""The list of conversations for those who analyse them: how each stands, and "compute again"."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from decapolis.city.access.public import Permission, actor_of, page, viewer_of
from decapolis.plumbing.acting import Actor
from decapolis.plumbing.jobs.public import latest_of
from decapolis.understand.listening import queries

PAGE_SIZE = 50


@page(access=Permission.ANALYSE_CONVERSATION)
def analyses(request: HttpRequest) -> HttpResponse:
    """List the conversations with the state of their analyses."""
    found = Paginator(queries.kept(viewer_of(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    jobs = latest_of("listening.analyse", "conversation", [each.pk for each in found])
    rows = [(each, jobs.get(each.pk)) for each in found]
    is_working = any(job.is_open for job in jobs.values())
    return render(request, "listening/analyses.html", {"page": found, "rows": rows, "is_working": is_working})


@page(access=Permission.ANALYSE_CONVERSATION, posts=True)
def compute(request: HttpRequest, number: int) -> HttpResponse:
    """Have a conversation analysed; where it has a result, another takes its place."""
    from decapolis.understand.listening.actions import conversations as actions  # noqa: PLC0415  # scipy is for workers, not for every page

    found = queries.kept_row(viewer_of(request), number)

    def ask(by: Actor) -> None:
        actions.ask_for_analysis(conversation=found, by=by, again="again" in request.POST)

    return _do(request, ask)


@page(access=Permission.ANALYSE_CONVERSATION, posts=True)
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """End an analysis that waits or runs."""
    from decapolis.understand.listening.actions import conversations as actions  # noqa: PLC0415  # as above

    found = queries.kept_row(viewer_of(request), number)
    return _do(request, lambda by: actions.stop_analysis(conversation=found, by=by))


def _do(request: HttpRequest, deed: Callable[[Actor], None]) -> HttpResponse:
    if request.method != "POST":
        raise Http404
    deed(actor_of(request))
    return redirect("listening:analyses")
