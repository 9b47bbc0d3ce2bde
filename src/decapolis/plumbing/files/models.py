"""Files that are kept: what they are and under which random name; never what they were called, or by whom."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from decapolis.plumbing.fates import Fates, Keep
from decapolis.plumbing.files.kinds import Kind

WITH_OWNER = Keep("as long as a row refers to it; the night after that it is deleted, with its bytes")


class StoredFile(models.Model):
    """A file; its bytes lie in the data folder under `name`."""

    name = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in Kind])
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    stored_on = models.DateField()

    fates: ClassVar[Fates] = dict.fromkeys(
        ("id", "name", "kind", "size", "digest", "width", "height", "stored_on"), WITH_OWNER
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="files_file_kind"),
            models.CheckConstraint(
                condition=Q(width__isnull=True, height__isnull=True) | Q(width__gt=0, height__gt=0),
                name="files_file_has_both_sides",
            ),
        ]

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def path(self) -> str:
        """Where its bytes lie, below the folder of files."""
        return f"{self.name[:2]}/{self.name}.{self.kind}"
