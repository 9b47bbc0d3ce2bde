"""What places show in the workspace."""

from django.utils.translation import gettext_noop as _

from decapolis.city.access.public import Permission
from decapolis.plumbing.declaring import Signpost, Words

PAGES = (
    Signpost(
        "places",
        _("Places of the city"),
        menu="city",
        about=_("A map of the city, and the same as a list."),
        keywords=_("districts map population"),
    ),
    Signpost(
        "bring-places",
        _("Load places"),
        "places",
        about=_("Districts and other places from GeoJSON, with a map before anything is stored."),
        keywords=_("GeoJSON import outlines"),
    ),
)
CHANGES = {"places.import_places": Words(_("The places of the city were loaded."), Permission.WORKSPACE)}
