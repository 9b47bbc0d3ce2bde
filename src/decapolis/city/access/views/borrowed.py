"""Views of allauth in templates of ours. None is mounted as it is: each stands behind a page with its own mark."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.views import View

Answer = Callable[..., HttpResponseBase]


def borrowed(view: type[View], template: str, **options: Any) -> Answer:  # noqa: ANN401  # whatever the view takes
    """Make a function of a view of allauth, drawn by ``access/<template>.html``."""
    return view.as_view(template_name=f"access/{template}.html", **options)
