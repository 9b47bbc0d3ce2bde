"""Places as an application of Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The city, its districts, neighbourhoods and sites."""

    name = "decapolis.city.places"
    label = "places"
