"""Pages of a long list."""

import pytest

from decapolis.plumbing.paging import A_PAGE, page_of

ITEMS = range(3 * A_PAGE - 1)


@pytest.mark.parametrize(("asked", "first"), [(None, 0), ("", 0), ("1", 0), ("2", A_PAGE), ("3", 2 * A_PAGE)])
def test_page_of_gives_the_page_that_is_asked_for(asked: str | None, first: int) -> None:
    assert page_of(ITEMS, asked).object_list[0] == first


@pytest.mark.parametrize("asked", ["0", "00", "-1", "x", "1.5", "9" * 5000, "٢"])
def test_page_of_gives_the_first_page_where_there_is_no_such(asked: str) -> None:
    assert page_of(ITEMS, asked).number == 1


@pytest.mark.parametrize("asked", ["4", "999"])
def test_page_of_gives_the_last_page_where_there_are_fewer(asked: str) -> None:
    assert page_of(ITEMS, asked).number == 3


def test_page_of_nothing_is_an_empty_page() -> None:
    assert list(page_of([], "2")) == []
