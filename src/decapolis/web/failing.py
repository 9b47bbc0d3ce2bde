"""Pages of failures: what happened, what was kept, what to do, in the look and the language of the rest."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext_lazy as _
from django.views.defaults import server_error

from decapolis.plumbing.drafts.public import Rescued, rescue


@dataclass(frozen=True)
class Failed:
    """What a page of a failure says: what happened, and what to do."""

    title: str | Promise
    what: str | Promise


FAILED = {
    400: Failed(
        _("We could not read that request"),
        _(
            "Something in the address or the form was not as it should be. Nothing was changed. "
            "Go back and try once more."
        ),
    ),
    403: Failed(
        _("This form was open too long"),
        _(
            "We could not be sure that it came from you. Nothing was changed. "
            "Open the form again and send it once more."
        ),
    ),
    404: Failed(
        _("There is no such page"),
        _("The address may be wrong, or the page was taken away, or it is not open to you."),
    ),
    405: Failed(
        _("This page cannot be used in that way"),
        _("It can be read, or a form of it be sent, but not what was tried. Nothing was changed."),
    ),
    413: Failed(
        _("That was too large"),
        _(
            "It was not read, and nothing was changed. Go back in your browser: what you typed is still there. "
            "Make it shorter, or choose a smaller file."
        ),
    ),
    429: Failed(
        _("Too many attempts"),
        _("To keep others from guessing, we wait a little. Nothing was changed. Try again in some minutes."),
    ),
    500: Failed(
        _("Something went wrong on our side"),
        _("What you did was not done. Try again in a minute. If it happens again, tell the office named at the top."),
    ),
    503: Failed(
        _("We are busy, or being looked after"),
        _("What you did was not done. Try again in a minute."),
    ),
}


def answer(request: HttpRequest, code: int, rescued: Rescued | None = None) -> HttpResponse:
    """Answer with the page of a failure; what was typed into a form is kept as well as it can be."""
    shown = {"failed": FAILED[code], "rescued": rescued or rescue(request)}
    return render(request, "web/failed.html", shown, status=code)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read."""
    del exception
    return answer(request, 400)


def not_open(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what is not open as what is not there."""
    return not_found(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere."""
    del exception
    return answer(request, 404)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or too old: it may not be ours."""
    del reason
    return answer(request, 403)


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer a request that is not read, before its language is known from anything but its address."""
    with override(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
        return answer(request, 413, Rescued())


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer whoever tried too often."""
    return answer(request, 429)


def server_fault(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours; where even that fails, by a page that needs nothing but itself."""
    code = 503 if isinstance(sys.exc_info()[1], OperationalError) else 500
    try:
        return answer(request, code)
    except Exception:  # noqa: BLE001  # the last edge: whatever is broken, there is an answer
        return server_error(request)


class ErrorPages:
    """Middleware: gives a page to refusals that Django answers without one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        page = answer(request, 405)
        page.headers["Allow"] = response.headers["Allow"]
        return page
