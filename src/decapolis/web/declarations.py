"""What the shell itself shows in the workspace."""

from django.utils.translation import gettext_noop as _

from decapolis.plumbing.declaring import Signpost
from decapolis.plumbing.mail.public import has_mailbox

PAGES = (
    Signpost("workspace", _("Workspace"), under=""),
    Signpost("mailbox", _("Mailbox of the fictional city"), menu="city", is_there=has_mailbox),
)
