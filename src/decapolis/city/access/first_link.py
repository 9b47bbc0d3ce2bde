"""The link by which the first administrator makes an account: signed, and open only until there is any account."""

from django.core import signing
from django.urls import reverse

from decapolis.city.people.public import is_set_up

SALT = "decapolis.city.access.first-account"
LASTS = 24 * 3600


def first_path() -> str:
    """Path of the link; empty once there is an account."""
    return "" if is_set_up() else reverse("first-account", args=[signing.dumps("first", salt=SALT)])


def is_open(secret: str) -> bool:
    """Whether a link still leads somewhere."""
    try:
        signing.loads(secret, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return False
    return not is_set_up()
