"""Fates of the fields of other packages' tables, which cannot say them themselves."""

from decapolis.plumbing.fates import Erase, Fates, Keep, days

MESSAGE = Keep("the number of a job, no longer than it waits: the worker that takes the job deletes it")
OF_A_MESSAGE = (
    "id", "status", "enqueued_at", "started_at", "finished_at", "args_kwargs", "priority", "task_path", "worker_ids",
    "queue_name", "backend_name", "run_after", "return_value", "exception_class_path", "traceback",
)  # fmt: skip

UNUSED = Keep("written by Django from the names of tables, and says nothing of anybody")
WITH_ACCOUNT = Erase(after=days(365), since="user__left_on")
EMPTY = Keep("always empty: an account has one address, which stands in the account itself")
SECOND_FACTOR = ("id", "user", "type", "data", "created_at", "last_used_at")

FATES: dict[str, Fates] = {
    "django_tasks_database.DBTaskResult": dict.fromkeys(OF_A_MESSAGE, MESSAGE),
    "contenttypes.ContentType": dict.fromkeys(("id", "app_label", "model"), UNUSED),
    "auth.Permission": dict.fromkeys(("id", "name", "content_type", "codename"), UNUSED),
    "auth.Group": dict.fromkeys(("id", "name"), UNUSED),
    "auth.Group_permissions": dict.fromkeys(("id", "group", "permission"), UNUSED),
    "account.EmailAddress": dict.fromkeys(("id", "user", "email", "verified", "primary"), EMPTY),
    "account.EmailConfirmation": dict.fromkeys(("id", "email_address", "created", "sent", "key"), EMPTY),
    "mfa.Authenticator": dict.fromkeys(SECOND_FACTOR, WITH_ACCOUNT),
}
"""Of Django's groups and permissions nothing is used; their tables are there because code of others names them."""
