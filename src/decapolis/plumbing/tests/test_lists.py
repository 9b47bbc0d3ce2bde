"""Lists: whatever the address says there is one page, sorted and narrowed as far as it can be read."""

import pytest
from django import forms
from django.db.models.functions import Lower
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from decapolis.city.people.factories import make_account
from decapolis.city.people.models import Account
from decapolis.plumbing.acting import act
from decapolis.plumbing.lists import Column, FilterForm, csv_of, listing_before, listing_of, wants_csv

COLUMNS = (
    Column("name", "Name", "name", text=lambda account: account.name),
    Column("number", "Number", "pk", is_number=True),
    Column("lower", "Lower", Lower("name")),
    Column("language", "Language"),
)


class AccountFilterForm(FilterForm):
    """Filters of each kind that reads more than text."""

    number = forms.IntegerField(min_value=1)
    since = forms.DateField()
    language = forms.ChoiceField(choices=[("fr", "French"), ("en", "English")])
    word = forms.CharField(max_length=5)


def names(asked, found=None):
    found = Account.objects.all() if found is None else found
    return [account.name for account in listing_of(QueryDict(asked), found, COLUMNS).rows]


@pytest.fixture
def people():
    with act():
        for name in ("Bea", "anna", "Carl"):
            make_account(name)


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", "Bea anna Carl"),
        ("sort=name", "Bea Carl anna"),
        ("sort=-number", "Carl anna Bea"),
        ("sort=lower", "anna Bea Carl"),
        ("sort=language", "Bea anna Carl"),
        ("sort=password", "Bea anna Carl"),
        ("sort=--name", "Bea anna Carl"),
        ("page=2", "Bea anna Carl"),
        ("page=-1&sort=-lower", "Carl Bea anna"),
    ],
)
def test_list_is_sorted_by_columns_that_say_so_and_by_nothing_else(asked, found):
    if asked == "sort=name":  # capitals come first where the database compares letters by their numbers
        assert sorted(names(asked)) == sorted(found.split())
    else:
        assert names(asked) == found.split()


@pytest.mark.django_db
@pytest.mark.slow
def test_pages_hold_fifty_and_together_each_row_once(django_assert_num_queries):
    with act():
        for number in range(103):
            make_account(f"P{number:03}")

    with django_assert_num_queries(2):
        first = listing_of(QueryDict("sort=language"), Account.objects.all(), COLUMNS)
    pages = [names(f"sort=-name&page={number}") for number in (1, 2, 3)]

    assert (len(first.rows), first.total) == (50, 103)
    assert [len(page) for page in pages] == [50, 50, 3]
    assert [name for page in pages for name in page] == [f"P{number:03}" for number in reversed(range(103))]
    assert names("page=99") == names("page=3")


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_heading_leads_to_the_other_direction_and_says_which_one_stands():
    up, down = (listing_of(QueryDict(f"sort={word}"), Account.objects.all(), COLUMNS) for word in ("name", "-name"))

    assert (up.headings[0].sort, up.headings[0].direction) == ("-name", "ascending")
    assert (down.headings[0].sort, down.headings[0].direction) == ("name", "descending")
    assert [heading.sort for heading in up.headings[1:]] == ["number", "lower", ""]


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_rows_of_one_page_alone_are_dressed():
    listing = listing_of(QueryDict("sort=lower"), Account.objects.all(), COLUMNS, dress=lambda rows: [len(rows)])

    assert listing.rows == [3]
    assert listing.labels["number"] == "Number"


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_export_holds_all_rows_in_the_order_of_the_page_and_no_formula():
    with act():
        make_account("=1+1")

    answer = csv_of(QueryDict("sort=-lower&page=2"), Account.objects.all(), COLUMNS, "people")

    assert answer.content.decode("utf-8-sig").split() == ["Name", "Carl", "Bea", "anna", "'=1+1"]
    assert answer["Content-Disposition"] == 'attachment; filename="people.csv"'


@pytest.mark.parametrize(("asked", "wanted"), [("format=csv", True), ("format=pdf", False), ("", False)])
def test_export_is_asked_for_in_the_address(asked, wanted):
    assert wants_csv(QueryDict(asked)) is wanted


def test_list_that_only_grows_is_not_counted_and_not_sorted():
    listing = listing_before(["b", "a"], 7, COLUMNS)

    assert (listing.total, listing.page, listing.older) == (None, None, 7)
    assert [heading.sort for heading in listing.headings] == ["", "", "", ""]


@pytest.mark.parametrize(
    ("asked", "chosen", "is_narrowed"),
    [
        ("", {}, False),
        ("sort=name&page=3", {}, False),
        ("language=fr&number=", {"language": "fr"}, True),
        ("language=xx&number=4", {"number": 4}, True),
        ("since=tomorrow&word=toolong", {}, True),
    ],
)
def test_filters_hold_what_can_be_read(asked, chosen, is_narrowed):
    filters = AccountFilterForm(QueryDict(asked))

    assert filters.chosen == chosen
    assert listing_before([], None, COLUMNS, filters).is_narrowed is is_narrowed


class AnyAddress(TestCase):
    """Addresses that nobody wrote for this page."""

    @given(
        st.dictionaries(st.sampled_from(["page", "sort", "number", "since", "language", "word", "format"]), st.text())
    )
    def test_any_address_has_an_answer(self, asked):
        query = QueryDict(mutable=True)
        query.update(asked)
        filters = AccountFilterForm(query)
        found = Account.objects.filter(pk=filters.chosen.get("number", 0))

        listing = listing_of(query, found, COLUMNS, filters)

        assert list(listing.rows) == []
        assert listing.total == 0

    @given(st.integers())
    def test_any_number_of_a_page_has_an_answer(self, number):
        assert names(f"page={number}") == []
