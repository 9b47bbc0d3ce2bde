"""Everything that may be allowed, in one list. The database never stores a permission: roles have them."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing that somebody may do. Named after the part it belongs to."""

    WORKSPACE = "workspace.open"
    INVITE_COLLEAGUE = "access.invite"
    GIVE_ROLE = "access.give"
    CONFIRM_ROLE = "access.confirm"
    READ_MEMBERSHIPS = "access.read"
    READ_AUDIT = "audit.read"
    IMPORT_CONVERSATION = "listening.import"
    ANALYSE_CONVERSATION = "listening.analyse"
