"""The gate before every page: permissions are asked anew, what is refused looks like what does not exist."""

import time
from statistics import median

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from decapolis.city.access.actions import end_role
from decapolis.city.access.gate import ANYONE, Viewer, actor_of, page, viewer_of
from decapolis.city.access.models import Membership
from decapolis.city.access.permissions import Permission
from decapolis.city.audit.models import Body
from decapolis.plumbing.acting import OPERATOR, Actor

pytestmark = pytest.mark.django_db


def request_of(account, method="get"):
    request = getattr(RequestFactory(), method)("/somewhere/")
    request.user = account
    return request


def test_role_that_ends_closes_the_next_request(sign_in, member):
    account = member("Lena Moor", "administrator", "finance")
    client = sign_in(account)
    assert client.get("/colleagues/").status_code == 200

    end_role(membership=Membership.objects.get(role="administrator").pk, by=OPERATOR)

    assert client.get("/colleagues/").status_code == 404
    assert client.get("/workspace/").status_code == 200


def test_account_that_is_closed_is_signed_out_at_once(sign_in, member):
    client = sign_in(member("Lena Moor", "administrator"))

    end_role(membership=Membership.objects.get().pk, by=OPERATOR)

    assert client.get("/workspace/")["Location"].startswith("/sign-in/")


def test_refused_page_is_noted_with_who_and_what(sign_in, member):
    account = member("Idris Hale", "analyst")
    client = sign_in(account)

    client.get("/record/")

    denied = Body.objects.get(outcome="denied")
    assert (denied.actor_kind, denied.actor_key, denied.act) == ("person", str(account.pk), "audit.read")


def test_wrong_viewer_and_wrong_id_get_the_same_answer(sign_in, member):
    administrator, analyst = member("Lena Moor", "administrator"), member("Idris Hale", "analyst")
    nowhere = sign_in(administrator).get("/colleagues/999999/")
    refused = sign_in(analyst).get(f"/colleagues/{administrator.pk}/")

    assert refused.status_code == nowhere.status_code == 404
    assert refused.content == nowhere.content == sign_in(analyst).get("/no/such/page/").content


@pytest.mark.slow
def test_wrong_viewer_learns_nothing_from_the_time(sign_in, member):
    administrator, analyst = member("Lena Moor", "administrator"), member("Idris Hale", "analyst")
    client = sign_in(analyst)

    def taken(number: int) -> float:
        begun = time.perf_counter()
        client.get(f"/colleagues/{number}/")
        return time.perf_counter() - begun

    pairs = [(taken(administrator.pk), taken(999_999)) for _ in range(31)]

    there, nowhere = (median(times) for times in zip(*pairs, strict=True))
    assert 0.6 < there / nowhere < 1.6


def test_closed_pages_are_kept_by_no_cache(sign_in, member):
    client = sign_in(member("Vera Nys", "elected_member"))

    assert "no-store" in client.get("/workspace/")["Cache-Control"]
    assert "no-store" in client.get("/account/")["Cache-Control"]


def test_public_page_asks_for_no_session(client):
    response = client.get("/accessibility/")

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_act_that_is_refused_looks_like_a_page_that_does_not_exist(member):
    @page(access=Permission.OWN_ACCOUNT)
    def refuse(request):
        raise PermissionDenied("access.give")

    request = request_of(member("Vera Nys", "elected_member"))

    with pytest.raises(Http404):
        refuse(request)
    assert request.resolver_match is None


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_page_that_is_not_posted_does_not_run(method):
    @page(open_because="a test")
    def view(request):
        raise AssertionError("it ran")

    assert view(getattr(RequestFactory(), method)("/")).status_code == 405


def test_page_that_is_posted_runs():
    view = page(open_because="a test", posts=True)(lambda request: HttpResponse("done"))

    assert view(RequestFactory().post("/")).content == b"done"


def test_viewer_holds_what_the_roles_allow(member):
    viewer = viewer_of(request_of(member("Ada Lind", "data_protection_officer")))

    assert viewer.kind == "person"
    assert viewer.may("audit.read")
    assert not viewer.may(Permission.GIVE_ROLE)


def test_anyone_may_nothing_and_the_operator_everything():
    assert not [permission for permission in Permission if ANYONE.may(permission)]
    assert all(Viewer("operator").may(permission) for permission in Permission)


def test_actor_is_the_account_that_is_signed_in(member):
    account = member("Vera Nys", "elected_member")

    assert actor_of(request_of(account)) == Actor("person", str(account.pk))


def test_nobody_is_no_actor(client):
    request = client.get("/").wsgi_request

    with pytest.raises(PermissionDenied):
        actor_of(request)
