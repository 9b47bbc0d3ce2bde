"""Letters that wait: sealed, and gone once they are sent."""

from typing import ClassVar

from django.db import models

from decapolis.plumbing.fates import Erase, Fates, days

KEPT = days(3)
"""How long a letter stays that cannot be sent; the mailbox of a fictional city keeps its letters as long."""


class SealedLetter(models.Model):
    """A letter that waits: address and text are readable under the key of the installation only."""

    sealed = models.TextField()
    written_on = models.DateField()

    fates: ClassVar[Fates] = dict.fromkeys(("id", "sealed", "written_on"), Erase(after=KEPT, since="written_on"))

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(sealed=""), name="mail_letter_is_sealed")]

    def __str__(self) -> str:
        return f"letter {self.pk}"
