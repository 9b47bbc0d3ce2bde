"""The job that deletes drafts."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from decapolis.plumbing.drafts import store
from decapolis.plumbing.jobs.public import Context, Schedule, job


@job(
    "drafts.purge",
    schedule=Schedule(every=timedelta(days=1), at=timedelta(hours=3)),
    title=_("Delete drafts that nobody touched"),
)
def purge(_context: Context) -> None:
    """Delete drafts that nobody touched for 30 days."""
    store.purge()
