"""What tests of pages share: quick passwords, no limits left over, somebody signed in."""

import pytest
from django.core.cache import cache

from decapolis.city.access.factories import make_member, make_second_factor
from decapolis.city.people.factories import make_account
from decapolis.plumbing.acting import act

PASSWORD = "four words nobody guesses"


@pytest.fixture(autouse=True)
def _quick_and_unlimited(settings):
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def member():
    """Make a colleague with roles and with a second factor."""

    def make(name, *roles, has_factor=True):
        with act():
            account = make_member(make_account(name, password=PASSWORD), *roles)
        return make_second_factor(account) if has_factor else account

    return make


@pytest.fixture
def sign_in(client):
    """Sign a colleague in, past the page of sign-in."""

    def sign(account):
        client.force_login(account)
        return client

    return sign
