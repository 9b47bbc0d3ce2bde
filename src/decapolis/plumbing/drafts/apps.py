"""Drafts as an application of Django."""

from importlib import import_module

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Forms that are not sent yet."""

    name = "decapolis.plumbing.drafts"
    label = "drafts"

    def ready(self) -> None:
        """Register the job that deletes old drafts."""
        import_module("decapolis.plumbing.drafts.purging")
