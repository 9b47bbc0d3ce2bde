"""What organisations show in the workspace."""

from django.utils.translation import gettext_noop as _

from decapolis.city.access.public import Permission
from decapolis.plumbing.declaring import Signpost, Words

KEPT = "organisations:kept"

PAGES = (
    Signpost(
        KEPT,
        _("Organisations"),
        menu="city",
        about=_("Who offers what in the city: entered, confirmed, taken out."),
        keywords=_("directory associations services"),
    ),
    Signpost("organisations:register", _("Enter an organisation"), KEPT),
    Signpost("organisations:bring", _("Bring in a register"), KEPT),
    Signpost("organisations:change", _("Organisation"), KEPT),
    Signpost("organisations:withdraw", _("Take it out"), KEPT),
)

CHANGES = {
    "organisations.register_organisation": Words(_("An organisation was entered."), Permission.WORKSPACE),
    "organisations.confirm_organisation": Words(_("An organisation was confirmed."), Permission.WORKSPACE),
    "organisations.withdraw_organisation": Words(_("An organisation was taken out."), Permission.WORKSPACE),
}
KINDS = {
    "organisations.organisation": _("Organisations that nobody confirmed"),
    "organisations.offer": _("What such an organisation offers"),
    "organisations.spokenlanguage": _("Languages that such an organisation speaks"),
}
