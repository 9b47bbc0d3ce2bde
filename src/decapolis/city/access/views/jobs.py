"""The work that goes on behind the pages, for those who look after the machine: no arguments, nobody's words."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from decapolis.city.access import actions
from decapolis.city.access.public import Permission, actor_of, page
from decapolis.plumbing.acting import Actor
from decapolis.plumbing.jobs.public import State, ended, planned, progress_of, waiting, workers

ENDS = (State.DONE, State.FAILED, State.CANCELLED)
SHOWN = 50


@page(access=Permission.KEEP_INSTALLATION)
def jobs(request: HttpRequest) -> HttpResponse:
    """Show what runs and waits, what ended and how, what is planned, and whether workers are alive."""
    state = next((each for each in ENDS if each == request.GET.get("state")), None)
    health = workers()
    shown = {"open": waiting(SHOWN), "ended": ended(SHOWN, state), "planned": planned(), "workers": health}
    is_working = any(each.is_alive for each in health)
    return render(request, "access/jobs.html", {**shown, "state": state, "ends": ENDS, "is_working": is_working})


@page(access=Permission.KEEP_INSTALLATION, posts=True)
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """End a job that waits or runs."""
    return _do(request, number, lambda by: actions.cancel_job(job=number, by=by))


@page(access=Permission.KEEP_INSTALLATION, posts=True)
def retry(request: HttpRequest, number: int) -> HttpResponse:
    """Try a job again that was not done."""
    return _do(request, number, lambda by: actions.retry_job(job=number, by=by))


def _do(request: HttpRequest, number: int, deed: Callable[[Actor], None]) -> HttpResponse:
    if request.method != "POST" or progress_of(number) is None:
        raise Http404
    deed(actor_of(request))
    return redirect("jobs")
