"""What may be read of retention: where each rule stands, by everybody; what went, by those who check."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from decapolis.city.access.public import Permission, Viewer
from decapolis.city.retention.models import Certificate, CertificateLine, Hold, Period
from decapolis.city.retention.rules import due, every_rule
from decapolis.city.retention.words import becomes, called, kind_called, since
from decapolis.plumbing import clock
from decapolis.plumbing.dues import Rule

BACKUPS_KEPT = timedelta(days=35)
"""How long a backup lives: so much later what was erased is in none."""


@dataclass(frozen=True)
class Standing:
    """A rule in words, with the time that the city keeps to, why, and what holds it.

    `due` is how many rows are due today, for those who look after them; None for others.
    """

    rule: Rule
    after: timedelta
    reason: str
    holds: tuple[Hold, ...]
    due: int | None

    @property
    def called(self) -> str:
        """What it is about."""
        return called(self.rule)

    @property
    def becomes(self) -> str:
        """What becomes of it."""
        return becomes(self.rule)

    @property
    def since(self) -> str:
        """From which day the time is counted."""
        return since(self.rule)

    @property
    def held_until(self) -> date | None:
        """Last day of a hold that counts."""
        return max((hold.ends_on for hold in self.holds if hold.confirmed_on), default=None)


@dataclass(frozen=True)
class Gone:
    """A line of a certificate in words."""

    called: str
    rule: str
    days: int
    count: int


@dataclass(frozen=True)
class Proof:
    """A certificate in words. `backups_until` is the day on which the last backup with what went is gone too."""

    number: int
    day: date
    is_settled: bool
    lines: tuple[Gone, ...]

    @classmethod
    def of(cls, certificate: Certificate) -> Self:
        """A certificate in words."""
        lines = (Gone(kind_called(line.kind), line.rule, line.days, line.count) for line in certificate.lines.all())
        day = certificate.finished_on or certificate.started_on
        return cls(certificate.pk, day, certificate.is_settled, tuple(lines))

    @property
    def count(self) -> int:
        """How many rows went in all."""
        return sum(line.count for line in self.lines)

    @property
    def backups_until(self) -> date:
        """Day on which the last backup that holds them expires."""
        return self.day + BACKUPS_KEPT


def standings(viewer: Viewer) -> list[Standing]:
    """Every rule and where it stands."""
    periods = {period.rule: period for period in Period.objects.all()}
    holds = list(Hold.objects.filter(ends_on__gte=clock.today()).order_by("ends_on"))
    return [_standing(viewer, rule, periods, holds) for rule in every_rule()]


def standing(viewer: Viewer, key: str) -> Standing:
    """One of them."""
    found = next((each for each in standings(viewer) if each.rule.key == key), None)
    if found is None:
        raise Http404
    return found


def certificates(viewer: Viewer) -> "QuerySet[Certificate]":
    """Certificates of purges, the last first, with their lines."""
    if not viewer.may(Permission.READ_RETENTION):
        return Certificate.objects.none()
    lines = Prefetch("lines", CertificateLine.objects.order_by("rule", "kind"))
    return Certificate.objects.exclude(finished_on=None).prefetch_related(lines).order_by("-pk")


def proof(viewer: Viewer, number: int) -> Proof:
    """One of them in words."""
    found = certificates(viewer).filter(pk=number).first()
    if found is None:
        raise Http404
    return Proof.of(found)


def _standing(viewer: Viewer, rule: Rule, periods: Mapping[str, Period], holds: list[Hold]) -> Standing:
    own = periods.get(rule.key)
    return Standing(
        rule,
        rule.fate.after if own is None else timedelta(days=own.days),
        own.reason if own else "",
        tuple(hold for hold in holds if hold.rule == rule.key),
        due(rule, clock.today()).count() if viewer.may(Permission.READ_RETENTION) else None,
    )
