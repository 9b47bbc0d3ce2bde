"""How accounts and their links are found. No search over persons: an account is reached by number or by sign-in."""

from hashlib import sha256

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from decapolis.city.people.models import Account, Welcome
from decapolis.plumbing import clock


def hash_of(secret: str) -> str:
    """What is kept of a link's secret. The secret has 256 random bits, so a plain hash cannot be guessed back."""
    return sha256(secret.encode()).hexdigest()


def find_welcome(secret: str) -> Welcome | None:
    """The open link of a secret, with its account."""
    links = Welcome.objects.select_related("account").select_for_update(of=("self",))
    return links.filter(secret_hash=hash_of(secret), expires_on__gte=clock.today()).first()


def invited_by(secret: str) -> Account | None:
    """The account whose open link has this secret."""
    links = Welcome.objects.select_related("account")
    link = links.filter(secret_hash=hash_of(secret), expires_on__gte=clock.today()).first()
    return link.account if link else None


def account(number: int) -> Account | None:
    """The account of a number, where it may sign in."""
    return Account.objects.filter(pk=number, is_active=True).first()


def account_at(email: str) -> Account | None:
    """The account of an address, for the operator."""
    return Account.objects.filter(email__iexact=email.strip(), is_active=True).first()


def accounts() -> QuerySet[Account]:
    """Everybody who may sign in, or was invited, by name."""
    return Account.objects.filter(is_active=True).order_by("name", "pk")


def open_links() -> list[Welcome]:
    """Links of invitations that nobody has used yet, with their accounts; also those that have run out."""
    return list(Welcome.objects.select_related("account").filter(account__is_active=True).order_by("expires_on", "pk"))


def is_set_up() -> bool:
    """Whether there is any account: before that, the link for the first administrator is open."""
    return Account.objects.exists()


def has_second_factor(account: Account) -> bool:
    """Whether an account asks for a second factor when it signs in."""
    codes_alone = Authenticator.Type.RECOVERY_CODES
    return bool(Authenticator.objects.filter(user=account.pk).exclude(type=codes_alone).exists())
