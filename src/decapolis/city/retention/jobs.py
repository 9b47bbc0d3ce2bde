"""What workers do for retention."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from decapolis.city.retention.public import purge as purge_what_is_due
from decapolis.plumbing import clock
from decapolis.plumbing.jobs.public import Context, Patience, Schedule, job


@job(
    "retention.purge",
    schedule=Schedule(every=timedelta(days=1), at=timedelta(hours=2)),
    patience=Patience(lease=timedelta(minutes=5)),
    doing={"erasing": _("Erasing what is due")},
    title=_("Erase what is due"),
)
def purge(context: Context, /) -> None:
    """Erase what is due today."""
    purge_what_is_due(
        on=clock.today(), by=context.by, tell=lambda done, total: context.progress(done, total, doing="erasing")
    )
