"""A line of log for each request: the page by its name, the answer, how long. Never who, never the address."""

import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponseBase

log = structlog.get_logger("decapolis.web.requests")


class RequestLog:
    """Middleware: gives each request a random id, which the answer carries too, and logs its end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say so in the log."""
        identifier = uuid.uuid4().hex
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request=identifier):
            response = self.get_response(request)
            milliseconds = round((time.perf_counter() - started) * 1000, 1)
            log.info("request", route=route_of(request), status=response.status_code, milliseconds=milliseconds)
        response.headers["X-Request-Id"] = identifier
        return response


def route_of(request: HttpRequest) -> str:
    """Name of the page that answered; a dash where none did (files, wrong addresses)."""
    match = request.resolver_match
    return match.view_name or match._func_path if match else "-"  # noqa: SLF001  # the only name of a view without one
