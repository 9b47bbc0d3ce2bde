"""Times that a city decided on, holds that stop a rule for a while, and certificates of what went.

None of them names a row that went, or anybody it was about.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from decapolis.city.people.models import Account
from decapolis.plumbing.fates import Erase, Fates, Keep, days

AFTER_ITS_END = Erase(after=days(730), since="ends_on")
DECISION = Keep("public record of what the city decided")
PROOF = Keep("says how many of what went, and of nobody")


class Period(models.Model):
    """How long a city keeps what a rule is about, where that is not the time of the rule itself."""

    rule = models.CharField(max_length=160)
    days = models.PositiveIntegerField()
    reason = models.CharField(max_length=500, blank=True)
    decided_on = models.DateField()

    fates: ClassVar[Fates] = dict.fromkeys(("id", "rule", "days", "reason", "decided_on"), DECISION)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["rule"], name="retention_period_one_a_rule")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.days} days"


class Hold(models.Model):
    """Stops a rule, for all rows or for one, until a day: a court or an audit has to see them first.

    It counts once a second person has confirmed it.
    """

    rule = models.CharField(max_length=160)
    row = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_on = models.DateField()
    confirmed_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField()

    fates: ClassVar[Fates] = dict.fromkeys(
        ("id", "rule", "row", "reason", "asked_by", "asked_on", "confirmed_by", "confirmed_on", "ends_on"),
        AFTER_ITS_END,
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="retention_hold_has_reason"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("asked_on")), name="retention_hold_has_time"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(asked_by=None) | ~Q(confirmed_by=F("asked_by")),
                name="retention_hold_takes_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} until {self.ends_on}"


class Certificate(models.Model):
    """Proof of one purge: by which rule how many of what went, of nobody.

    `finished_on` is empty while it runs. `is_settled` says that the database's own log was emptied afterwards too.
    """

    due_on = models.DateField()
    started_on = models.DateField()
    finished_on = models.DateField(null=True, blank=True)
    is_settled = models.BooleanField(default=False)

    fates: ClassVar[Fates] = dict.fromkeys(("id", "due_on", "started_on", "finished_on", "is_settled"), PROOF)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(finished_on=None) | Q(finished_on__gte=F("started_on")),
                name="retention_certificate_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["is_settled"],
                condition=Q(finished_on=None),
                name="retention_certificate_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}, {self.due_on}"


class CertificateLine(models.Model):
    """How many rows of a kind went by a rule; rows that hung on them are of another kind."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="lines", db_index=False)
    rule = models.CharField(max_length=160)
    kind = models.CharField(max_length=100)
    days = models.PositiveIntegerField()
    count = models.PositiveIntegerField()

    fates: ClassVar[Fates] = dict.fromkeys(("id", "certificate", "rule", "kind", "days", "count"), PROOF)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["certificate", "rule", "kind"], name="retention_certificateline_kind_once_a_rule"
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="retention_certificateline_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.count} {self.kind}"
