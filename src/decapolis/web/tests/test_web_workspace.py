"""The home of signed-in people: where the city stands, what waits, what changed; as many questions for 1 as for 100."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from decapolis.city.access.actions import Term, confirm_role, give_role, invite_colleague
from decapolis.city.access.factories import as_actor, make_member, make_second_factor
from decapolis.city.access.gate import Viewer
from decapolis.city.access.models import Membership
from decapolis.city.access.queries import permissions_of
from decapolis.city.people.factories import make_account
from decapolis.plumbing import clock
from decapolis.plumbing.acting import OPERATOR, act
from decapolis.plumbing.clock import today
from decapolis.web import declarations
from decapolis.web.workspace.changes import changes
from decapolis.web.workspace.standings import stands
from decapolis.web.workspace.tasks import tasks

pytestmark = pytest.mark.django_db
HOME = "/workspace/"
BUDGETS = {HOME: 13, "/workspace/tasks/": 9, "/workspace/changes/": 8, "/workspace/search/?q=role": 5}


@pytest.fixture(autouse=True)
def _a_city_that_is_set_up(monkeypatch):
    cache.clear()
    monkeypatch.setattr(declarations, "is_being_set_up", lambda: False)


@pytest.fixture
def member():
    """Make a colleague with roles and a second factor."""

    def make(name, *roles):
        with act():
            return make_second_factor(make_member(make_account(name), *roles))

    return make


@pytest.fixture
def term():
    return Term(today(), today() + timedelta(days=200))


def viewer(account):
    return Viewer("person", account, permissions_of(account.pk))


def sentences(account):
    return [each.task.sentence for each in tasks(viewer(account))]


def page_of(client, account, address=HOME):
    client.force_login(account)
    return client.get(address).content.decode()


def test_home_shows_ten_steps_as_ring_and_as_list(client, member):
    page = page_of(client, member("Vera Nys", "analyst"))

    assert page.count('<g data-is="') == 10
    assert [f'id="step-{number}"' in page for number in range(1, 11)] == [True] * 10
    assert "Steps 2: not begun. Steps 1, 3, 4, 5, 6, 7, 8, 9, 10: planned." in page
    assert "Nothing has been asked of residents yet." in page
    assert "Good day, Vera Nys" in page


def test_home_without_tasks_and_changes_says_so(client, member):
    page = page_of(client, member("Vera Nys", "analyst"))

    assert "Nothing waits for you." in page
    assert "Nothing that you may hear of in the last 14 days." in page
    assert "dc-next" not in page


def test_planned_steps_say_what_they_will_be(member):
    planned = [each for each in stands(viewer(member("Vera Nys", "analyst"))) if not each.step.stands]

    assert [each.standing.state for each in planned] == ["planned"] * 9
    assert [each.standing.sentence for each in planned] == [each.step.sentence for each in planned]


def test_role_waits_for_whoever_neither_gave_nor_receives_it(member, term):
    giver, second, third = (member(name, "administrator") for name in ("Lena Moor", "Jo Petit", "Ada Lind"))
    given = give_role(account=second, role="facilitator", term=term, by=as_actor(giver))

    assert (sentences(giver), sentences(second)) == ([], [])
    assert sentences(third) == ["Confirm: Facilitator or coder for Jo Petit"]
    assert sentences(member("Vera Nys", "analyst")) == []

    confirm_role(membership=given.pk, by=as_actor(third))
    assert sentences(third) == []


def test_invitation_waits_until_it_is_used_and_is_late_after_its_end(member, freeze_clock):
    host = member("Lena Moor", "administrator")
    invite_colleague(email="x@example.org", name="Vera Nys", language="en", by=as_actor(host))

    (waiting,) = tasks(viewer(host))
    assert (waiting.task.due, waiting.late, waiting.is_soon) == (today() + timedelta(days=7), 0, True)
    freeze_clock(clock.now() + timedelta(days=9))
    (late,) = tasks(viewer(host))
    assert (late.late, late.icon) == (2, "late")


def test_role_that_ends_soon_is_a_task_for_its_holder_and_for_whoever_gives_roles(member):
    host, holder = member("Lena Moor", "administrator"), member("Vera Nys", "analyst")
    with act():
        Membership.objects.filter(account=holder).update(ends_on=today() + timedelta(days=30))

    assert sentences(holder) == ["Your role ends: Analyst"]
    assert sentences(host) == ["A role ends: Analyst, Vera Nys"]
    assert sentences(member("Jo Petit", "finance")) == []


def test_second_factor_is_missed_but_not_in_a_fictional_city(settings):
    with act():
        account = make_member(make_account("Vera Nys"), "elected_member")

    assert sentences(account) == ["Set up a second factor"]
    settings.FICTIONAL = True
    assert sentences(account) == []


def test_setting_up_is_a_task_of_whoever_keeps_the_installation(member, monkeypatch):
    monkeypatch.setattr(declarations, "is_being_set_up", lambda: True)

    assert sentences(member("Lena Moor", "administrator")) == ["Set up the city"]
    assert sentences(member("Jo Petit", "coordinator")) == []


def test_tasks_come_by_the_day_they_are_due_and_those_without_last(member):
    host = member("Lena Moor", "administrator")
    with act():
        make_member(make_account("Vera Nys"), "analyst")
        Membership.objects.filter(role="analyst").update(ends_on=today() + timedelta(days=3))
        host.authenticator_set.all().delete()
    invite_colleague(email="x@example.org", name="Jo Petit", language="en", by=as_actor(host))

    assert [each.task.due and (each.task.due - today()).days for each in tasks(viewer(host))] == [3, 7, None]


def test_first_task_is_the_next_thing_to_do(client, member):
    host = member("Lena Moor", "administrator")
    invite_colleague(email="x@example.org", name="Vera Nys", language="en", by=as_actor(host))

    page = page_of(client, host)

    assert "Next: Vera Nys has not used the invitation" in page
    assert page.count('<a class="ds-button"') == 1
    assert "One task" in page


def test_what_changed_says_what_and_never_who(client, member, term):
    host = member("Lena Moor", "administrator")
    with act():
        account = make_account("Vera Nys")
    give_role(account=account, role="analyst", term=term, by=as_actor(host))

    (changed,) = changes(viewer(host))

    assert (changed.day, changed.sentence, changed.times) == (today(), "A role was given: Analyst.", 1)
    page = page_of(client, host, "/workspace/changes/")
    assert "A role was given: Analyst." in page
    assert "Vera Nys" not in page


def test_what_changed_is_told_as_far_as_a_role_reaches(member, term):
    with act():
        account = make_account("Vera Nys")
    give_role(account=account, role="analyst", term=term, by=OPERATOR)

    assert changes(viewer(member("Jo Petit", "finance"))) == []


def test_what_changed_forgets_the_name_of_a_role_that_is_gone(member, term):
    host = member("Lena Moor", "administrator")
    with act():
        account = make_account("Vera Nys")
    row = give_role(account=account, role="analyst", term=term, by=OPERATOR)
    with act():
        Membership.objects.filter(pk=row.pk).delete()

    assert [each.sentence for each in changes(viewer(host))] == ["A role was given."]


def test_what_changed_counts_what_is_the_same_and_ends_after_fourteen_days(member, term, freeze_clock):
    host = member("Lena Moor", "administrator")
    with act():
        for name in ("Vera Nys", "Jo Petit"):
            give_role(account=make_account(name), role="analyst", term=term, by=OPERATOR)

    assert [(each.sentence, each.times) for each in changes(viewer(host))] == [("A role was given: Analyst.", 2)]
    freeze_clock(clock.now() + timedelta(days=15))
    assert changes(viewer(host)) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 100])
@pytest.mark.parametrize("address", [HOME, "/workspace/tasks/", "/workspace/changes/", "/workspace/search/?q=role"])
def test_pages_ask_as_much_for_one_row_as_for_a_hundred(
    client, member, term, django_assert_num_queries, address, number
):
    host = member("Lena Moor", "administrator")
    with act():
        for each in range(number):
            account = make_account(f"Colleague {each:03}")
            give_role(account=account, role="analyst", term=term, by=OPERATOR)
        Membership.objects.filter(role="analyst").update(confirmed_on=today(), ends_on=today() + timedelta(days=9))
    client.force_login(host)

    with django_assert_num_queries(BUDGETS[address]):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_home_is_in_the_language_of_its_address(client, member, language):
    page = page_of(client, member("Vera Nys", "analyst"), f"/{language}/workspace/")

    assert f'<html lang="{language}"' in page
    assert "Your tasks" not in page
