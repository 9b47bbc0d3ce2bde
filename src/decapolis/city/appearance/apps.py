"""Appearance as an application of Django."""

from django.apps import AppConfig


class AppearanceConfig(AppConfig):
    """What the city looks like."""

    name = "decapolis.city.appearance"
    label = "appearance"
