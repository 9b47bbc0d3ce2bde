"""Pages of a long list, as an address asks for them."""

from collections.abc import Sequence
from typing import TypeVar

from django.core.paginator import InvalidPage, Page, Paginator

PAGE_SIZE = 50
Item = TypeVar("Item")


def page_of(items: Sequence[Item], number: str | None) -> Page[Item]:
    """Give the page of this number; the first where none is asked for, or one that is not there."""
    pages = Paginator(items, PAGE_SIZE)
    try:
        return pages.page(number or 1)
    except InvalidPage:
        return pages.page(1)
