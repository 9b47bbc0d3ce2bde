"""Retention as an application of Django."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """How long what is kept, and proof that it went."""

    name = "decapolis.city.retention"
    label = "retention"
