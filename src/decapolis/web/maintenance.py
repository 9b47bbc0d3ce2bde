"""The page of maintenance: in the look and the languages of the city, without asking the database anything."""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, get_language_info, override

from decapolis.city.appearance.public import city_name, published
from decapolis.plumbing.maintenance import Maintenance, current

PASSING = re.compile(r"(/\w+)?/appearance/\w+\.css")
"""What the page itself needs: the colours of the city. Files of the theme are answered before this."""


class MaintenanceDoor:
    """Middleware: as long as somebody works on the site, answers every page with why and until when."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or say what is being done."""
        work = current(settings.DATA)
        if work is None or PASSING.fullmatch(request.path):
            return self.get_response(request)
        response = _told(request, work)
        response.headers["Retry-After"] = str(work.retry_after)
        response.headers["Cache-Control"] = "no-store"
        return response


def _told(request: HttpRequest, work: Maintenance) -> HttpResponse:
    """Answer of one word to the monitor, of one page to everybody else."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    if request.path == "/healthz":
        return HttpResponse("maintenance\n", status=status, content_type="text/plain")
    language = get_language_from_path(request.path) or settings.LANGUAGE_CODE
    with override(language):
        shown = {
            "work": work,
            "city": city_name(),
            "look": published(),
            "language": language,
            "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
            "languages": [each for each in settings.LANGUAGES if published().offers(each[0])],
        }
        return HttpResponse(render_to_string("maintenance.html", shown), status=status)
