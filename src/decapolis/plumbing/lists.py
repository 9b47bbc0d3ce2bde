"""Lists: what the address asks for, checked, and one page of rows, sorted, counted, under headings that sort.

A view says ``listing_of(request.GET, found, COLUMNS, filters)``, and its template ``<c-list :listing="listing">``.
Whatever stands in the address, there is an answer: what cannot be read does not narrow, sort or turn the page.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from django import forms
from django.core.paginator import Page
from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpResponse, QueryDict
from django.utils.functional import Promise

from decapolis.plumbing.documents.tables import table
from decapolis.plumbing.paging import page_of

CSV = "csv"

Row = TypeVar("Row")
Text = str | Promise
Cell = str | float | None
Dress = Callable[[Sequence[Any]], Sequence[Any]]


@dataclass(frozen=True)
class Column:
    """One column: its key in the address, its name, what it sorts by (nothing: not at all), its text in an export."""

    key: str
    label: Text
    sorts_by: str | Combinable = ""
    is_number: bool = False
    text: Callable[[Any], Cell] | None = None


@dataclass(frozen=True)
class Heading:
    """A column as it stands above the table: `sort` is what the address says once it is followed."""

    label: Text
    is_number: bool
    sort: str
    direction: Literal["", "ascending", "descending"]


class FilterForm(forms.Form):
    """What a list may be narrowed by. Every field may stay empty; what cannot be read does not narrow, and says so."""

    def __init__(self, asked: QueryDict, *, auto_id: str = "id_%s") -> None:
        super().__init__(asked, auto_id=auto_id)
        for field in self.fields.values():
            field.required = False

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen and could be read, by the names of the fields."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """One page of a list. Lists that only grow have no `page` and no count, but the number of the next `older` row."""

    rows: Sequence[Row]
    columns: Sequence[Column]
    headings: tuple[Heading, ...]
    filters: FilterForm | None = None
    sort: str = ""
    page: Page[Any] | None = None
    older: int | None = None

    @property
    def labels(self) -> dict[str, Text]:
        """Names of the columns by their keys, for the cards of a narrow screen."""
        return {column.key: column.label for column in self.columns}

    @property
    def total(self) -> int | None:
        """How many rows there are on all pages; none where they are not counted."""
        return self.page.paginator.count if self.page is not None else None

    @property
    def is_narrowed(self) -> bool:
        """Whether the address asks for less than all."""
        return self.filters is not None and any(self.filters.data.get(name) for name in self.filters.fields)


def listing_of(
    asked: QueryDict,
    found: QuerySet[Any],
    columns: Sequence[Column],
    filters: FilterForm | None = None,
    dress: Dress = list,
) -> Listing[Any]:
    """Page of `found` that the address asks for; `dress` makes of the rows of one page what the template shows."""
    by, sort = _sort_asked(asked, columns)
    page: Page[Any] = page_of(_sorted(found, by, sort), asked.get("page"))
    headings = tuple(_heading(column, sort) for column in columns)
    return Listing(dress(list(page.object_list)), columns, headings, filters, sort, page)


def listing_before(
    rows: Sequence[Row], older: int | None, columns: Sequence[Column], filters: FilterForm | None = None
) -> Listing[Row]:
    """Page of a list that only grows, the newest first: not counted, so that a million rows cost what fifty do."""
    headings = tuple(Heading(column.label, column.is_number, "", "") for column in columns)
    return Listing(rows, columns, headings, filters, older=older)


def wants_csv(asked: QueryDict) -> bool:
    """Whether the address asks for the whole list as a file."""
    return asked.get("format") == CSV


def csv_of(asked: QueryDict, found: QuerySet[Any], columns: Sequence[Column], name: str) -> HttpResponse:
    """Whole list as a file for spreadsheets, sorted as the address says; of the columns those that have a text."""
    shown = [(column, column.text) for column in columns if column.text]
    by, sort = _sort_asked(asked, columns)
    rows: Iterable[Any] = _sorted(found, by, sort)
    text = table([str(column.label) for column, _ in shown], ([write(row) for _, write in shown] for row in rows))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


def _sort_asked(asked: QueryDict, columns: Sequence[Column]) -> tuple[Column | None, str]:
    """Column by which the address sorts, and its word for it; none where it names no column that sorts."""
    word = asked.get("sort", "")
    column = next((each for each in columns if each.sorts_by and each.key == word.removeprefix("-")), None)
    return column, f"-{column.key}" if column and word.startswith("-") else column.key if column else ""


def _sorted(found: QuerySet[Any], by: Column | None, sort: str) -> QuerySet[Any]:
    """Sort, empty values last, and rows that are alike by their number, so that none is on two pages."""
    if by is None:
        return found if found.ordered else found.order_by("pk")
    value = F(by.sorts_by) if isinstance(by.sorts_by, str) else by.sorts_by
    direction = value.desc if sort.startswith("-") else value.asc  # type: ignore[attr-defined]  # expressions have both
    return found.order_by(direction(nulls_last=True), "pk")


def _heading(column: Column, sort: str) -> Heading:
    if not column.sorts_by:
        return Heading(column.label, column.is_number, "", "")
    if sort == column.key:
        return Heading(column.label, column.is_number, f"-{column.key}", "ascending")
    return Heading(column.label, column.is_number, column.key, "descending" if sort == f"-{column.key}" else "")
