"""A session: whose it is, the family of its browser, the day it began. No address, no version, no time of use."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.module_loading import import_string

from decapolis.plumbing.fates import Erase, Fates, days

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase


class Session(AbstractBaseSession):
    """One browser in which somebody is signed in, or is about to be (`account` is empty then)."""

    account = models.PositiveBigIntegerField(null=True, db_index=True)
    browser = models.CharField(max_length=20, blank=True)
    began_on = models.DateField(null=True)

    fates: ClassVar[Fates] = dict.fromkeys(
        ("session_key", "session_data", "expire_date", "account", "browser", "began_on"),
        Erase(after=days(0), since="expire_date"),
    )

    @classmethod
    def get_session_store_class(cls) -> "type[SessionBase]":
        """Where sessions are kept."""
        store: type[SessionBase] = import_string("decapolis.plumbing.sessions.store.SessionStore")
        return store
