"""What is done to accounts. `city.access` calls these and asks the permission: accounts do not know who may do what."""

from datetime import date

from django.contrib.auth.password_validation import validate_password

from decapolis.city.audit.public import record
from decapolis.city.people.models import Account, Welcome
from decapolis.city.people.queries import find_welcome, hash_of
from decapolis.plumbing import clock
from decapolis.plumbing.acting import Actor, action


@action
def create_account(*, email: str, name: str, language: str, by: Actor) -> Account:
    """Make an account that cannot sign in before its holder has set a password."""
    account = Account(email=email.strip().lower(), name=name.strip(), language=language, created_on=clock.today())
    account.set_unusable_password()
    account.full_clean()
    account.save()
    record(by=by, act="people.create_account", subject=_subject(account))
    return account


@action
def welcome(*, account: Account, secret: str, expires_on: date, by: Actor) -> Welcome:
    """Open a link for a first (or a new) password; links that were open before are closed."""
    Welcome.objects.filter(account=account).delete()
    record(by=by, act="people.welcome", subject=_subject(account))
    return Welcome.objects.create(account=account, secret_hash=hash_of(secret), expires_on=expires_on)


@action
def set_first_password(*, secret: str, password: str, by: Actor) -> Account | None:
    """Set the password of the account that a link belongs to, and close the link. Nobody: answers None.

    Whoever holds the link acts as its account: no other permission is asked.
    """
    link = find_welcome(secret)
    if link is None or by.key != str(link.account_id):
        return None
    validate_password(password, link.account)
    link.account.set_password(password)
    link.account.save(update_fields=["password"])
    link.delete()
    record(by=by, act="people.set_first_password", subject=_subject(link.account))
    return link.account


@action
def change_password(*, account: Account, password: str, by: Actor) -> None:
    """Set the password of an account, by its holder."""
    account.set_password(password)
    account.save(update_fields=["password"])
    record(by=by, act="people.change_password", subject=_subject(account))


@action
def change_own_facts(*, account: Account, name: str, language: str, by: Actor) -> None:
    """Change what an account says of its holder, by the holder: name and language."""
    account.name, account.language = name.strip(), language
    account.full_clean()
    account.save(update_fields=["name", "language"])
    record(by=by, act="people.change_own_facts", subject=_subject(account))


@action
def mark_left(*, account: Account, left_on: date | None, by: Actor) -> None:
    """Write the day the last membership ended (or that there is one again): the account's time runs from there."""
    account.left_on = left_on
    account.is_active = left_on is None
    account.save(update_fields=["left_on", "is_active"])
    record(by=by, act="people.mark_left", subject=_subject(account))


def _subject(account: Account) -> str:
    return f"people.account:{account.pk}"
