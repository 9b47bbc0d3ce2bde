"""What retention shows in the workspace, and what is called how that no part of the city has: rows of the plumbing."""

from django.utils.translation import gettext_noop as _

from decapolis.city.access.public import Permission
from decapolis.plumbing.declaring import Signpost, Words

PAGES = (
    Signpost(
        "what-is-kept",
        _("What is kept, and for how long"),
        menu="city",
        about=_("Every kind of record, how long it stays and what becomes of it then."),
        keywords=_("retention deletion erase hold"),
    ),
    Signpost("kept-for", _("How long it is kept"), "what-is-kept"),
    Signpost("decide-period", _("Decide how long"), "kept-for"),
    Signpost("ask-for-hold", _("Ask for a hold"), "kept-for"),
    Signpost("confirm-hold", _("Confirm a hold"), "kept-for"),
    Signpost("end-hold", _("End a hold"), "kept-for"),
    Signpost(
        "certificates",
        _("Certificates of deletion"),
        menu="city",
        about=_("What went, by which rule, and how many of each kind."),
        keywords=_("purge retention"),
    ),
    Signpost("certificate", _("Certificate of deletion"), "certificates"),
    Signpost("certificate-pdf", _("Certificate of deletion"), "certificates"),
)
KINDS = {
    "retention.hold": _("Holds that have ended"),
    "jobs.job": _("Jobs that were done"),
    "jobs.sign": _("Workers that do jobs"),
    "sessions.session": _("Sessions of colleagues"),
    "mail.sealedletter": _("Letters that could not be sent"),
    "drafts.draft": _("Drafts of forms"),
    "mfa.authenticator": _("Second factors of colleagues who left"),
}
CHANGES = {
    "retention.purge": Words(_("What was due was erased, as promised."), Permission.WORKSPACE),
    "retention.decide_period": Words(_("The city decided how long something is kept."), Permission.WORKSPACE),
    "retention.ask_for_hold": Words(_("A hold was asked for."), Permission.READ_RETENTION),
    "retention.confirm_hold": Words(_("A hold was confirmed."), Permission.READ_RETENTION),
    "retention.end_hold": Words(_("A hold was ended."), Permission.READ_RETENTION),
}
