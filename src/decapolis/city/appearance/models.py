"""What a city chose, in one row; and what was settled while it was set up."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from decapolis.plumbing.fates import Fates, Keep
from decapolis.plumbing.files.models import StoredFile

PUBLIC = Keep("what the city shows of itself: it says nothing of any person")
ONLY = 1


class Appearance(models.Model):
    """What the city chose. There is one row at most. A colour is like #0d5c58, or empty for that of the theme."""

    name = models.CharField(max_length=80)
    first_colour = models.CharField(max_length=7, blank=True)
    second_colour = models.CharField(max_length=7, blank=True)
    languages = models.JSONField(default=list)
    logo = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    fates: ClassVar[Fates] = dict.fromkeys(("id", "name", "first_colour", "second_colour", "languages", "logo"), PUBLIC)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=ONLY), name="appearance_one_row"),
            models.CheckConstraint(condition=~Q(name=""), name="appearance_has_name"),
        ]

    def __str__(self) -> str:
        return f"appearance {self.pk}"


class Settled(models.Model):
    """Something of the checklist that needs no more: done where no table shows it, or put aside."""

    item = models.CharField(max_length=20, unique=True)
    is_done = models.BooleanField()
    settled_on = models.DateField()

    fates: ClassVar[Fates] = dict.fromkeys(("id", "item", "is_done", "settled_on"), PUBLIC)

    def __str__(self) -> str:
        return self.item
