"""What the shell itself shows in the workspace."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from decapolis.city.access.public import Permission, Viewer
from decapolis.city.appearance.public import published
from decapolis.plumbing.declaring import Signpost, Task
from decapolis.plumbing.mail.public import has_mailbox


def is_being_set_up() -> bool:
    """Whether the checklist of a new city is open."""
    return not published().is_settled


PAGES = (
    Signpost("workspace", _("Workspace"), under=""),
    Signpost("setting-up", _("Setting up"), menu="city", is_there=is_being_set_up),
    Signpost("tasks", _("Your tasks"), about=_("What waits for you, the most urgent first.")),
    Signpost("changes", _("What changed"), about=_("What was done in the last 14 days.")),
    Signpost("search", _("Search")),
    Signpost("mailbox", _("Mailbox of the fictional city"), menu="city", is_there=has_mailbox),
)


def tasks(viewer: Viewer) -> Iterator[Task]:
    """The checklist of a new city, as long as it is open."""
    if viewer.may(Permission.KEEP_INSTALLATION) and is_being_set_up():
        yield Task(
            gettext("Set up the city"), reverse("setting-up"), gettext("What is still to do before the city can begin.")
        )
