"""The job that deletes jobs."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from decapolis.plumbing.jobs import store
from decapolis.plumbing.jobs.registry import Schedule, job
from decapolis.plumbing.jobs.running import Context


@job(
    "jobs.purge",
    schedule=Schedule(every=timedelta(days=1), at=timedelta(hours=3)),
    title=_("Delete what is left of old jobs"),
)
def purge(_context: Context) -> None:
    """Delete jobs 30 days after their end, with arguments, progress and errors."""
    store.purge()
