"""Roles: named sets of permissions, each with why it exists. Least sight, not least privilege only.

The database stores the short key of a role. Taking a permission away here takes it from everybody who holds the
role, at once.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _

from decapolis.city.access.permissions import Permission


@dataclass(frozen=True)
class Role:
    """One role.

    `hears` says that it works with what residents said, raw or in sessions, `supports` that it works with people who
    asked for support; police liaison goes with neither. `is_independent` roles check the city and are not held beside
    roles that run it (`runs`).
    """

    key: str
    name: str
    why: str
    permissions: frozenset[Permission] = field(default=frozenset({Permission.WORKSPACE}))
    hears: bool = False
    supports: bool = False
    is_police: bool = False
    is_independent: bool = False
    runs: bool = False
    needs_second_factor: bool = True


def _with(*permissions: Permission) -> frozenset[Permission]:
    return frozenset({Permission.WORKSPACE, *permissions})


ROLES = (
    Role(
        "coordinator",
        _("Prevention coordinator"),
        _("Leads prevention for the city, opens and closes what others work in, and answers for it."),
        _with(
            Permission.IMPORT_PLACES,
            Permission.KEEP_ORGANISATIONS,
            Permission.IMPORT_CONVERSATION,
            Permission.ANALYSE_CONVERSATION,
            Permission.CLOSE_CONVERSATION,
            Permission.INVITE_COLLEAGUE,
            Permission.CONFIRM_ROLE,
            Permission.READ_MEMBERSHIPS,
            Permission.READ_RETENTION,
            Permission.SET_RETENTION,
            Permission.HOLD_RECORDS,
        ),
        hears=True,
        runs=True,
    ),
    Role(
        "administrator",
        _("System administrator"),
        _("Keeps the installation running and gives roles; sees nothing of what residents said."),
        _with(
            Permission.KEEP_INSTALLATION,
            Permission.IMPORT_PLACES,
            Permission.INVITE_COLLEAGUE,
            Permission.GIVE_ROLE,
            Permission.CONFIRM_ROLE,
            Permission.READ_MEMBERSHIPS,
        ),
        runs=True,
    ),
    Role(
        "facilitator",
        _("Facilitator or coder"),
        _("Holds sessions, moderates statements and codes contributions, without knowing who made them."),
        hears=True,
    ),
    Role(
        "analyst",
        _("Analyst"),
        _("Works with figures that hold no person, and writes findings."),
        _with(Permission.ANALYSE_CONVERSATION),
        hears=True,
    ),
    Role(
        "practitioner",
        _("Practitioner"),
        _("Works with people in school, youth work, health or housing, and runs programmes."),
        supports=True,
    ),
    Role(
        "support_lead",
        _("Support lead"),
        _("Leads support for people who ask for it; the only role that sees its table."),
        supports=True,
    ),
    Role(
        "organisation",
        _("Partner organisation"),
        _("Keeps its own entry and its own programmes, hosts sessions, applies for grants."),
        needs_second_factor=False,
    ),
    Role(
        "police_liaison",
        _("Police liaison"),
        _("Brings the counts of the police and answers recommendations; sees what the public sees."),
        is_police=True,
    ),
    Role(
        "grants_officer",
        _("Grants officer or panel member"),
        _("Prepares calls, reads applications and scores them where there is no conflict of interest."),
    ),
    Role("finance", _("Finance"), _("Pays what was awarded, as the second pair of eyes.")),
    Role(
        "elected_member",
        _("Elected member"),
        _("Decides in council; sees published results and yearly tables."),
        _with(Permission.SIGN, Permission.SIGN_MANDATE),
        needs_second_factor=False,
    ),
    Role(
        "data_protection_officer",
        _("Data-protection officer"),
        _("Checks that personal data are few, known and deleted; sees the record of who did what."),
        _with(
            Permission.READ_AUDIT,
            Permission.READ_MEMBERSHIPS,
            Permission.READ_RETENTION,
            Permission.HOLD_RECORDS,
            Permission.CONFIRM_HOLD,
            Permission.SIGN,
            Permission.SIGN_DATA_PROTECTION,
        ),
        is_independent=True,
    ),
    Role(
        "overseer",
        _("Independent overseer"),
        _("Checks for residents that nobody is watched or scored, and can stop any part."),
        _with(
            Permission.READ_AUDIT,
            Permission.READ_MEMBERSHIPS,
            Permission.READ_RETENTION,
            Permission.CONFIRM_HOLD,
            Permission.SIGN,
            Permission.SIGN_RIGHTS,
            Permission.STOP,
        ),
        is_independent=True,
    ),
    Role(
        "auditor",
        _("Auditor"),
        _("Follows money and decisions through the record."),
        _with(Permission.READ_AUDIT, Permission.READ_MEMBERSHIPS, Permission.READ_RETENTION),
        is_independent=True,
    ),
    Role(
        "national_coordinator",
        _("National coordinator"),
        _("Receives the yearly return and sees what the public sees."),
        needs_second_factor=False,
    ),
)

BY_KEY = {role.key: role for role in ROLES}


def conflict(first: Role, second: Role) -> str:
    """Why two roles cannot be held by one person at the same time; empty where they can."""
    if first.is_police != second.is_police:
        other = second if first.is_police else first
        if other.hears or other.supports:
            return _("Whoever speaks for the police holds no role that hears residents or supports people.")
    if first.is_independent != second.is_independent and (first.runs or second.runs):
        return _("Whoever checks the city does not run it.")
    return ""
