"""Files as an application of Django."""

from importlib import import_module

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files that people hand in."""

    name = "decapolis.plumbing.files"
    label = "files"

    def ready(self) -> None:
        """Register the job that sweeps."""
        import_module("decapolis.plumbing.files.sweeping")
