"""Signatures, refusals, and stops: all of them stay, and all of them are public but for the names."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from decapolis.city.people.models import Account
from decapolis.plumbing.fates import Fates, Keep, Scrub, days

PUBLIC = Keep("public record of what was agreed to, refused and stopped")
NAME = Scrub(after=days(3650), since="signed_on")
WHO_STOPPED = Scrub(after=days(3650), since="stopped_on")


class Signature(models.Model):
    """Somebody agreed to something on a day, or refused to, and why; the last one of a kind counts."""

    subject = models.CharField(max_length=140)
    kind = models.CharField(max_length=30)
    is_refusal = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    document = models.CharField(max_length=300, blank=True)
    document_url = models.URLField(max_length=500, blank=True)
    signed_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    signed_on = models.DateField()
    valid_until = models.DateField()

    fates: ClassVar[Fates] = {
        **dict.fromkeys(("id", "subject", "kind", "is_refusal", "reason", "document", "document_url"), PUBLIC),
        **dict.fromkeys(("signed_on", "valid_until"), PUBLIC),
        "signed_by": NAME,
    }

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject", "kind", "-id"], name="gates_signature_by_subject")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(subject="") & ~Q(kind=""), name="gates_signature_of_something"),
            models.CheckConstraint(
                condition=Q(is_refusal=False) | ~Q(reason=""), name="gates_signature_refusal_has_reason"
            ),
            models.CheckConstraint(condition=Q(valid_until__gte=F("signed_on")), name="gates_signature_has_time"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.kind}"


class Stop(models.Model):
    """The overseer stopped something, and why; it stays stopped until the overseer lifts it, and says why."""

    subject = models.CharField(max_length=140)
    reason = models.TextField()
    stopped_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    stopped_on = models.DateField()
    lifted_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    lifted_on = models.DateField(null=True, blank=True)
    lifted_because = models.TextField(blank=True)

    fates: ClassVar[Fates] = {
        **dict.fromkeys(("id", "subject", "reason", "stopped_on", "lifted_on", "lifted_because"), PUBLIC),
        **dict.fromkeys(("stopped_by", "lifted_by"), WHO_STOPPED),
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject"], condition=Q(lifted_on=None), name="gates_stop_one_at_a_time"),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(reason=""), name="gates_stop_has_reason"),
            models.CheckConstraint(
                condition=Q(lifted_on=None, lifted_because="") | (Q(lifted_on__isnull=False) & ~Q(lifted_because="")),
                name="gates_stop_is_lifted_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.reason}"
