"""Who may do what: marks on pages, and the question every action asks."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase

from decapolis.plumbing.acting import Actor

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Permission(StrEnum):
    """Everything that may be allowed. The database stores the value, never a Python path."""

    IMPORT_CONVERSATION = "listening.import"
    ANALYSE_CONVERSATION = "listening.analyse"


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


def require(by: Actor, permission: Permission) -> None:
    """Refuse unless `by` holds `permission`.

    The operator at the command line and jobs hold all of them: they have the machine. Accounts hold none before
    memberships exist.
    """
    if by.kind not in ("operator", "job"):
        raise PermissionDenied(permission.value)
