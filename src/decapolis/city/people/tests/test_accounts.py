"""Accounts: one address is one account, links work once, nothing follows colleagues about."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from decapolis.city.people.actions import create_account, set_first_password, welcome
from decapolis.city.people.factories import make_account
from decapolis.city.people.models import Account, Welcome
from decapolis.city.people.queries import account as find_account
from decapolis.plumbing import clock
from decapolis.plumbing.acting import OPERATOR, Actor, act

pytestmark = pytest.mark.django_db

PASSWORD = "a long sentence nobody guesses"


def invited(secret: str = "secret") -> Account:
    account = create_account(email="Mina.Roos@Example.org ", name=" Mina Roos ", language="fr", by=OPERATOR)
    welcome(account=account, secret=secret, expires_on=clock.today() + timedelta(days=7), by=OPERATOR)
    return account


def holder() -> Actor:
    """The account of the last link, acting."""
    return Actor("person", str(Account.objects.latest("pk").pk))


def test_create_account_writes_addresses_one_way_and_cannot_sign_in_yet():
    account = invited()

    assert (account.email, account.name, account.language) == ("mina.roos@example.org", "Mina Roos", "fr")
    assert not account.has_usable_password()


def test_create_account_refuses_what_is_no_address():
    with pytest.raises(ValidationError, match="valid email"):
        create_account(email="mina", name="Mina", language="en", by=OPERATOR)


def test_account_of_the_same_address_in_capitals_is_refused():
    invited()

    with pytest.raises(ValidationError, match="email"):
        create_account(email="MINA.ROOS@example.org", name="Other", language="en", by=OPERATOR)


def test_account_constraints_hold_in_the_database():
    with act():
        first = make_account("Jo Petit")
        for wrong in (Account(email=first.email.upper(), name="x"), Account(email="a@example.org", name="")):
            wrong.created_on = clock.today()
            with pytest.raises(IntegrityError), transaction.atomic():
                wrong.save()


def test_natural_key_ignores_capitals():
    account = invited()

    assert Account.objects.get_by_natural_key("MINA.roos@EXAMPLE.org") == account


def test_set_first_password_works_once():
    account = invited()

    assert set_first_password(secret="secret", password=PASSWORD, by=holder()) == account
    assert set_first_password(secret="secret", password="another long sentence", by=holder()) is None
    assert Account.objects.get().check_password(PASSWORD)


def test_set_first_password_refuses_a_stranger_an_old_link_and_a_weak_password():
    invited()

    assert set_first_password(secret="guess", password=PASSWORD, by=holder()) is None
    with pytest.raises(ValidationError):
        set_first_password(secret="secret", password="short", by=holder())
    with act():
        Welcome.objects.update(expires_on=clock.today() - timedelta(days=1))
    assert set_first_password(secret="secret", password=PASSWORD, by=holder()) is None


def test_set_first_password_of_another_account_is_refused():
    invited()
    with act():
        other = make_account("Jo Petit")

    assert set_first_password(secret="secret", password=PASSWORD, by=Actor("person", str(other.pk))) is None


def test_welcome_closes_earlier_links_and_keeps_no_secret():
    account = invited("first")
    welcome(account=account, secret="second", expires_on=clock.today(), by=OPERATOR)

    assert set_first_password(secret="first", password=PASSWORD, by=holder()) is None
    assert "second" not in str(list(Welcome.objects.values()))


def test_account_keeps_no_time_of_last_sign_in():
    assert "last_login" not in {field.name for field in Account._meta.get_fields()}


def test_account_that_was_closed_is_not_found():
    account = invited()
    with act():
        Account.objects.update(is_active=False)

    assert find_account(account.pk) is None
