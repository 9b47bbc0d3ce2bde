"""What other parts may use of accounts."""

from decapolis.city.people.actions import create_account, mark_left, set_first_password, welcome
from decapolis.city.people.models import Account
from decapolis.city.people.queries import account

__all__ = ["Account", "account", "create_account", "mark_left", "set_first_password", "welcome"]
