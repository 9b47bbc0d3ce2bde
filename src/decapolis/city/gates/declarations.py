"""What gates show in the workspace."""

from django.utils.translation import gettext_noop as _

from decapolis.city.access.public import Permission
from decapolis.plumbing.declaring import Signpost, Words

PAGES = (
    Signpost(
        "agreements",
        _("What was agreed to"),
        menu="city",
        about=_("What has to be signed before anything begins, what is signed, and what the overseer stopped."),
        keywords=_("gates mandate assessment overseer stop"),
    ),
    Signpost("agreement", _("Agreement"), "agreements"),
    Signpost("sign", _("Sign or refuse"), "agreement"),
    Signpost("overseer-stop", _("Stop"), "agreement"),
    Signpost("overseer-lift", _("Lift a stop"), "agreement"),
)
KINDS = {
    "gates.signature.signed_by": _("Who signed an agreement"),
    "gates.stop.stopped_by": _("Who stopped something"),
    "gates.stop.lifted_by": _("Who lifted a stop"),
}
CHANGES = {
    "gates.sign": Words(_("Something was agreed to."), Permission.WORKSPACE),
    "gates.refuse": Words(_("An agreement was refused."), Permission.WORKSPACE),
    "gates.stop": Words(_("The overseer stopped something."), Permission.WORKSPACE),
    "gates.lift": Words(_("The overseer lifted a stop."), Permission.WORKSPACE),
}
