"""Step 2 as an application of Django."""

from django.apps import AppConfig


class ListeningConfig(AppConfig):
    """Step 2: the city listens to its constituencies."""

    name = "decapolis.understand.listening"
    label = "listening"
