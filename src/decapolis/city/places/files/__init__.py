"""Reading places from GeoJSON, as data that may be damaged or hostile."""

from decapolis.city.places.files.faults import PlaceFault
from decapolis.city.places.files.geometry import Point, outline_of
from decapolis.city.places.files.places import Fields, Note, PlaceFile, PlaceRow, read_places

__all__ = ["Fields", "Note", "PlaceFault", "PlaceFile", "PlaceRow", "Point", "outline_of", "read_places"]
