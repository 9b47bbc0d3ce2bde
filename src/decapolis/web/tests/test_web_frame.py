"""The frame around the workspace: menus, breadcrumbs, what is left out; every page says where it stands."""

import pytest
from django.test import RequestFactory
from django.urls import resolve

from decapolis.city.access.factories import make_member, make_second_factor
from decapolis.city.access.gate import viewer_of
from decapolis.city.people.factories import make_account
from decapolis.plumbing.acting import act
from decapolis.plumbing.declaring import modules
from decapolis.web.workspace.declared import signposts
from decapolis.web.workspace.frame import address_of, frame
from tests.access.table import TABLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def framed():
    """Make the frame of a page for somebody who holds a role."""

    def make(address, *roles, has_factor=True):
        with act():
            account = make_member(make_account("Vera Nys"), *roles)
        request = RequestFactory().get(address)
        request.user = make_second_factor(account) if has_factor else account
        request.resolver_match = resolve(address)
        assert viewer_of(request).account == account
        return frame(request)

    return make


def titles(links):
    return [link.title for link in links]


def test_every_closed_page_says_where_it_stands():
    closed = {name for name, row in TABLE.items() if row.permission}

    assert closed <= {page.rpartition(":")[2] for page in signposts()}


EXAMPLES: tuple[dict[str, object], ...] = (
    {"number": 1, "membership": 2},
    {"pk": 1},
    {"key": "x", "number": 1},
    {"subject": "x", "kind": "x"},
)
"""What addresses of the workspace may hold."""


def test_every_signpost_leads_to_a_page_and_up_to_the_home():
    for post in signposts().values():
        above, steps = post, 0
        while above.under:
            above, steps = signposts()[above.under], steps + 1
        assert (above.page, steps < 5) == ("workspace", True)
        assert any(address_of(post.page, example) for example in EXAMPLES)


def test_a_signpost_is_put_up_once():
    posts = [post.page for module in modules() for post in getattr(module, "PAGES", ())]

    assert len(posts) == len(set(posts)) > 20


def test_frame_opens_ten_steps_in_four_parts(framed):
    parts = framed("/workspace/", "analyst").parts

    assert titles(parts) == ["Understand", "Build", "Engage", "Connect"]
    assert [step.number for part in parts for step in part.steps] == list(range(1, 11))
    assert [(step.title, step.url) for step in parts[0].steps[:2]] == [
        ("Assessment", "/workspace/#step-1"),
        ("Listening", "/listen/results/"),
    ]
    assert not any(part.is_here for part in parts)


def test_frame_marks_the_part_of_a_page_of_a_step(framed):
    understand, *others = framed("/listen/results/", "analyst").parts

    assert understand.is_here
    assert not any(part.is_here for part in others)


@pytest.mark.parametrize(
    ("role", "is_shown"), [("administrator", {"Colleagues and their roles"}), ("analyst", set()), ("finance", set())]
)
def test_city_menu_holds_what_may_be_opened(framed, role, is_shown):
    closed = {"Colleagues and their roles", "Record of what was done"}

    assert closed & set(titles(framed("/workspace/", role).city)) == is_shown


@pytest.mark.parametrize("is_there", [True, False])
def test_city_menu_opens_no_page_that_this_city_has_not(framed, settings, is_there):
    settings.FICTIONAL, settings.EMAIL_HOST = is_there, ""

    assert ("Mailbox of the fictional city" in titles(framed("/workspace/", "administrator").city)) is is_there


def test_account_menu_marks_the_page_that_is_open(framed):
    account = framed("/account/second-factor/", "analyst").account

    assert [link.title for link in account if link.is_here] == ["Second factor"]


def test_breadcrumbs_lead_from_the_home_to_the_page_above(framed):
    crumbs = framed("/colleagues/7/3/confirm/", "administrator").crumbs

    assert [(crumb.title, crumb.url) for crumb in crumbs] == [
        ("Workspace", "/workspace/"),
        ("Colleagues and their roles", "/colleagues/"),
        ("Colleague", "/colleagues/7/"),
    ]


def test_breadcrumbs_leave_out_what_may_not_be_opened(framed):
    assert titles(framed("/account/second-factor/app/", "analyst", has_factor=False).crumbs) == ["Second factor"]


def test_home_has_no_breadcrumbs(framed):
    assert framed("/workspace/", "analyst").crumbs == ()


def test_frame_is_on_the_page(client, django_assert_max_num_queries):
    with act():
        account = make_second_factor(make_member(make_account("Vera Nys"), "administrator"))
    client.force_login(account)

    with django_assert_max_num_queries(12):
        page = client.get("/colleagues/invite/").content.decode()

    assert page.count('<details name="menu"') == 6
    assert '<a class="ds-link" href="/colleagues/">Colleagues and their roles</a>' in page
    assert '<html lang="en"' in page
    assert "Sign in (staff and partners)" not in page
