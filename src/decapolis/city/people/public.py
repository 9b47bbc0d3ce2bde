"""What other parts may use of accounts."""

from decapolis.city.people.actions import (
    change_own_facts,
    change_password,
    create_account,
    mark_left,
    set_first_password,
    welcome,
)
from decapolis.city.people.models import Account
from decapolis.city.people.queries import (
    account,
    account_at,
    accounts,
    has_second_factor,
    invited_by,
    is_set_up,
    open_links,
)

__all__ = [
    "Account",
    "account",
    "account_at",
    "accounts",
    "change_own_facts",
    "change_password",
    "create_account",
    "has_second_factor",
    "invited_by",
    "is_set_up",
    "mark_left",
    "open_links",
    "set_first_password",
    "welcome",
]
