"""Jobs as an application of Django."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Work that takes longer than a page may."""

    name = "decapolis.plumbing.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Register our own jobs, and those of every other application in its ``jobs.py``."""
        import_module("decapolis.plumbing.jobs.purging")
        autodiscover_modules("jobs")
