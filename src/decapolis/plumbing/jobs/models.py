"""One row a job: what to do, how far it is, and how it ended. Numbers and names from the code; no text of anybody."""

from typing import ClassVar

from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from decapolis.plumbing.fates import Erase, Fates, days

KEPT = days(30)
"""How long a job stays after its end."""
ACTORS = ("person", "participant", "job", "operator")


class State(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


OPEN = (State.WAITING, State.RUNNING)
FIELDS = (
    "id", "name", "key", "arguments", "state", "slot", "started_by_kind", "started_by_key", "enqueued_at", "not_before",
    "started_at", "lease_until", "finished_at", "starts", "failures", "is_wanted_again", "is_cancel_asked", "doing",
    "steps_done", "steps_total", "error", "frames",
)  # fmt: skip


class Job(models.Model):
    """A job from its asking to 30 days after its end.

    `starts` counts how often a worker took it, and so numbers the leases; `failures` counts in how many of them it
    failed or its worker was lost. `slot` is the planned moment of a job of the schedule. `is_wanted_again` says that it
    was asked for anew while it ran.
    """

    name = models.CharField(max_length=100)
    key = models.CharField(max_length=200, blank=True)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    slot = models.DateTimeField(null=True)
    started_by_kind = models.CharField(max_length=12)
    started_by_key = models.CharField(max_length=100, blank=True)
    enqueued_at = models.DateTimeField()
    not_before = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    starts = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    is_wanted_again = models.BooleanField(default=False)
    is_cancel_asked = models.BooleanField(default=False)
    doing = models.CharField(max_length=40, blank=True)
    steps_done = models.PositiveBigIntegerField(default=0)
    steps_total = models.PositiveBigIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    frames = models.JSONField(default=list)

    fates: ClassVar[Fates] = dict.fromkeys(FIELDS, Erase(after=KEPT, since="finished_at"))

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "lease_until"], name="jobs_job_by_lease"),
            models.Index(fields=["name", "key", "-id"], name="jobs_job_by_key"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="jobs_job_state"),
            models.CheckConstraint(condition=Q(started_by_kind__in=ACTORS), name="jobs_job_started_by"),
            models.CheckConstraint(
                condition=Q(state=State.RUNNING, lease_until__isnull=False)
                | (~Q(state=State.RUNNING) & Q(lease_until__isnull=True)),
                name="jobs_job_has_lease_while_it_runs",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, finished_at__isnull=True)
                | (~Q(state__in=OPEN) & Q(finished_at__isnull=False)),
                name="jobs_job_has_an_end_when_it_ended",
            ),
            models.UniqueConstraint(fields=["name", "key"], condition=Q(state__in=OPEN), name="jobs_job_open_once"),
            models.UniqueConstraint(fields=["name", "slot"], name="jobs_job_once_a_slot"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key}: {self.state}"

    @classmethod
    def spared(cls) -> Q:
        """The last job of each schedule: it marks which slot was done."""
        same = cls._base_manager.filter(name=OuterRef("name"))
        last = same.values("name").annotate(last=Max("slot")).values("last")
        return Q(slot__isnull=False, slot=Subquery(last))


class Sign(models.Model):
    """The last sign of life of a worker; `process` is drawn anew at each start. One that was killed leaves its last."""

    process = models.CharField(max_length=16, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    fates: ClassVar[Fates] = dict.fromkeys(("process", "started_at", "seen_at"), Erase(after=days(0), since="seen_at"))

    def __str__(self) -> str:
        return f"{self.process}: {self.seen_at}"
