"""What waits for somebody, from every part that has something, the most urgent first."""

from dataclasses import dataclass
from datetime import date, timedelta

from decapolis.city.access.public import Viewer
from decapolis.plumbing import clock
from decapolis.plumbing.declaring import Task, declared

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Waiting:
    """A task on a day: how many days it is late (not at all: none), and whether it is due soon."""

    task: Task
    late: int
    is_soon: bool

    @property
    def icon(self) -> str:
        """How its day is shown."""
        if self.late:
            return "late"
        return "needs" if self.is_soon else "due"


def tasks(viewer: Viewer) -> list[Waiting]:
    """Tasks of the viewer, by the day they are due, those without one last."""
    today = clock.today()
    found: list[Task] = [task for tasks_of in declared("tasks") for task in tasks_of(viewer)]
    found.sort(key=lambda task: (task.due or date.max, task.sentence))
    return [_waiting(task, today) for task in found]


def _waiting(task: Task, today: date) -> Waiting:
    if task.due is None:
        return Waiting(task, 0, is_soon=False)
    return Waiting(task, max(0, (today - task.due).days), is_soon=task.due <= today + SOON)
