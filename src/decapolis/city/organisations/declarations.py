"""What organisations show in the workspace."""

from django.utils.translation import gettext_noop as _

from decapolis.city.access.public import Permission
from decapolis.plumbing.declaring import Words

CHANGES = {
    "organisations.register_organisation": Words(_("An organisation was entered."), Permission.WORKSPACE),
    "organisations.confirm_organisation": Words(_("An organisation was confirmed."), Permission.WORKSPACE),
    "organisations.withdraw_organisation": Words(_("An organisation was taken out."), Permission.WORKSPACE),
}
