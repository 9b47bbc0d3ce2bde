"""Access as an application of Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Roles and memberships."""

    name = "decapolis.city.access"
    label = "access"
