"""What becomes of a stored value: every field of every model says one of these four words.

A model declares ``fates = {"field": Erase(after=days(90), since="closed_on"), …}``; an architecture test fails on a
field without one (`faults`). `decapolis purge` does what they say; `dues` finds the rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, DateField, Field, Model, TextField


@dataclass(frozen=True)
class Keep:
    """Kept as public record, or as long as what it belongs to. `why` is shown to the data-protection officer."""

    why: str


@dataclass(frozen=True)
class Erase:
    """The row goes `after` the day in the field `since` (of this model, or ``relation__field``).

    `is_fixed` says, here and below, that nobody may have it kept longer, for whatever reason.
    """

    after: timedelta
    since: str
    is_fixed: bool = False


@dataclass(frozen=True)
class Scrub:
    """The value alone is emptied `after` the day in the field `since`; the row stays."""

    after: timedelta
    since: str
    is_fixed: bool = False


@dataclass(frozen=True)
class Blur:
    """The day in the field is made a month or a year (its first day) `after` the day in the field `since`."""

    after: timedelta
    since: str
    into: Literal["month", "year"]
    is_fixed: bool = False


Fate = Keep | Erase | Scrub | Blur
Fates = dict[str, Fate]


def days(number: int) -> timedelta:
    """Span of `number` days."""
    return timedelta(days=number)


def faults(model: type[Model]) -> Iterator[str]:
    """Say what is wrong with a model's fates: a field without one, one without a field, a day that is none."""
    declared: Fates = getattr(model, "fates", {})
    name, fields = model._meta.label, {field.name for field in model._meta.fields}  # noqa: SLF001 - the way to fields
    yield from (f"{name}.{field} has no fate." for field in sorted(fields - declared.keys()))
    yield from (f"{name}.{field} has a fate and is no field." for field in sorted(declared.keys() - fields))
    for field, fate in sorted(declared.items()):
        if not isinstance(fate, Keep) and not isinstance(field_at(model, fate.since), DateField):
            yield f"{name}.{field} counts from “{fate.since}”, which is no day of this model."
        if isinstance(fate, Scrub) and not can_be_empty(field_at(model, field)):
            yield f"{name}.{field} is to be emptied, and has no empty value."
        if isinstance(fate, Blur) and not isinstance(field_at(model, field), DateField):
            yield f"{name}.{field} is to be made coarser, and is no day."


def can_be_empty(field: "Field[object, object] | None") -> bool:
    """Whether a field has a value that says nothing: none, or an empty text."""
    return field is not None and (field.null or isinstance(field, CharField | TextField))


def field_at(model: type[Model], path: str) -> "Field[object, object] | None":
    """Field at the end of a path like ``relation__field``, or None."""
    first, _, rest = path.partition("__")
    try:
        field = model._meta.get_field(first)  # noqa: SLF001 - the way to a field by name
    except FieldDoesNotExist:
        return None
    related = field.related_model
    if rest and isinstance(related, type):
        return field_at(related, rest)
    return field if isinstance(field, Field) and not rest else None
