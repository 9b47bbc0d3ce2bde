"""The job that deletes drafts."""

from datetime import timedelta

from decapolis.plumbing.drafts import store
from decapolis.plumbing.jobs.public import Context, Schedule, job


@job("drafts.purge", schedule=Schedule(every=timedelta(days=1), at=timedelta(hours=3)))
def purge(_context: Context) -> None:
    """Delete drafts that nobody touched for 30 days."""
    store.purge()
