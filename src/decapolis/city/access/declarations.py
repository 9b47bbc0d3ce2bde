"""What access shows in the workspace."""

from django.utils.translation import gettext_noop as _

from decapolis.plumbing.declaring import Signpost

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
        "record",
        _("Record of what was done"),
        menu="city",
        about=_("Every act of colleagues, jobs and the operator. It cannot be changed quietly."),
        keywords=_("audit log history"),
    ),
)
