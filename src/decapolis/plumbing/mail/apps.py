"""Mail as an application of Django."""

from importlib import import_module

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Letters to people with an account."""

    name = "decapolis.plumbing.mail"
    label = "mail"

    def ready(self) -> None:
        """Register the jobs that send letters and forget old ones."""
        import_module("decapolis.plumbing.mail.sending")
