"""Sessions as an application of Django."""

from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """Sessions that their holders can see and end."""

    name = "decapolis.plumbing.sessions"
    label = "sessions"
