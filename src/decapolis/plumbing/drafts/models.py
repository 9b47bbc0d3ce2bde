"""A draft: sealed, and found only by whoever knows the account and the form. Its table says nothing of the matter."""

from typing import ClassVar

from django.db import models

from decapolis.plumbing.fates import Erase, Fates, days

KEPT = days(30)
"""How long a draft stays after it was last kept."""
LAST_DAY = KEPT - days(1)
"""On the day that is KEPT later it is not offered any more, and goes in the night before."""


class Draft(models.Model):
    """What one account typed into one form. `place` is a keyed hash of both: the form cannot be read from it."""

    account = models.PositiveBigIntegerField(db_index=True)
    place = models.CharField(max_length=64)
    sealed = models.TextField()
    kept_on = models.DateField()

    fates: ClassVar[Fates] = dict.fromkeys(
        ("id", "account", "place", "sealed", "kept_on"), Erase(after=LAST_DAY, since="kept_on")
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place"], name="drafts_draft_one_a_form"),
            models.CheckConstraint(condition=~models.Q(sealed=""), name="drafts_draft_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"
