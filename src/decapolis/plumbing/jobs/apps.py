"""Jobs as an application of Django."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Work that takes longer than a page may."""

    name = "decapolis.plumbing.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Register the jobs of every application in its ``jobs.py``."""
        autodiscover_modules("jobs")
