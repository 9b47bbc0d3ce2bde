"""Tasks in steps, over HTTP: back and forth, checked before anything is done, nothing lost, for oneself alone."""

import re
from html import unescape

import pytest
from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django_cotton.compiler_regex import CottonCompiler

from decapolis.city.access.factories import make_member
from decapolis.city.access.public import Permission, page
from decapolis.city.people.factories import make_account
from decapolis.plumbing.acting import act
from decapolis.plumbing.drafts.models import Draft
from decapolis.plumbing.drafts.public import Step, in_steps, sent
from decapolis.web import urls

pytestmark = pytest.mark.django_db

TASK = engines["django"].from_string(CottonCompiler().process('<c-task :task="task" deed="Ask for it" />'))
DONE: list[dict[str, object]] = []


class GrantForm(forms.Form):
    """A small application."""

    title = forms.CharField(label="Title", max_length=20)
    kind = forms.ChoiceField(label="Kind", choices=[("", "–"), ("m", "Meeting"), ("t", "Training")])
    amount = forms.IntegerField(label="Euros", min_value=1)
    again = forms.BooleanField(label="Every year", required=False)

    def clean(self):
        """Two answers that do not go together."""
        if self.cleaned_data.get("kind") == "m" and (self.cleaned_data.get("amount") or 0) > 999:
            raise forms.ValidationError("A meeting costs less.")


STEPS = (
    Step("what", "What is it?", ("title", "kind")),
    Step("money", "How much does it cost?", ("amount",)),
    Step("often", "How often?", ("again",)),
)


@page(access=Permission.WORKSPACE, posts=True)
def ask(request):
    """Ask for a grant in steps."""
    task = in_steps(request, GrantForm, "grant", STEPS)
    if task.leads_to:
        return redirect(task.leads_to)
    if task.is_ready:
        DONE.append(task.form.cleaned_data)
        sent(request, "grant")
    return HttpResponse(TASK.render({"task": task}, request))


urlpatterns = [*urls.urlpatterns, path("ask/", ask, name="ask")]
handler404 = urls.handler404


@pytest.fixture(autouse=True)
def _with_the_page(settings):
    settings.ROOT_URLCONF = __name__
    settings.FICTIONAL = True  # no second factor
    DONE.clear()


def member(name):
    with act():
        return make_member(make_account(name), "finance")


@pytest.fixture
def asking(client):
    client.force_login(member("Ines Roy"))
    return client


def html(response):
    return unescape(response.content.decode())


def answer(client, step, **given):
    return client.post(f"/ask/?step={step}", given)["Location"]


def answer_all(client, **other):
    answer(client, "what", title="Evening", kind="t")
    answer(client, "money", amount=500, **other)
    return answer(client, "often", again="on")


def test_one_question_a_page_then_all_are_checked_and_done_once(asking):
    assert "Step 1 of 3" in html(asking.get("/ask/"))
    assert answer(asking, "what", title="Evening", kind="t") == "/ask/?step=money"
    assert answer(asking, "money", amount=500) == "/ask/?step=often"
    assert answer(asking, "often", again="on") == "/ask/?step=check"
    shown = html(asking.get("/ask/?step=check"))
    assert re.findall(r"<dt>([^<]+)</dt><dd><bdi>([^<]+)<", shown) == [
        ("Title", "Evening"),
        ("Kind", "Training"),
        ("Euros", "500"),
        ("Every year", "yes"),
    ]
    assert DONE == []

    asking.post("/ask/?step=check")

    assert DONE == [{"title": "Evening", "kind": "t", "amount": 500, "again": True}]
    assert not Draft.objects.exists()


def test_page_asks_its_own_question_alone(asking):
    answer(asking, "what", title="Evening", kind="t")

    text = html(asking.get("/ask/?step=money"))

    assert re.findall(r'name="(title|kind|amount|again)"', text) == ["amount"]
    assert 'href="?step=what">Back<' in text


def test_wrong_answer_stays_on_its_page_and_nothing_typed_is_lost(asking):
    response = asking.post("/ask/?step=what", {"title": "A title that is far too long", "kind": "t"})

    assert response.status_code == 200
    assert "One thing has to be put right first" in html(response)
    assert 'value="A title that is far too long"' in html(response)


@pytest.mark.parametrize("step", ["money", "often", "check"])
def test_nobody_comes_to_a_page_before_its_turn(asking, step):
    assert asking.get(f"/ask/?step={step}")["Location"] == "/ask/?step=what"


def test_nothing_is_done_before_everything_is_answered(asking):
    answer(asking, "what", title="Evening", kind="t")

    assert asking.post("/ask/?step=check", {"amount": 5, "title": "x", "kind": "t"})["Location"] == "/ask/?step=money"
    assert DONE == []


def test_answer_that_comes_too_early_is_kept(asking):
    assert answer(asking, "money", amount=500) == "/ask/?step=often"
    assert asking.get("/ask/?step=often")["Location"] == "/ask/?step=what"

    answer(asking, "what", title="Evening", kind="t")

    assert 'value="500"' in html(asking.get("/ask/?step=money"))


def test_change_leads_to_the_question_and_back_to_the_check(asking):
    answer_all(asking)
    assert 'href="?step=money&change=yes"' in html(asking.get("/ask/?step=check"))
    assert 'value="500"' in html(asking.get("/ask/?step=money&change=yes"))

    response = asking.post("/ask/?step=money&change=yes", {"amount": 700})

    assert response["Location"] == "/ask/?step=check"
    assert "<bdi>700</bdi>" in html(asking.get("/ask/?step=check"))
    assert "<bdi>Evening</bdi>" in html(asking.get("/ask/?step=check"))


def test_tick_that_is_taken_away_is_gone(asking):
    answer_all(asking)

    asking.post("/ask/?step=often&change=yes", {})

    assert "<bdi>no</bdi>" in html(asking.get("/ask/?step=check"))


def test_answers_that_do_not_go_together_say_so_and_are_not_done(asking):
    answer(asking, "what", title="Evening", kind="m")
    answer(asking, "money", amount=5000)
    answer(asking, "often")

    assert "A meeting costs less." in html(asking.post("/ask/?step=check"))
    assert DONE == []


def test_task_is_taken_up_again_and_says_so_at_its_beginning_only(asking):
    answer(asking, "what", title="Evening", kind="t")

    assert "You began this before" in html(asking.get("/ask/"))
    assert 'value="Evening"' in html(asking.get("/ask/"))
    assert "You began this before" not in html(asking.get("/ask/?step=money"))


def test_keeping_one_page_loses_nothing_of_the_others(asking):
    answer_all(asking)
    (tag,) = re.findall(r'name="draft-of" value="([^"]+)"', html(asking.get("/ask/?step=money&change=yes")))

    asking.post("/drafts/keep/", {"amount": "seven", "draft-of": tag})

    assert 'value="seven"' in html(asking.get("/ask/?step=money"))
    assert 'value="Evening"' in html(asking.get("/ask/?step=what"))
    assert asking.get("/ask/?step=check")["Location"] == "/ask/?step=money"


def test_answers_are_ones_own(asking):
    answer_all(asking)
    asking.force_login(member("Omar Diaz"))

    assert asking.get("/ask/?step=check")["Location"] == "/ask/?step=what"
    assert "Evening" not in html(asking.get("/ask/"))


def test_form_with_a_field_in_no_step_is_refused(rf):
    with pytest.raises(ValueError, match="Every field stands in a step"):
        in_steps(rf.get("/ask/"), GrantForm, "grant", STEPS[:2])
