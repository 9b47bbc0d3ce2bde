"""Every write of a file and of its bytes."""

import secrets
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import time
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ForeignKey, QuerySet

from decapolis.plumbing.acting import act, is_acting
from decapolis.plumbing.clock import today
from decapolis.plumbing.files.checking import check
from decapolis.plumbing.files.kinds import Limits
from decapolis.plumbing.files.models import StoredFile

PATIENCE = timedelta(days=1)
"""A file that nobody refers to may belong to an act that has not ended."""


def keep(given: File[bytes], limits: Limits) -> StoredFile:
    """Look at a file that was handed in, and keep it; raises `FileRefused` with the reason.

    Its bytes are written before the act ends. Where the act is rolled back, they are swept the night after.
    """
    if not is_acting():
        raise RuntimeError("Files are kept inside an act only.")
    checked = check(given.read(limits.size + 1), limits)
    row = StoredFile(
        name=secrets.token_hex(16),
        kind=checked.kind,
        size=len(checked.content),
        digest=sha256(checked.content).hexdigest(),
        width=checked.width,
        height=checked.height,
        stored_on=today(),
    )
    default_storage.save(row.path, ContentFile(checked.content))
    row.save(force_insert=True)
    return row


def discard(file: StoredFile) -> None:
    """Delete a file; its bytes go once the open act has ended well."""
    path = file.path
    file.delete()
    transaction.on_commit(partial(default_storage.delete, path))


def sweep() -> tuple[int, int]:
    """Delete files that nobody refers to, and bytes that belong to no file; answers how many of each."""
    with act():
        alone = list(_alone())
        for file in alone:
            discard(file)
    return len(alone), _sweep_bytes()


def _alone() -> QuerySet[StoredFile]:
    """Files that no row of any table refers to."""
    found = StoredFile.objects.filter(stored_on__lte=today() - PATIENCE)
    for field in links():
        used = field.model._base_manager.exclude(**{field.attname: None})  # noqa: SLF001  # Django's name for it
        found = found.exclude(pk__in=used.values(field.attname))
    return found


def links() -> list[ForeignKey[Any, Any]]:
    """Fields of all tables that refer to a file, those without a way back included."""
    fields = (field for model in apps.get_models(include_auto_created=True) for field in model._meta.fields)  # noqa: SLF001  # Django's way to fields
    return [field for field in fields if isinstance(field, ForeignKey) and field.related_model is StoredFile]


def _sweep_bytes() -> int:
    """Delete what lies in the folder and belongs to no file, unless it was written just now."""
    folder, swept = Path(default_storage.path("")), 0
    known = set(StoredFile.objects.values_list("name", flat=True))
    for path in folder.glob("??/*"):
        if path.stem not in known and path.stat().st_mtime < time() - PATIENCE.total_seconds():
            path.unlink()
            swept += 1
    return swept
