"""Everything that may be allowed, in one list. The database never stores a permission: roles have them."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing that somebody may do. Named after the part it belongs to."""

    OWN_FACTOR = "people.own_factor"
    OWN_ACCOUNT = "people.own_account"
    WORKSPACE = "workspace.open"
    KEEP_INSTALLATION = "installation.keep"
    INVITE_COLLEAGUE = "access.invite"
    GIVE_ROLE = "access.give"
    CONFIRM_ROLE = "access.confirm"
    READ_MEMBERSHIPS = "access.read"
    READ_AUDIT = "audit.read"
    PURGE = "retention.purge"
    READ_RETENTION = "retention.read"
    SET_RETENTION = "retention.set"
    HOLD_RECORDS = "retention.hold"
    CONFIRM_HOLD = "retention.confirm"
    SIGN = "gates.sign"
    SIGN_MANDATE = "gates.sign_mandate"
    SIGN_DATA_PROTECTION = "gates.sign_data_protection"
    SIGN_RIGHTS = "gates.sign_rights"
    STOP = "gates.stop"
    IMPORT_PLACES = "places.import"
    KEEP_ORGANISATIONS = "organisations.keep"
    IMPORT_CONVERSATION = "listening.import"
    ANALYSE_CONVERSATION = "listening.analyse"
    CLOSE_CONVERSATION = "listening.close"


OF_EVERYBODY = frozenset({Permission.OWN_FACTOR, Permission.OWN_ACCOUNT})
"""What every account may do, with or without a role."""
