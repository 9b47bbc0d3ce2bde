"""The frame of the workspace, for the template that draws it."""

from typing import Any

from django import template

from decapolis.web.workspace import frame as frames

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context: dict[str, Any]) -> frames.Frame:
    """Give menus and breadcrumbs of the page that is asked for."""
    request = context["request"]
    known: frames.Frame | None = vars(request).get("frame")
    if known is None:  # three blocks of one page ask
        known = vars(request)["frame"] = frames.frame(request)
    return known
