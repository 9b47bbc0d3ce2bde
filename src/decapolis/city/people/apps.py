"""Accounts as an application of Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts of staff and partners."""

    name = "decapolis.city.people"
    label = "people"
