"""Every page and who may see it: approved by hand, and read by a second person. What is not in here fails."""

from typing import NamedTuple

from decapolis.city.access.permissions import Permission


class Row(NamedTuple):
    """The permission that a page asks for (none: open to everybody), and whether it is posted."""

    permission: Permission | None = None
    posts: bool = False


EVERYBODY = Row()
POSTED_BY_EVERYBODY = Row(posts=True)
FACTOR = Row(Permission.OWN_FACTOR, posts=True)

TABLE: dict[str, Row] = {
    "health": EVERYBODY,
    "home": EVERYBODY,
    "what-we-do-not-do": EVERYBODY,
    "accessibility": EVERYBODY,
    "components": EVERYBODY,
    "results": EVERYBODY,
    "result": EVERYBODY,
    "statements": EVERYBODY,
    "totals-csv": EVERYBODY,
    "groups-csv": EVERYBODY,
    "totals-json": EVERYBODY,
    "chart-svg": EVERYBODY,
    "chart-png": EVERYBODY,
    "conversations": EVERYBODY,
    "take-part": POSTED_BY_EVERYBODY,
    "propose": POSTED_BY_EVERYBODY,
    "receipt": EVERYBODY,
    "own-answers": POSTED_BY_EVERYBODY,
    "come-back": POSTED_BY_EVERYBODY,
    "take-back": POSTED_BY_EVERYBODY,
    "leave": POSTED_BY_EVERYBODY,
    "who-may-do-what": EVERYBODY,
    "places": EVERYBODY,
    "organisations": EVERYBODY,
    "organisation": EVERYBODY,
    "kept": Row(Permission.KEEP_ORGANISATIONS),
    "register": Row(Permission.KEEP_ORGANISATIONS, posts=True),
    "bring": Row(Permission.KEEP_ORGANISATIONS, posts=True),
    "change": Row(Permission.KEEP_ORGANISATIONS, posts=True),
    "withdraw": Row(Permission.KEEP_ORGANISATIONS, posts=True),
    "keep-draft": POSTED_BY_EVERYBODY,
    "forget-draft": POSTED_BY_EVERYBODY,
    "account_login": POSTED_BY_EVERYBODY,
    "mfa_authenticate": POSTED_BY_EVERYBODY,
    "mfa_login_webauthn": POSTED_BY_EVERYBODY,
    "account_logout": POSTED_BY_EVERYBODY,
    "welcome": POSTED_BY_EVERYBODY,
    "first-account": POSTED_BY_EVERYBODY,
    "signed-file": EVERYBODY,
    "city-stylesheet": EVERYBODY,
    "city-logo": EVERYBODY,
    "appearance": Row(Permission.KEEP_INSTALLATION, posts=True),
    "setting-up": Row(Permission.KEEP_INSTALLATION, posts=True),
    "mailbox": Row(Permission.KEEP_INSTALLATION),
    "workspace": Row(Permission.WORKSPACE),
    "tasks": Row(Permission.WORKSPACE),
    "changes": Row(Permission.WORKSPACE),
    "search": Row(Permission.WORKSPACE),
    "own-account": Row(Permission.OWN_ACCOUNT, posts=True),
    "account_change_password": Row(Permission.OWN_ACCOUNT, posts=True),
    "own-sessions": Row(Permission.OWN_ACCOUNT, posts=True),
    "mfa_index": Row(Permission.OWN_FACTOR),
    "mfa_activate_totp": FACTOR,
    "mfa_deactivate_totp": FACTOR,
    "mfa_add_webauthn": FACTOR,
    "mfa_remove_webauthn": FACTOR,
    "mfa_view_recovery_codes": Row(Permission.OWN_FACTOR),
    "mfa_generate_recovery_codes": FACTOR,
    "account_reauthenticate": FACTOR,
    "mfa_reauthenticate": FACTOR,
    "mfa_reauthenticate_webauthn": FACTOR,
    "colleagues": Row(Permission.READ_MEMBERSHIPS),
    "invite": Row(Permission.INVITE_COLLEAGUE, posts=True),
    "colleague": Row(Permission.READ_MEMBERSHIPS),
    "new-link": Row(Permission.INVITE_COLLEAGUE, posts=True),
    "give-role": Row(Permission.GIVE_ROLE, posts=True),
    "confirm-role": Row(Permission.CONFIRM_ROLE, posts=True),
    "end-role": Row(Permission.GIVE_ROLE, posts=True),
    "analyses": Row(Permission.ANALYSE_CONVERSATION),
    "compute": Row(Permission.ANALYSE_CONVERSATION, posts=True),
    "stop": Row(Permission.ANALYSE_CONVERSATION, posts=True),
    "jobs": Row(Permission.KEEP_INSTALLATION),
    "cancel-job": Row(Permission.KEEP_INSTALLATION, posts=True),
    "retry-job": Row(Permission.KEEP_INSTALLATION, posts=True),
    "record": Row(Permission.READ_AUDIT),
}
