"""Pages of a long list, as an address asks for them."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

A_PAGE = 50
Item = TypeVar("Item")


def page_of(items: Sequence[Item] | QuerySet[Any], number: str | None) -> Page[Item]:
    """Give the page of this number: the first where none is asked for or it is none, the last where there are fewer."""
    pages = Paginator(items, A_PAGE)
    # Django gives the last page for 0 as well.
    is_one = number is not None and number.isascii() and number.isdigit() and number.strip("0") != ""
    return pages.get_page(number if is_one else 1)
