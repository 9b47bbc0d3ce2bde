"""What other parts may use of access: marks on pages, the question every action asks, who reads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from django.http import HttpResponseBase

from decapolis.city.access.permissions import Permission
from decapolis.city.access.queries import Holders, holders, may, require

__all__ = ["ANYONE", "Access", "Holders", "Permission", "Viewer", "holders", "may", "page", "require"]

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True)
class Access:
    """How a page is reached: with a permission, or openly, with the reason why it is open."""

    permission: Permission | None
    open_because: str


@dataclass(frozen=True)
class Viewer:
    """Who reads: every function of a ``queries.py`` takes one and returns only what it may see."""

    kind: Literal["anyone", "operator"]


ANYONE = Viewer("anyone")


def page(*, access: Permission | None = None, open_because: str = "") -> Callable[[View], View]:
    """Mark a view with how it is reached. A view without this mark fails the architecture tests."""
    if (access is None) == (not open_because):
        raise ValueError("A page has either access= or open_because=, and not both.")

    def mark(view: View) -> View:
        view.access = Access(access, open_because)  # type: ignore[attr-defined]  # a view carries its own mark
        return view

    return mark
