"""What every other part may use of jobs."""

from decapolis.plumbing.jobs.models import State
from decapolis.plumbing.jobs.queries import (
    JobProgress,
    Planned,
    WorkerHealth,
    ended,
    latest,
    latest_of,
    planned,
    progress_of,
    waiting,
    workers,
)
from decapolis.plumbing.jobs.registry import HOPELESS, ArgumentRefused, Patience, Schedule, job
from decapolis.plumbing.jobs.running import Context, Stopped
from decapolis.plumbing.jobs.store import cancel, enqueue, retry

__all__ = [
    "HOPELESS",
    "ArgumentRefused",
    "Context",
    "JobProgress",
    "Patience",
    "Planned",
    "Schedule",
    "State",
    "Stopped",
    "WorkerHealth",
    "cancel",
    "ended",
    "enqueue",
    "job",
    "latest",
    "latest_of",
    "planned",
    "progress_of",
    "retry",
    "waiting",
    "workers",
]
