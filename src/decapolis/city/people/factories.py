"""Accounts for tests and for the demo."""

from decapolis.city.people.models import Account
from decapolis.plumbing import clock


def make_account(name: str, *, language: str = "en", password: str | None = None) -> Account:
    """An account named `name` at example.org; without a password nobody can sign in to it."""
    address = name.lower().replace(" ", ".") + "@example.org"
    account = Account(email=address, name=name, language=language, created_on=clock.today())
    if password is None:
        account.set_unusable_password()
    else:
        account.set_password(password)
    account.save()
    return account
