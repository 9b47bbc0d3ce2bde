"""Which jobs there are: a function each, registered under a name like ``listening.analyse``."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from inspect import signature
from math import isfinite
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.utils.functional import Promise

Number = int | float
Words = Mapping[str, "str | Promise"]
F = TypeVar("F", bound=Callable[..., None])

NAME = re.compile(r"[a-z][a-z0-9_]{0,47}\.[a-z][a-z0-9_]{0,49}")
DOING = re.compile(r"[a-z][a-z0-9_]{0,39}")
BEGINNING = datetime(2001, 1, 1, tzinfo=UTC)
"""A Monday: slots of a schedule are counted from here."""
LONGEST_PAUSE = timedelta(hours=1)
LARGEST = 2**63
HOPELESS: tuple[type[Exception], ...] = (ObjectDoesNotExist, PermissionDenied)
"""What will not be otherwise at the next try."""


class ArgumentRefused(TypeError):  # noqa: N818  # says what is wrong, as a plain word
    """A slip of the programmer: a job takes ids and numbers, so that nothing that somebody wrote waits in its table."""


@dataclass(frozen=True)
class Patience:
    """How long a worker is believed to be alive without a sign, and how often and how soon a job is tried again.

    After the first failure it pauses for `pause`, then twice as long each time, an hour at most. It is not tried again
    after an exception in `hopeless`. It begins `rest` after it was asked for (where it was asked for while it ran,
    after its end), so that what comes in meanwhile is done by one.
    """

    retries: int = 3
    lease: timedelta = timedelta(seconds=60)
    pause: timedelta = timedelta(seconds=10)
    hopeless: tuple[type[Exception], ...] = HOPELESS
    rest: timedelta = timedelta(0)

    def pause_after(self, failures: int) -> timedelta:
        """How long to wait after so many failures in a row."""
        return min(self.pause * (1 << min(failures - 1, 20)), LONGEST_PAUSE)


@dataclass(frozen=True)
class Schedule:
    """When a job is due by itself: each `every`, `at` so much after the beginning of a Monday, day, hour … in UTC."""

    every: timedelta
    at: timedelta = timedelta(0)

    def after(self, now: datetime) -> datetime:
        """Next planned moment after `now`."""
        return self.slot(now) + self.every

    def slot(self, now: datetime) -> datetime:
        """Last planned moment up to `now`."""
        first = BEGINNING + self.at
        return first + (now - first) // self.every * self.every


@dataclass(frozen=True)
class Registered:
    """A job as it was registered."""

    name: str
    function: Callable[..., None]
    patience: Patience = field(default_factory=Patience)
    schedule: Schedule | None = None
    one_per: tuple[str, ...] | None = None
    doing: Words = field(default_factory=dict)
    title: "str | Promise" = ""

    def checked(self, arguments: Mapping[str, object]) -> dict[str, Number]:
        """Arguments, if the job takes them and all are numbers."""
        signature(self.function).bind(None, **arguments)
        return {name: _number(self.name, name, value) for name, value in sorted(arguments.items())}

    def key(self, arguments: Mapping[str, Number]) -> str:
        """What a job is one of at a time: the values of the arguments `one_per` names, or of all."""
        names = sorted(arguments) if self.one_per is None else self.one_per
        return ",".join(f"{name}={arguments[name]}" for name in names)


_registered: dict[str, Registered] = {}


def job(  # noqa: PLR0913 - all but the name are given by name, and each has a default
    name: str,
    *,
    patience: Patience | None = None,
    schedule: Schedule | None = None,
    one_per: tuple[str, ...] | None = None,
    doing: Words | None = None,
    title: "str | Promise" = "",
) -> Callable[[F], F]:
    """Register a function as the job `name`; its arguments but the first are ids and numbers, by name.

    There is one open job at a time for each value of the arguments that `one_per` names (of all, if it is left out).
    `title` says in words what the job is, and `doing` what it says it is doing. A job may be done again after a worker
    was lost: write it so that this does no harm, or do its writing in ``context.last_act()``.
    """

    def register(function: F) -> F:
        _refuse_bad_names(name, function, doing or {})
        made = Registered(name, function, patience or Patience(), schedule, one_per, doing or {}, title)
        _registered.setdefault(name, made)  # a module that is read twice registers once
        return function

    return register


def find(name: str) -> Registered:
    """Job of this name; KeyError where there is none."""
    return _registered[name]


def patience_of(name: str) -> Patience:
    """Patience with a job; also with one that this version does not know: a newer one may run beside it."""
    known = _registered.get(name)
    return known.patience if known else Patience()


def title_of(name: str) -> str:
    """What a job is, in the language of the reader; its name where this version does not know it."""
    known = _registered.get(name)
    return str(known.title or name) if known else name


def words_of(name: str, doing: str) -> str:
    """Words for what a job is doing, in the language of the reader; empty where it has none."""
    known = _registered.get(name)
    return str(known.doing.get(doing, "")) if known else ""


def registered() -> list[Registered]:
    """Every job."""
    return list(_registered.values())


def scheduled() -> list[Registered]:
    """Jobs that are due by themselves."""
    return [each for each in _registered.values() if each.schedule]


def _refuse_bad_names(name: str, function: Callable[..., None], doing: Words) -> None:
    if not NAME.fullmatch(name) or not all(map(DOING.fullmatch, doing)):
        raise ValueError("A job is named like listening.analyse, and what it does like reading_votes.")
    known = _registered.get(name)
    if known and known.function.__qualname__ != function.__qualname__:
        raise ValueError(f"Two jobs are named {name}.")


def _number(job_name: str, name: str, value: object) -> Number:
    if isinstance(value, int | float) and isfinite(value) and abs(value) < LARGEST:
        return value
    raise ArgumentRefused(f"{name} of {job_name} is no number: jobs take ids and numbers, and read the rest themselves")
