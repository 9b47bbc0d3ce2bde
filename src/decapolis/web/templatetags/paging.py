"""Which pages of a long list are named: a reader wants the ends and what is near."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.core.paginator import Page

register = template.Library()


@register.filter
def around(page: Page[Any]) -> Iterator[int | None]:
    """Numbers of the first page, the last, and two on each side of this one; None where others are left out."""
    paginator = page.paginator
    for number in paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1):
        yield number if isinstance(number, int) else None
