"""What the shell itself shows in the workspace."""

from django.utils.translation import gettext_noop as _

from decapolis.city.appearance.public import published
from decapolis.plumbing.declaring import Signpost
from decapolis.plumbing.mail.public import has_mailbox


def is_being_set_up() -> bool:
    """Whether the checklist of a new city is open."""
    return not published().is_settled


PAGES = (
    Signpost("workspace", _("Workspace"), under=""),
    Signpost("setting-up", _("Setting up"), menu="city", is_there=is_being_set_up),
    Signpost("mailbox", _("Mailbox of the fictional city"), menu="city", is_there=has_mailbox),
)
