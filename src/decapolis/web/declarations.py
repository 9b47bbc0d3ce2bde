"""What the shell itself shows in the workspace."""

from django.utils.translation import gettext_noop as _

from decapolis.plumbing.declaring import Signpost

PAGES = (Signpost("workspace", _("Workspace"), under=""),)
