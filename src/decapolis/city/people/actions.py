"""What is done to accounts. `city.access` calls these and asks the permission: accounts do not know who may do what."""

from datetime import date

from django.contrib.auth.password_validation import validate_password

from decapolis.city.people.models import Account, Welcome
from decapolis.city.people.queries import find_welcome, hash_of
from decapolis.plumbing import clock
from decapolis.plumbing.acting import Actor, action


@action
def create_account(*, email: str, name: str, language: str, by: Actor) -> Account:  # noqa: ARG001 - the frame names who acts
    """Make an account that cannot sign in before its holder has set a password."""
    account = Account(email=email.strip().lower(), name=name.strip(), language=language, created_on=clock.today())
    account.set_unusable_password()
    account.full_clean()
    account.save()
    return account


@action
def welcome(*, account: Account, secret: str, expires_on: date, by: Actor) -> Welcome:  # noqa: ARG001 - as above
    """Open a link for a first (or a new) password; links that were open before are closed."""
    Welcome.objects.filter(account=account).delete()
    return Welcome.objects.create(account=account, secret_hash=hash_of(secret), expires_on=expires_on)


@action
def set_first_password(*, secret: str, password: str, by: Actor) -> Account | None:  # noqa: ARG001 - as above
    """Set the password of the account that a link belongs to, and close the link. Nobody: answers None."""
    link = find_welcome(secret)
    if link is None:
        return None
    validate_password(password, link.account)
    link.account.set_password(password)
    link.account.save(update_fields=["password"])
    link.delete()
    return link.account


@action
def mark_left(*, account: Account, left_on: date | None, by: Actor) -> None:  # noqa: ARG001 - as above
    """Write the day the last membership ended (or that there is one again): the account's time runs from there."""
    account.left_on = left_on
    account.is_active = left_on is None
    account.save(update_fields=["left_on", "is_active"])
