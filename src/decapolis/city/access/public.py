"""What other parts may use of access: marks on pages, the question every action asks, who reads."""

from decapolis.city.access.gate import ANYONE, Access, Viewer, account_of, actor_of, client_address, page, viewer_of
from decapolis.city.access.permissions import Permission
from decapolis.city.access.queries import Holders, holders, may, require

__all__ = [
    "ANYONE",
    "Access",
    "Holders",
    "Permission",
    "Viewer",
    "account_of",
    "actor_of",
    "client_address",
    "holders",
    "may",
    "page",
    "require",
    "viewer_of",
]
