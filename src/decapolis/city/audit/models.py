"""Entries that stay and are chained, bodies that go after two years, and refused requests of participants as counts.

Triggers of the database forbid changing and deleting (`migrations/0002_triggers.py`).
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import ClassVar

from django.db import models
from django.db.models import Q

from decapolis.plumbing.fates import Erase, Fates, Keep, days

FIRST_LINK = "0" * 64
"""What the first entry is chained to."""
BODIES_KEPT = days(730)
"""How long a body stays; the triggers know the same number."""
ACTORS = ("person", "job", "operator")
OUTCOMES = ("done", "denied", "read")
CHAIN = Keep("proves that nothing was changed, and says nothing of anybody")
WITH_BODY = Erase(after=BODIES_KEPT, since="entry__day")

# What is no text was put in by somebody else: its repr makes another hash, and not an error.
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=repr).encode


def hash_of_body(parts: Sequence[str]) -> str:
    """Hash of a body from its values in the order of `Body.PARTS`; as JSON, so that no value runs into the next."""
    return sha256(_as_json(parts).encode()).hexdigest()


def link(previous: str, number: int, day: str, body_hash: str) -> str:
    """Value that chains an entry to the `previous` one."""
    return sha256(f"{previous}|{number}|{day}|{body_hash}".encode()).hexdigest()


class Entry(models.Model):
    """One link of the chain, numbered 1, 2, 3 … without a gap; it stays when its body is erased."""

    number = models.IntegerField(primary_key=True)
    day = models.DateField()
    body_hash = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)

    fates: ClassVar[Fates] = dict.fromkeys(("number", "day", "body_hash", "chain"), CHAIN)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(number__gte=1), name="audit_entry_number_from_one")]

    def __str__(self) -> str:
        return f"{self.number}"


class Body(models.Model):
    """What an entry says. `salt` makes sure that an erased body cannot be guessed from its hash.

    `at` has no fraction of a second. `subject` is a type and an id, or empty where an act was refused as a whole.
    """

    PARTS: ClassVar = ("at", "actor_kind", "actor_key", "act", "subject", "outcome", "salt")

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="body")
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor_key = models.CharField(max_length=100, blank=True)
    act = models.CharField(max_length=100)
    subject = models.CharField(max_length=140, blank=True)
    outcome = models.CharField(max_length=6)
    salt = models.CharField(max_length=32)

    fates: ClassVar[Fates] = dict.fromkeys(("entry", *PARTS), WITH_BODY)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "entry"], name="audit_body_by_subject"),
            models.Index(fields=["actor_kind", "actor_key", "entry"], name="audit_body_by_actor"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(actor_kind__in=ACTORS), name="audit_body_never_of_participants"),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="audit_body_outcome"),
            models.CheckConstraint(condition=~Q(act=""), name="audit_body_has_act"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.act}"


class DeniedRequests(models.Model):
    """How many requests of participants were refused on a day; not whose, not what."""

    day = models.DateField(primary_key=True)
    count = models.PositiveIntegerField()

    fates: ClassVar[Fates] = dict.fromkeys(("day", "count"), Keep("a number a day, of nobody"))

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(count__gte=1), name="audit_denied_count_from_one")]

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"
