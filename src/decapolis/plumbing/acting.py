"""Acts: who does something, and the one frame in which anything may be written."""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Literal, ParamSpec, Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

P = ParamSpec("P")
R = TypeVar("R")

Kind = Literal["person", "participant", "job", "operator"]

_open_acts: ContextVar[int] = ContextVar("open_acts", default=0)


@dataclass(frozen=True)
class Actor:
    """Who acts: a person with an account, a participant without one, a job, or the operator at the command line.

    `key` is the account's number, the job's name or empty; never a name, an address or a token.
    """

    kind: Kind
    key: str = ""


OPERATOR = Actor("operator")


class DenialListener(Protocol):
    """What is told of a denial."""

    def __call__(self, *, by: Actor, act: str) -> None:
        """Take note that `by` was refused `act`."""


_denial_listeners: list[DenialListener] = []


def on_denial(listener: DenialListener) -> None:
    """Have `listener` called for each denied act, after all that the act wrote was rolled back."""
    _denial_listeners.append(listener)


def is_acting() -> bool:
    """Whether an action is open here; the database refuses writes outside of one in tests."""
    return _open_acts.get() > 0


@contextmanager
def act() -> "Iterator[None]":
    """Open the frame of an action: one transaction, and the mark that writing is allowed."""
    with act_at_once(), transaction.atomic():
        yield


@contextmanager
def act_at_once() -> "Iterator[None]":
    """Open the frame of an act that is one statement of SQL: a transaction by itself, so that none is begun for it."""
    mark = _open_acts.set(_open_acts.get() + 1)
    try:
        yield
    finally:
        _open_acts.reset(mark)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function of an ``actions.py`` as the one place that writes: it runs in `act`.

    Its arguments are keyword-only and `by` names the `Actor`. A denial ends the outermost act, which is then told of.
    """

    @wraps(function)
    def acting(*args: P.args, **kwargs: P.kwargs) -> R:
        if is_acting():
            return _run(function, *args, **kwargs)
        try:
            return _run(function, *args, **kwargs)
        except PermissionDenied:
            _tell_of_denial(kwargs.get("by"), name_of_act(function))
            raise

    return acting


def name_of_act(function: Callable[..., object]) -> str:
    """Name under which an action is recorded: its step or noun and its own, like ``listening.import_conversation``."""
    return f"{function.__module__.partition('.actions')[0].rpartition('.')[2]}.{function.__name__}"


def _run(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    with act():
        return function(*args, **kwargs)


def _tell_of_denial(by: object, name: str) -> None:
    if isinstance(by, Actor):
        for listener in _denial_listeners:
            listener(by=by, act=name)
