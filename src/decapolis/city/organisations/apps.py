"""Organisations as an application of Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Who offers what in the city."""

    name = "decapolis.city.organisations"
    label = "organisations"
