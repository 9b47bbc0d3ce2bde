"""What other parts may use of places."""

from decapolis.city.places.files import Point
from decapolis.city.places.models import Level, Place
from decapolis.city.places.queries import PlaceFacts, are_there_places, place, place_at, places, places_named, tree

__all__ = [
    "Level",
    "Place",
    "PlaceFacts",
    "Point",
    "are_there_places",
    "place",
    "place_at",
    "places",
    "places_named",
    "tree",
]
