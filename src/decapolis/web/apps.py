"""The shell of the site as an application of Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages that belong to no single step."""

    name = "decapolis.web"
    label = "web"
