"""Every address of the site says how it is reached: with a permission, or openly and why."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, include, path

from decapolis.city.access.public import Access, page

FOREIGN = "decapolis.city.access.foreign"
"""Lists in ``ADDRESSES`` the views of other packages that are mounted, each with its reason."""


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """All addresses below a list of patterns."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, address)
        else:
            yield address, pattern


def unmarked(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """Complain of views without a mark that nobody declared."""
    declared = foreign()
    for address, pattern in addresses(patterns):
        name = pattern.lookup_str
        if not isinstance(getattr(pattern.callback, "access", None), Access) and name not in declared:
            yield f"{name} (/{address}): say @page(access=…) or @page(open_because=…), or declare it in {FOREIGN}."


def foreign() -> dict[str, object]:
    """Views of other packages that were declared one by one."""
    return dict(import_module(FOREIGN).ADDRESSES) if find_spec(FOREIGN) else {}


def test_every_address_states_its_access():
    found = list(unmarked(get_resolver().url_patterns))

    assert not found, "\n".join(found)


def test_every_declared_address_of_another_package_is_mounted():
    mounted = {pattern.lookup_str for _, pattern in addresses(get_resolver().url_patterns)}

    assert foreign().keys() <= mounted


def view(request):
    return HttpResponse()


def test_a_planted_view_without_mark_is_found():
    found = list(unmarked([path("fr/", include([path("open/", view, name="open")]))]))

    assert len(found) == 1
    assert "(/fr/open/): say @page(access=…)" in found[0]


def test_a_marked_view_is_not_found():
    marked = page(open_because="a test")(lambda request: HttpResponse())

    assert not list(unmarked([path("open/", marked)]))


@pytest.mark.parametrize("reasons", [{}, {"open_because": ""}])
def test_a_mark_without_reason_cannot_be_made(reasons):
    with pytest.raises(ValueError, match="either access= or open_because="):
        page(**reasons)
