"""How accounts and their links are found. No search over persons: an account is reached by number or by sign-in."""

from hashlib import sha256

from decapolis.city.people.models import Account, Welcome
from decapolis.plumbing import clock


def hash_of(secret: str) -> str:
    """What is kept of a link's secret. The secret has 256 random bits, so a plain hash cannot be guessed back."""
    return sha256(secret.encode()).hexdigest()


def find_welcome(secret: str) -> Welcome | None:
    """The open link of a secret, with its account."""
    links = Welcome.objects.select_related("account").select_for_update(of=("self",))
    return links.filter(secret_hash=hash_of(secret), expires_on__gte=clock.today()).first()


def account(number: int) -> Account | None:
    """The account of a number, where it may sign in."""
    return Account.objects.filter(pk=number, is_active=True).first()
