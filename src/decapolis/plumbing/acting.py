"""Acts: who does something, and the one frame in which anything may be written."""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Literal, ParamSpec, TypeVar

from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

P = ParamSpec("P")
R = TypeVar("R")

_open_acts: ContextVar[int] = ContextVar("open_acts", default=0)


@dataclass(frozen=True)
class Actor:
    """Who acts: a person with an account, a participant without one, a job, or the operator at the command line.

    `key` is the account's number, the job's name or empty; never a name, an address or a token.
    """

    kind: Literal["person", "participant", "job", "operator"]
    key: str = ""


OPERATOR = Actor("operator")


def is_acting() -> bool:
    """Whether an action is open here; the database refuses writes outside of one in tests."""
    return _open_acts.get() > 0


@contextmanager
def act() -> "Iterator[None]":
    """Open the frame of an action: one transaction, and the mark that writing is allowed."""
    mark = _open_acts.set(_open_acts.get() + 1)
    try:
        with transaction.atomic():
            yield
    finally:
        _open_acts.reset(mark)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function of an ``actions.py`` as the one place that writes: it runs in `act`.

    Its arguments are keyword-only and `by` names the `Actor`.
    """

    @wraps(function)
    def acting(*args: P.args, **kwargs: P.kwargs) -> R:
        with act():
            return function(*args, **kwargs)

    return acting
