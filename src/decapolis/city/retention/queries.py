"""What those who look after retention may read: where each rule stands, and what went."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from decapolis.city.access.public import Permission, Viewer
from decapolis.city.retention.models import Certificate, CertificateLine, Hold, Period
from decapolis.city.retention.rules import due, every_rule, period_of
from decapolis.plumbing import clock
from decapolis.plumbing.dues import Rule


@dataclass(frozen=True)
class Standing:
    """A rule with the time that the city keeps to, why, and how many rows are due today."""

    rule: Rule
    after: timedelta
    reason: str
    holds: tuple[Hold, ...]
    due: int


def standings(viewer: Viewer) -> list[Standing]:
    """Every rule and where it stands, for those who look after them."""
    if not viewer.may(Permission.READ_RETENTION):
        return []
    reasons = dict(Period.objects.values_list("rule", "reason"))
    holds = list(Hold.objects.filter(ends_on__gte=clock.today()).order_by("ends_on"))
    return [
        Standing(
            rule,
            period_of(rule),
            reasons.get(rule.key, ""),
            tuple(hold for hold in holds if hold.rule == rule.key),
            due(rule, clock.today()).count(),
        )
        for rule in every_rule()
    ]


def certificates(viewer: Viewer) -> "QuerySet[Certificate]":
    """Certificates of purges, the last first, with their lines."""
    if not viewer.may(Permission.READ_RETENTION):
        return Certificate.objects.none()
    lines = Prefetch("lines", CertificateLine.objects.order_by("rule", "kind"))
    return Certificate.objects.exclude(finished_on=None).prefetch_related(lines).order_by("-pk")


def certificate(viewer: Viewer, number: int) -> Certificate:
    """One of them."""
    found = certificates(viewer).filter(pk=number).first()
    if found is None:
        raise Http404
    return found
