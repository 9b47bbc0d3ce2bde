"""Pages of organisations: what everybody sees, what those see who keep them, and a register that is tried first."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decapolis.city.access.factories import make_member, make_second_factor
from decapolis.city.audit.models import Body
from decapolis.city.organisations.actions import withdraw_organisation
from decapolis.city.organisations.factories import make_organisation
from decapolis.city.organisations.models import Listing, Offering, Organisation
from decapolis.city.people.factories import make_account
from decapolis.plumbing.acting import OPERATOR, act

pytestmark = pytest.mark.django_db
SAID = {"name": "Youth House", "kind": "association", "offers": ["youth"], "languages": ["ar"], "is_agreed": "on"}
REGISTER = {"kind": "association", "source_url": "https://register.example.org"}


@pytest.fixture
def keeper(client):
    with act():
        account = make_second_factor(make_member(make_account("Mina Roos", password="x"), "coordinator"))
    client.force_login(account)
    return client


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def table(text):
    return SimpleUploadedFile("register.csv", text.encode(), "text/csv")


def test_the_directory_shows_those_alone_that_agreed(client):
    make_organisation("Library of the Quay")
    make_organisation("Not Asked", is_agreed=False)

    text = text_of(client.get("/organisations/"))

    assert "Library of the Quay" in text
    assert "rooms to meet" in text
    assert "Not Asked" not in text


def test_who_keeps_the_directory_sees_the_public_page_as_everybody_does(keeper):
    make_organisation("Not Asked", is_agreed=False)

    assert "Not Asked" not in text_of(keeper.get("/organisations/"))
    assert "Not Asked" in text_of(keeper.get("/organisations/kept/"))


def test_the_directory_is_narrowed_and_saved_as_a_table(client):
    make_organisation("Library of the Quay")
    make_organisation("Mill Sports", offers=(Offering.SPORT,))

    assert "Mill Sports" not in text_of(client.get("/organisations/?offering=space"))
    assert "Mill Sports" in text_of(client.get("/organisations/?words=mill"))
    saved = client.get("/organisations/?format=csv")
    assert saved["Content-Type"].startswith("text/csv")
    assert "info@example.org" in saved.content.decode()


def test_a_record_says_what_the_organisation_says_of_itself(client):
    found = make_organisation("Library of the Quay")

    text = text_of(client.get(f"/organisations/{found.pk}/"))

    assert "mailto:info@example.org" in text
    assert "Arabic" in text
    assert "It described itself." in text


def test_one_that_declined_is_on_no_public_page(client):
    found = make_organisation("Library of the Quay")
    withdraw_organisation(organisation=found, by=OPERATOR)

    assert client.get(f"/organisations/{found.pk}/").status_code == 404
    assert "Library" not in client.get("/organisations/?format=csv").content.decode()


def test_an_organisation_is_entered_and_the_record_says_who_did_it(keeper):
    assert keeper.post("/organisations/register/", SAID).status_code == 302

    made = Organisation.objects.get()
    assert (made.name, made.listing, [each.what for each in made.offers.all()]) == ("Youth House", "agreed", ["youth"])
    assert Body.objects.get(act="organisations.register_organisation").actor_kind == "person"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "anna.maes@example.org"}, "looks like the address of a person"),
        ({"phone": "call us"}, "This is no telephone number"),
        ({"website": "no site"}, "Enter a valid URL"),
        ({"name": "Library of the Quay"}, "is there already"),
    ],
)
def test_what_cannot_be_stored_is_said_and_what_was_typed_stays(keeper, wrong, said):
    make_organisation("Library of the Quay")

    text = text_of(keeper.post("/organisations/register/", {**SAID, **wrong}))

    assert said in text
    assert next(iter(wrong.values())) in text
    assert Organisation.objects.count() == 1


def test_saving_an_entry_confirms_it_and_agreeing_can_be_taken_back(keeper):
    found = make_organisation("Library of the Quay")
    with act():
        Organisation.objects.update(current_on="2025-06-01")

    keeper.post(f"/organisations/{found.pk}/change/", {**SAID, "is_agreed": ""})

    found.refresh_from_db()
    assert (found.name, found.listing) == ("Youth House", Listing.NOT_ASKED)
    assert found.current_on.isoformat() > "2025-06-01"


def test_taking_out_asks_first_and_leaves_the_name(keeper):
    found = make_organisation("Library of the Quay")
    address = f"/organisations/{found.pk}/withdraw/"
    assert "erased at once and for ever" in text_of(keeper.get(address))
    assert Organisation.objects.get().email

    keeper.post(address)

    found.refresh_from_db()
    assert (found.name, found.email, found.listing) == ("Library of the Quay", "", Listing.DECLINED)


def test_a_register_is_tried_before_it_is_stored(keeper):
    make_organisation("Library of the Quay")
    file = table("name,email\nLibrary of the Quay,\nMill Club,anna.maes@example.org\n")

    tried = text_of(keeper.post("/organisations/bring/", {**REGISTER, "file": file}))

    assert "What would come of it" in tried
    assert "line 3: an address that looks like that of a person" in tried
    assert Organisation.objects.count() == 1
    confirmed = {**REGISTER, "text": "name\nMill Club\n", "name": "register.csv"}
    assert keeper.post("/organisations/bring/", confirmed).status_code == 302
    assert Organisation.objects.get(name="Mill Club").listing == Listing.NOT_ASKED


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("nom\nLibrary\n", "register.csv, line 1: There is no column “name”."),
        ("name\nA\nA\n", "register.csv, line 3: “A” is in line 2 too."),
        ("name,kind\nA,sect\n", "register.csv, line 2: “sect” is neither a kind nor an offer"),
        ("name,phone\nA,call us\n", "register.csv, line 2: This is no telephone number"),
        ("name,website\nA,https://\n", "register.csv, line 2: website: Enter a valid URL"),
        ("name\nA\0\n", "register.csv: The file is not text in UTF-8."),
        (
            "name\n" + "".join(f"A{each}\n" for each in range(501)),
            "register.csv, line 502: It has more than 500 lines.",
        ),
        ("name\n" + "A" * 2_000_000, "This table is larger than the 2 MB"),
    ],
)
def test_a_damaged_table_is_refused_with_line_and_remedy(keeper, content, said):
    text = text_of(keeper.post("/organisations/bring/", {**REGISTER, "file": table(content)}))

    assert said in text
    assert not Organisation.objects.exists()


def test_a_fault_is_told_in_the_language_of_the_reader(keeper):
    text = text_of(keeper.post("/fr/organisations/bring/", {**REGISTER, "file": table("name\nA\nA\n")}))

    assert "register.csv, ligne 3 : « A » se trouve aussi à la ligne 2." in text


def test_a_confirmation_of_something_else_than_was_tried_is_checked_again(keeper):
    text = text_of(keeper.post("/organisations/bring/", {**REGISTER, "name": "register.csv", "text": "name\nA\nA\n"}))

    assert "register.csv, line 3: “A” is in line 2 too." in text
    assert not Organisation.objects.exists()


def test_what_was_typed_of_an_organisation_waits_as_a_draft_until_it_is_sent(keeper):
    tag = keeper.get("/organisations/register/").context["form"].draft.tag

    keeper.post("/drafts/keep/", {**SAID, "name": "Half Typed", "draft-of": tag})

    assert "Half Typed" in text_of(keeper.get("/organisations/register/"))
    keeper.post("/organisations/register/", SAID)
    assert "Half Typed" not in text_of(keeper.get("/organisations/register/"))


@pytest.mark.parametrize("number", [1, 60])
@pytest.mark.parametrize("address", ["/organisations/", "/organisations/kept/"])
def test_lists_ask_the_database_as_often_for_one_as_for_many(keeper, address, number):
    for each in range(number):
        make_organisation(f"Library {each}")

    with CaptureQueriesContext(connection) as asked:
        text_of(keeper.get(address))

    assert len(asked) == {"/organisations/": 4, "/organisations/kept/": 9}[address]
