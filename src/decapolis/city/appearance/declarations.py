"""What appearance shows in the workspace."""

from django.utils.translation import gettext_noop as _

from decapolis.plumbing.declaring import Signpost

PAGES = (
    Signpost(
        "appearance",
        _("How the city looks"),
        menu="city",
        about=_("Name, logo, colours and languages of the site."),
        keywords=_("logo colour language theme"),
    ),
)
