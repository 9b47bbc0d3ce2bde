"""The audit as an application of Django."""

from importlib import import_module

from django.apps import AppConfig

from decapolis.plumbing.acting import on_denial


class AuditConfig(AppConfig):
    """The record of what was done."""

    name = "decapolis.city.audit"
    label = "audit"

    def ready(self) -> None:
        """Ask to be told of denials; actions can be read only now that models are."""
        on_denial(import_module("decapolis.city.audit.actions").note_denial)
