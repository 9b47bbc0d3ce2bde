"""What becomes of a stored value: every field of every model says one of these four words.

A model declares ``fates = {"field": Erase(after=days(90), since="closed_on"), …}``; an architecture test fails on a
field without one. `decapolis purge` does what they say.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Keep:
    """Kept as public record, or as long as what it belongs to. `why` is shown to the data-protection officer."""

    why: str


@dataclass(frozen=True)
class Erase:
    """The row goes `after` the day in the field `since` (of this model, or ``relation__field``)."""

    after: timedelta
    since: str


@dataclass(frozen=True)
class Scrub:
    """The value alone is emptied `after` the day in the field `since`; the row stays."""

    after: timedelta
    since: str


@dataclass(frozen=True)
class Blur:
    """The value is made coarser (`into` says how) `after` the day in the field `since`."""

    after: timedelta
    since: str
    into: str


Fate = Keep | Erase | Scrub | Blur
Fates = dict[str, Fate]


def days(number: int) -> timedelta:
    """Span of `number` days."""
    return timedelta(days=number)
