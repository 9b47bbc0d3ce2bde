"""Pages of gates: everybody reads, those who are asked sign, the overseer stops and lifts."""

import pytest
from django.test import Client

from decapolis.city.access.factories import make_second_factor
from decapolis.city.gates.models import Signature, Stop
from decapolis.city.gates.tests.toys import TOY, make_actor
from decapolis.city.people.models import Account
from decapolis.plumbing.acting import act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock")]

PAGE = f"/agreements/{TOY}/"


def signed_in(name: str, role: str) -> Client:
    client = Client()
    account = Account.objects.get(pk=make_actor(name, role).key)
    with act():
        client.force_login(make_second_factor(account))
    return client


def text_of(response) -> str:
    return str(response.content.decode())


def test_everybody_reads_where_gates_stand_and_no_name(client):
    text = text_of(client.get("/agreements/"))
    assert "Toys" in text
    assert "not signed yet" in text
    assert "Sign out" not in text  # residents read it on the public site

    officer = signed_in("Noor Officer", "data_protection_officer")
    paper = {"answer": "agrees", "document": "Assessment of March", "document_url": "https://example.org/a"}
    done = officer.post(PAGE + "sign/data_protection/", paper)

    assert (done.status_code, done["Location"]) == (302, PAGE)
    text = text_of(client.get(PAGE))
    assert "signed, counts until 1 March 2027" in text
    assert "Assessment of March" in text
    assert "Noor" not in text
    assert "A toy 3" in text_of(client.get("/agreements/"))


def test_a_refusal_says_why_and_keeps_what_was_typed():
    officer = signed_in("Noor", "data_protection_officer")

    assert "Say why" in text_of(officer.post(PAGE + "sign/data_protection/", {"answer": "refuses", "document": "Old"}))
    officer.post(PAGE + "sign/data_protection/", {"answer": "refuses", "reason": "It asks for names."})

    assert Signature.objects.get().reason == "It asks for names."
    assert "It asks for names." in text_of(officer.get(PAGE))


@pytest.mark.parametrize("kind", ["equality", "mandate", "nonsense"])
def test_nobody_signs_what_they_are_not_asked_for(kind):
    officer = signed_in("Noor", "data_protection_officer")

    assert officer.get(PAGE + f"sign/{kind}/").status_code == 404


def test_the_overseer_stops_and_lifts_in_public(client):
    overseer = signed_in("Ada", "overseer")

    overseer.post("/agreements/toys/stop/", {"reason": "Children were filmed."})
    assert "Children were filmed." in text_of(client.get(PAGE))
    assert overseer.post(PAGE + "lift/", {"reason": "x"}).status_code == 404  # what is stopped is the step
    overseer.post("/agreements/toys/lift/", {"reason": "The cameras are gone."})

    assert Stop.objects.get().lifted_because == "The cameras are gone."
    assert "The cameras are gone." in text_of(client.get("/agreements/toys/"))


@pytest.mark.parametrize("subject", ["games", "toys.toy", "toys.toy:x", "toys:3", "toys.toy:3:4", "toys.toy:404"])
def test_what_has_no_gate_is_not_there(client, subject):
    assert client.get(f"/agreements/{subject}/").status_code == 404
