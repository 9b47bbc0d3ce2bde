"""The job that deletes files nobody refers to."""

from datetime import timedelta

import structlog
from django.utils.translation import gettext_lazy as _

from decapolis.plumbing.files import store
from decapolis.plumbing.jobs.public import Context, Schedule, job

log = structlog.get_logger("decapolis.plumbing.files")


@job(
    "files.sweep",
    schedule=Schedule(every=timedelta(days=1), at=timedelta(hours=3, minutes=20)),
    title=_("Delete files that nothing refers to"),
)
def sweep(_context: Context, /) -> None:
    """Delete files that nobody refers to, and bytes that belong to no file."""
    files, strays = store.sweep()
    log.info("files were swept", files=files, strays=strays)
