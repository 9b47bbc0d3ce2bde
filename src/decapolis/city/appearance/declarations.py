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

ACTS = {
    "appearance.choose_appearance": _("It was decided how the city looks."),
    "appearance.settle": _("The city was set up."),
}
