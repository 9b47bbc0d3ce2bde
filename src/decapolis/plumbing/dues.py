"""What is due: the rules that a model's fates make, and the rows to which each applies on a day.

A model may spare rows for a reason that no day says, by a class method ``spared() -> Q``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from django.db.models import DateTimeField, Model, Q, QuerySet
from django.utils import timezone

from decapolis.plumbing.fates import Blur, Erase, Fate, Scrub, field_at

Verb = Literal["erase", "scrub", "blur"]

_VERBS: dict[type, Verb] = {Erase: "erase", Scrub: "scrub", Blur: "blur"}
_COARSER: Mapping[str, dict[str, int]] = {"month": {"day": 1}, "year": {"month": 1, "day": 1}}


@dataclass(frozen=True)
class Rule:
    """What becomes of the rows of a model, or of the values of one `field`, and when."""

    model: type[Model]
    fate: Erase | Scrub | Blur
    field: str = ""

    @property
    def kind(self) -> str:
        """Name of the kind of row, like ``listening.vote``."""
        return self.model._meta.label_lower  # noqa: SLF001 - the way to a model's name

    @property
    def verb(self) -> Verb:
        """What is done."""
        return _VERBS[type(self.fate)]

    @property
    def key(self) -> str:
        """Name of the rule, like ``listening.vote.erase`` or ``people.account.name.scrub``."""
        return ".".join(filter(None, (self.kind, self.field, self.verb)))

    @property
    def is_fixed(self) -> bool:
        """Whether nobody may have it kept longer."""
        return self.fate.is_fixed


def rules_of(model: type[Model], fates: Mapping[str, Fate]) -> Iterator[Rule]:
    """Rules that the fates of a model's fields make: one for the row, one for each value that changes before."""
    for erasing in dict.fromkeys(fate for fate in fates.values() if isinstance(fate, Erase)):
        yield Rule(model, erasing)
    for field, fate in sorted(fates.items()):
        if isinstance(fate, Scrub | Blur):
            yield Rule(model, fate, field)


def due(rule: Rule, on: date, after: timedelta) -> "QuerySet[Any]":
    """Rows whose time, `after` the day they count from, was over before a day, and that are not yet as they will be."""
    since, last = rule.fate.since, on - after
    if isinstance(field_at(rule.model, since), DateTimeField):
        rows = _rows(rule).filter(**{f"{since}__lt": timezone.make_aware(datetime.combine(last, time.min))})
    else:
        rows = _rows(rule).filter(**{f"{since}__lt": last})
    spared = getattr(rule.model, "spared", None)
    return rows.exclude(spared()) if spared else rows


def _rows(rule: Rule) -> "QuerySet[Any]":
    """Rows that a rule has not changed yet."""
    rows: QuerySet[Any] = rule.model._base_manager.all()  # noqa: SLF001 - every row, whatever the manager hides
    if isinstance(rule.fate, Scrub):
        return rows.exclude(**{rule.field: emptied(rule)})
    if isinstance(rule.fate, Blur):
        done = {f"{rule.field}__{part}": value for part, value in _COARSER[rule.fate.into].items()}
        return rows.exclude(Q(**done) | Q(**{f"{rule.field}__isnull": True}))
    return rows


def emptied(rule: Rule) -> str | None:
    """What stands in the place of a value that was scrubbed."""
    field = field_at(rule.model, rule.field)
    return None if field is not None and field.null else ""


def blurred(rule: Rule, day: date) -> date:
    """What stands in the place of a day that was made coarser."""
    assert isinstance(rule.fate, Blur)  # noqa: S101 - for the type checker; `rules_of` makes no other
    return day.replace(**_COARSER[rule.fate.into])
