"""Gates as an application of Django."""

from django.apps import AppConfig


class GatesConfig(AppConfig):
    """Agreements without which nothing begins, and the overseer's stop."""

    name = "decapolis.city.gates"
    label = "gates"
