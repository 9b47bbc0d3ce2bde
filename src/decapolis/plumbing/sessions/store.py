"""Keeps sessions in our own table, so that their holders can list and end them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from decapolis.plumbing.sessions.models import Session

BROWSER, BEGAN_ON = "browser", "began_on"


class SessionStore(DatabaseStore):
    """Django's store, with whose session it is beside its data."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Table of the sessions."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Row of this session."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]  # made by get_model_class
        row.account = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.browser = data.get(BROWSER, "")
        row.began_on = date.fromisoformat(data[BEGAN_ON]) if BEGAN_ON in data else None
        return row

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  # as Django calls it
        """Write the session; this file is one of those in which writes stand."""
        super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        """Forget the session."""
        super().delete(session_key)

    @classmethod
    def clear_expired(cls) -> None:
        """Forget all that have run out."""
        super().clear_expired()


def sessions_of(account: int) -> list[Session]:
    """Sessions of an account that have not run out, the newest first."""
    found = Session.objects.filter(account=account, expire_date__gt=timezone.now())
    return list(found.order_by("-began_on", "-expire_date"))


def end_sessions(keys: Iterable[str]) -> int:
    """End sessions, and say how many there were."""
    number, _ = Session.objects.filter(session_key__in=list(keys)).delete()
    return number
