"""What access shows in the workspace."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from decapolis.city.access.public import Permission, Viewer
from decapolis.city.access.queries import roles_in, running_out, to_confirm
from decapolis.city.access.roles import BY_KEY
from decapolis.city.people.public import has_second_factor, open_links
from decapolis.plumbing.declaring import Signpost, Task, Words

SOON = timedelta(days=30)

ACCOUNT, FACTORS, COLLEAGUES, COLLEAGUE = "own-account", "mfa_index", "colleagues", "colleague"

PAGES = (
    Signpost(ACCOUNT, _("Your account"), menu="account", about=_("Name, language, password, and your roles.")),
    Signpost("account_change_password", _("Change the password"), ACCOUNT),
    Signpost(FACTORS, _("Second factor"), ACCOUNT, "account", _("App with codes, passkeys, recovery codes.")),
    Signpost("own-sessions", _("Where you are signed in"), ACCOUNT, "account", _("Sessions, and how to end them.")),
    Signpost("mfa_activate_totp", _("Set up an app"), FACTORS),
    Signpost("mfa_deactivate_totp", _("Take the app away"), FACTORS),
    Signpost("mfa_add_webauthn", _("Add a passkey"), FACTORS),
    Signpost("mfa_remove_webauthn", _("Take a passkey away"), FACTORS),
    Signpost("mfa_view_recovery_codes", _("Recovery codes"), FACTORS),
    Signpost("mfa_generate_recovery_codes", _("Make new codes"), FACTORS),
    Signpost("account_reauthenticate", _("Is it you?"), ACCOUNT),
    Signpost("mfa_reauthenticate", _("Is it you?"), ACCOUNT),
    Signpost("mfa_reauthenticate_webauthn", _("Is it you?"), ACCOUNT),
    Signpost(
        COLLEAGUES,
        _("Colleagues and their roles"),
        menu="city",
        about=_("Who holds which role until when, who gave it and who confirmed it."),
    ),
    Signpost("invite", _("Invite a colleague"), COLLEAGUES, about=_("A link with which a colleague gets an account.")),
    Signpost(COLLEAGUE, _("Colleague"), COLLEAGUES),
    Signpost("new-link", _("New link"), COLLEAGUE),
    Signpost("give-role", _("Give a role"), COLLEAGUE),
    Signpost("confirm-role", _("Confirm a role"), COLLEAGUE),
    Signpost("end-role", _("End a role"), COLLEAGUE),
    Signpost(
        "who-may-do-what",
        _("Who may do what"),
        menu="city",
        about=_("Every role and why it exists, as residents see it."),
    ),
    Signpost(
        "jobs",
        _("Work behind the pages"),
        menu="city",
        about=_("What runs, waits and failed, and whether workers are alive."),
        keywords=_("jobs workers schedule"),
    ),
    Signpost("cancel-job", _("Cancel"), "jobs"),
    Signpost("retry-job", _("Try again"), "jobs"),
    Signpost(
        "record",
        _("Record of what was done"),
        menu="city",
        about=_("Every act of colleagues, jobs and the operator. It cannot be changed quietly."),
        keywords=_("audit log history"),
    ),
)


def tasks(viewer: Viewer) -> Iterator[Task]:
    """Roles to confirm, invitations that nobody has used, roles that run out, a second factor that is missing."""
    yield from _to_confirm(viewer)
    yield from _unused_invitations(viewer)
    yield from _running_out(viewer)
    if viewer.account and not settings.FICTIONAL and not has_second_factor(viewer.account):
        yield Task(gettext("Set up a second factor"), reverse(FACTORS), gettext("Your account"))


def _to_confirm(viewer: Viewer) -> Iterator[Task]:
    for row in to_confirm(viewer):
        sentence = _said(_("Confirm: %(role)s for %(name)s"), row.role, row.account.name)
        yield Task(sentence, _of(row.account_id), gettext("Colleagues and their roles"), row.starts_on)


def _unused_invitations(viewer: Viewer) -> Iterator[Task]:
    if viewer.may(Permission.INVITE_COLLEAGUE):
        for link in open_links():
            sentence = gettext("%(name)s has not used the invitation: its link ends") % {"name": link.account.name}
            yield Task(sentence, _of(link.account_id), gettext("Colleagues and their roles"), link.expires_on)


def _running_out(viewer: Viewer) -> Iterator[Task]:
    for row in running_out(viewer, SOON):
        if viewer.account and row.account_id == viewer.account.pk:
            sentence, url = _said(_("Your role ends: %(role)s"), row.role), reverse(ACCOUNT)
        else:
            sentence, url = _said(_("A role ends: %(role)s, %(name)s"), row.role, row.account.name), _of(row.account_id)
        yield Task(sentence, url, gettext("Colleagues and their roles"), row.ends_on)


def _of(account: int) -> str:
    return reverse(COLLEAGUE, args=[account])


def _said(sentence: str, role: str, name: str = "") -> str:
    return gettext(sentence) % {"role": gettext(BY_KEY[role].name), "name": name}


def _role_names(viewer: Viewer, numbers: Collection[int]) -> dict[int, str]:
    return {number: gettext(role.name) for number, role in roles_in(viewer, numbers).items()}


def _of_roles(sentence: str, named: str) -> Words:
    return Words(sentence, Permission.READ_MEMBERSHIPS, named, _role_names)


ACTS = {
    "access.cancel_job": _("Work behind the pages was stopped."),
    "access.retry_job": _("Work behind the pages was started again."),
}

CHANGES = {
    "access.give_role": _of_roles(_("A role was given."), _("A role was given: %(what)s.")),
    "access.confirm_role": _of_roles(_("A role was confirmed."), _("A role was confirmed: %(what)s.")),
    "access.end_role": _of_roles(_("A role was ended."), _("A role was ended: %(what)s.")),
    "people.create_account": Words(_("A colleague was invited."), Permission.READ_MEMBERSHIPS),
    "people.mark_left": Words(_("A colleague left, or came back."), Permission.READ_MEMBERSHIPS),
}
KINDS = {
    "access.membership": _("Roles of colleagues that have ended"),
    "audit.body": _("What entries of the record say"),
    "people.account": _("Accounts of colleagues who left"),
    "people.welcome": _("Links that set a first password"),
}
