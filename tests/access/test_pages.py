"""Every page and who may see it: the table is approved by hand, the pages come from the resolver."""

import pytest
from django.test import Client
from django.urls import get_resolver

from decapolis.city.access.permissions import Permission
from decapolis.city.access.roles import ROLES
from tests.architecture.test_addresses import addresses
from tests.ground.test_security_headers import _filled

EVERYBODY = None
TABLE: dict[str, Permission | None] = {
    "health": EVERYBODY,
    "home": EVERYBODY,
    "what-we-do-not-do": EVERYBODY,
    "accessibility": EVERYBODY,
    "components": EVERYBODY,
    "results": EVERYBODY,
    "result": EVERYBODY,
    "statements": EVERYBODY,
    "totals-csv": EVERYBODY,
    "totals-json": EVERYBODY,
    "chart-svg": EVERYBODY,
    "chart-png": EVERYBODY,
}
"""Name of each page and the permission it asks for. A new page is a new line here, read by a second person."""


def pages():
    """Name, address and mark of every page."""
    return [
        (pattern.name, _filled(address, pattern), getattr(pattern.callback, "access", None))
        for address, pattern in addresses(get_resolver().url_patterns)
    ]


def test_the_table_names_every_page_and_no_other():
    assert sorted(name for name, _, _ in pages()) == sorted(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_a_page_is_marked_as_the_table_says(name):
    marks = {name: access.permission for name, _, access in pages()}

    assert marks[name] == TABLE[name]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "address", "access"), pages(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_somebody_without_account_sees_what_is_open_and_nothing_else(name, address, access):
    response = Client().get(address)

    if TABLE[name] is EVERYBODY:
        assert response.status_code in (200, 404)  # 404 where the example names nothing
    else:
        assert response.status_code == 404  # the same as for a wrong address


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.key)
def test_a_role_holds_only_what_exists(role):
    assert role.permissions <= set(Permission)
