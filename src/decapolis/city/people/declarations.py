"""What people says in the record."""

from django.utils.translation import gettext_noop as _

ACTS = {
    "people.change_own_facts": _("A colleague changed their own name or language."),
    "people.change_password": _("A colleague changed their password."),
    "people.set_first_password": _("A colleague set their first password."),
    "people.welcome": _("A link for a first password was opened."),
}
