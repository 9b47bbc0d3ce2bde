"""The home of signed-in people, and its pages: all tasks, all changes, search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from decapolis.city.access.public import Permission, page, viewer_of
from decapolis.plumbing import clock
from decapolis.plumbing.paging import page_of
from decapolis.web.workspace.changes import changes
from decapolis.web.workspace.searching import search
from decapolis.web.workspace.standings import by_part, ring, stands
from decapolis.web.workspace.tasks import tasks

AT_HOME = 5
"""Tasks and changes that the home shows."""


@page(access=Permission.WORKSPACE)
def home(request: HttpRequest) -> HttpResponse:
    """Show where the city stands, what waits for the viewer, and what changed."""
    viewer = viewer_of(request)
    standing, waiting, changed = stands(viewer), tasks(viewer), changes(viewer)
    shown = {
        "today": clock.today(),
        "ring": ring(standing),
        "parts": by_part(standing),
        "usable": sum(each.step.stands for each in standing),
        "needing": next((each for each in standing if each.standing.state == "needs"), None),
        "tasks": waiting[:AT_HOME],
        "all_tasks": len(waiting),
        "changes": changed[:AT_HOME],
        "all_changes": len(changed),
    }
    return render(request, "web/workspace/home.html", shown)


@page(access=Permission.WORKSPACE)
def all_tasks(request: HttpRequest) -> HttpResponse:
    """Show all that waits for the viewer."""
    found = page_of(tasks(viewer_of(request)), request.GET.get("page"))
    return render(request, "web/workspace/tasks.html", {"page": found})


@page(access=Permission.WORKSPACE)
def all_changes(request: HttpRequest) -> HttpResponse:
    """Show all that changed in the last fourteen days."""
    found = page_of(changes(viewer_of(request)), request.GET.get("page"))
    return render(request, "web/workspace/changes.html", {"page": found})


@page(access=Permission.WORKSPACE)
def find(request: HttpRequest) -> HttpResponse:
    """Show what a search finds."""
    return render(
        request, "web/workspace/search.html", {"answer": search(viewer_of(request), request.GET.get("q", ""))}
    )
