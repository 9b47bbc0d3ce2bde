"""Fates of the fields of other packages' tables, which cannot say them themselves."""

from decapolis.plumbing.fates import Fates, Keep

MESSAGE = Keep("the number of a job, no longer than it waits: the worker that takes the job deletes it")
OF_A_MESSAGE = (
    "id", "status", "enqueued_at", "started_at", "finished_at", "args_kwargs", "priority", "task_path", "worker_ids",
    "queue_name", "backend_name", "run_after", "return_value", "exception_class_path", "traceback",
)  # fmt: skip

FATES: dict[str, Fates] = {"django_tasks_database.DBTaskResult": dict.fromkeys(OF_A_MESSAGE, MESSAGE)}
