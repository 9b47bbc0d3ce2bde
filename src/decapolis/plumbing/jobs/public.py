"""What every other part may use of jobs."""

from decapolis.plumbing.jobs.queries import JobProgress, ended, latest, progress_of, waiting
from decapolis.plumbing.jobs.registry import HOPELESS, ArgumentRefused, Patience, Schedule, job
from decapolis.plumbing.jobs.running import Context, Stopped
from decapolis.plumbing.jobs.store import cancel, enqueue

__all__ = [
    "HOPELESS",
    "ArgumentRefused",
    "Context",
    "JobProgress",
    "Patience",
    "Schedule",
    "Stopped",
    "cancel",
    "ended",
    "enqueue",
    "job",
    "latest",
    "progress_of",
    "waiting",
]
