"""Every page, every role: who may see and post it is what the table says. The pages come from the resolver."""

from itertools import product

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver

from decapolis.city.access.factories import make_member, make_second_factor
from decapolis.city.access.gate import Access
from decapolis.city.access.permissions import Permission
from decapolis.city.access.queries import permissions_of
from decapolis.city.access.roles import ROLES
from decapolis.city.people.factories import make_account
from decapolis.plumbing.acting import act
from tests.access.table import TABLE
from tests.architecture.test_addresses import addresses
from tests.ground.test_security_headers import _filled

CLOSED = [name for name, row in TABLE.items() if row.permission]
POSTED = [name for name, row in TABLE.items() if row.permission and row.posts]
KEYS = [role.key for role in ROLES]
PATTERNS = list(addresses(get_resolver().url_patterns))
ADDRESSES = {str(pattern.name): _filled(address, pattern) for address, pattern in PATTERNS}
MARKS: dict[str, Access] = {str(pattern.name): vars(pattern.callback)["access"] for _, pattern in PATTERNS}
ELSEWHERE = "/nowhere-at-all/"


EMPTY = {"mfa_view_recovery_codes", "own-sessions", "mailbox"} | {
    "decide-period",
    "ask-for-hold",
    "sign",
    "overseer-stop",
    "overseer-lift",
}
"""Pages that answer 404: to whoever has no recovery codes yet, or names what is not there; in a real city."""


@pytest.fixture(autouse=True)
def _quick_and_unlimited(settings):
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def somebody(client):
    """Sign somebody in who holds a role."""

    def sign_in(role):
        with act():
            account = make_second_factor(make_member(make_account("Some Body", password="x"), role))
        client.force_login(account)
        return client

    return sign_in


def is_turned_away(client: Client, response) -> bool:
    """Whether an answer is the same as that for an address that does not exist."""
    if response.status_code != 404:
        return False
    assert response.content == client.get(ELSEWHERE).content
    return True


def test_the_table_names_every_page_and_no_other():
    assert sorted(ADDRESSES) == sorted(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_a_page_is_marked_as_the_table_says(name):
    assert (MARKS[name].permission, MARKS[name].posts) == TABLE[name]


@pytest.mark.django_db
@pytest.mark.parametrize("name", TABLE)
def test_somebody_without_account_sees_what_is_open_and_nothing_else(client, name):
    response = client.get(ADDRESSES[name])

    if TABLE[name].permission is None:
        assert response.status_code in (200, 302, 404)  # 404 where the example names nothing
        assert "/sign-in/?next=" not in response.get("Location", "")
    else:
        assert (response.status_code, response["Location"]) == (302, f"/sign-in/?next={ADDRESSES[name]}")


@pytest.mark.django_db
@pytest.mark.parametrize("name", POSTED)
def test_somebody_without_account_posts_nothing_to_a_closed_page(client, name):
    response = client.post(ADDRESSES[name], {"role": "administrator"})

    assert response["Location"].startswith("/sign-in/?next=")


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if not row.posts])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_page_that_is_not_posted_refuses_to_be(client, name, method):
    assert getattr(client, method)(ADDRESSES[name]).status_code == 405


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(("role", "name"), list(product(KEYS, CLOSED)))
def test_a_role_sees_its_pages_and_no_other(somebody, role, name):
    client = somebody(role)
    allowed = TABLE[name].permission in permissions_of(int(client.session["_auth_user_id"]))

    response = client.get(ADDRESSES[name])

    if not allowed:
        assert is_turned_away(client, response)
    else:
        assert response.status_code in (200, 302) or names_nobody(name)
        assert "/sign-in/" not in response.get("Location", "")


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(("role", "name"), list(product(KEYS, POSTED)))
def test_a_role_posts_to_its_pages_and_to_no_other(somebody, role, name):
    client = somebody(role)
    allowed = TABLE[name].permission in permissions_of(int(client.session["_auth_user_id"]))

    response = client.post(ADDRESSES[name], {"name": "x"})

    if not allowed:
        assert is_turned_away(client, response)
    else:
        assert response.status_code in (200, 302) or names_nobody(name)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.key)
def test_a_role_holds_only_what_exists(role):
    assert role.permissions <= set(Permission)


def test_there_are_fifteen_roles():
    assert len(ROLES) == 15


def names_nobody(name: str) -> bool:
    """Whether the example of an address names a row that is not there."""
    return name in EMPTY or "/1/" in ADDRESSES[name]
