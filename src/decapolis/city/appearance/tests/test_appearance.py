"""What a city chooses: taken, refused with a remedy, published, shown on every page."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decapolis.city.access.factories import make_member, make_second_factor
from decapolis.city.appearance.actions import Choice, choose_appearance, send_trial_letter, settle
from decapolis.city.appearance.models import Appearance, Settled
from decapolis.city.appearance.published import Look, publish, published
from decapolis.city.people.factories import make_account
from decapolis.plumbing.acting import OPERATOR, Actor, act
from decapolis.plumbing.files.models import StoredFile
from decapolis.plumbing.files.tests.made import picture
from decapolis.plumbing.mail.public import mailbox

CHOICE = Choice("  Mons   sur  Lys ", ("fr",), "#12467b", "#724a04")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA = tmp_path
    options = {"location": tmp_path / "files"}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}


@pytest.fixture
def administrator(client):
    with act():
        account = make_second_factor(make_member(make_account("Some Body", password="x"), "administrator"))
    client.force_login(account)
    client.account = account
    return client


@pytest.fixture
def choose(django_capture_on_commit_callbacks):
    def choose(choice=CHOICE, **more):
        with django_capture_on_commit_callbacks(execute=True):
            return choose_appearance(choice=choice, by=OPERATOR, **more)

    return choose


def test_what_is_chosen_is_on_every_page_and_asks_the_database_nothing(client, choose):
    client.get(reverse("accessibility"))
    with CaptureQueriesContext(connection) as before:
        client.get(reverse("accessibility"))
    choose(logo=ContentFile(picture(), "logo.png"))

    with CaptureQueriesContext(connection) as asked:
        text = client.get(reverse("accessibility")).content.decode()

    assert "<bdi>Mons sur Lys</bdi>" in text
    assert 'class="dc-logo"' in text
    assert 'hreflang="ar"' not in text
    assert "العربية" not in text
    assert len(asked) == len(before)


def test_the_stylesheet_is_kept_for_ever_under_an_address_that_changes(client, choose):
    choose()
    first = published().digest
    response = client.get(reverse("city-stylesheet", args=[first]))
    choose(Choice("Mons", (), "#0d5c58"))

    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "--ds-color-accent-base-default:light-dark(#12467b," in response.content.decode()
    assert "--ds-color-brand1-text-subtle:light-dark(#724a04," in response.content.decode()
    assert published().digest != first
    assert client.get(reverse("city-stylesheet", args=[first])).status_code == 404


def test_the_stylesheet_holds_colours_and_nothing_that_was_typed(choose):
    choose()

    assert re.fullmatch(r"[\s\w{}:;,@()#\[\]-]*", published().css)
    assert "Mons" not in published().css


def test_the_logo_is_a_picture_made_anew_and_the_old_one_goes(client, choose):
    choose(logo=ContentFile(picture(), "logo.png"))
    first = published().logo
    choose(logo=ContentFile(picture("WEBP"), "x.svg"))

    response = client.get(reverse("city-logo", args=[published().logo]))
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert client.get(reverse("city-logo", args=[first])).status_code == 404
    assert StoredFile.objects.count() == 1


def test_no_other_file_is_handed_out_as_logo(client, choose):
    choose()

    assert client.get(reverse("city-logo", args=["0" * 32])).status_code == 404


@pytest.mark.parametrize(
    ("choice", "field", "said"),
    [
        (Choice("Mons", (), "#ffcc00"), "first_colour", "nearest colour that can be read is #"),
        (Choice("Mons", (), "", "#9fbbd2"), "second_colour", "nearest colour that can be read is #"),
        (Choice("Mons", (), "red;}"), "first_colour", "Write a colour like"),
        (Choice(" ", ()), "name", "Give a name"),
        (Choice("Mons", ("xx",)), "languages", "does not speak"),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy(choice, field, said):
    with pytest.raises(ValidationError) as refusal:
        choose_appearance(choice=choice, by=OPERATOR)

    assert said in str(refusal.value.message_dict[field])
    assert not Appearance.objects.exists()


def test_a_logo_with_a_script_is_refused():
    svg = ContentFile(b"<svg onload='alert(1)'/>", "logo.png")

    with pytest.raises(ValidationError, match="not taken here"):
        choose_appearance(choice=CHOICE, by=OPERATOR, logo=svg)


def test_the_database_takes_one_row_and_no_empty_name():
    for wrong in (Appearance(pk=2, name="x"), Appearance(pk=1, name="")):
        with pytest.raises(IntegrityError), transaction.atomic(), act():
            wrong.save()


def test_only_who_keeps_the_installation_chooses():
    with act():
        account = make_member(make_account("Some Body", password="x"), "coordinator")
    by = Actor("person", str(account.pk))

    with pytest.raises(PermissionDenied):
        choose_appearance(choice=CHOICE, by=by)
    with pytest.raises(PermissionDenied):
        settle(item="mail", is_done=True, by=by)


def test_an_act_that_is_undone_publishes_nothing(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        choose_appearance(choice=CHOICE, by=OPERATOR)
        transaction.set_rollback(True)

    assert published() == Look()


def test_what_is_published_is_read_again():
    look = Look("Mons", "#12467b", languages=("en", "fr"), logo="ab", is_settled=True)

    publish(look)

    assert published() == look
    assert (look.offers("fr"), look.offers("ar"), Look().offers("ar")) == (True, False, True)


def test_the_page_keeps_what_was_typed_and_offers_the_nearest_colour(administrator):
    given = {"name": "Mons", "first_colour": "#FFCC00", "languages": ["en", "fr"]}

    text = administrator.post(reverse("appearance"), given).content.decode()

    assert "The nearest colour that can be read is #" in text
    assert 'value="#FFCC00"' in text


def test_the_page_saves_and_leads_back_to_the_checklist(administrator):
    given = {"name": "Mons", "first_colour": "#12467B", "languages": ["fr"], "logo": ContentFile(picture(), "l.png")}

    response = administrator.post(reverse("appearance"), given)

    row = Appearance.objects.get()
    assert (response["Location"], row.name, row.first_colour) == ("/setting-up/", "Mons", "#12467b")
    assert row.languages == ["en", "fr"]


def states(text):
    return dict(re.findall(r'data-item="(\w+)".*?data-is="(\w+)"', text, re.DOTALL))


def test_the_checklist_says_what_is_done_and_what_is_not(administrator, choose):
    before = states(administrator.get(reverse("setting-up")).content.decode())
    choose(logo=ContentFile(picture(), "l.png"))
    settle(item="places", is_done=False, by=OPERATOR)
    after = states(administrator.get(reverse("setting-up")).content.decode())

    assert before == {**dict.fromkeys(before, "needs"), "factor": "done"}
    assert after == {
        **dict.fromkeys(("name", "logo", "colours", "languages", "factor"), "done"),
        "places": "no",
        "colleagues": "needs",
        "mail": "needs",
        "backup": "needs",
    }


def test_a_button_settles_an_item_and_the_list_can_be_put_away(administrator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for item, deed in [("backup", "done"), ("mail", "done"), ("checklist", "aside")]:
            administrator.post(reverse("setting-up"), {"item": item, "deed": deed})

    # that mail works cannot be claimed, only tried
    assert dict(Settled.objects.values_list("item", "is_done")) == {"backup": True, "mail": False, "checklist": False}
    assert published().is_settled
    assert "Set up the city" not in administrator.get(reverse("workspace")).content.decode()


def test_an_item_that_is_none_is_not_found(administrator):
    assert administrator.post(reverse("setting-up"), {"item": "x", "deed": "aside"}).status_code == 404
    assert not Settled.objects.exists()


def test_a_trial_letter_goes_to_whoever_asks(administrator, settings):
    settings.FICTIONAL = True

    administrator.post(reverse("setting-up"), {"item": "mail", "deed": "trial"})

    assert [each.letter.address for each in mailbox()] == [administrator.account.email]
    assert dict(Settled.objects.values_list("item", "is_done")) == {"mail": True}


def test_without_mail_server_no_trial_is_claimed(administrator):
    assert not send_trial_letter(by=Actor("person", str(administrator.account.pk)))
    assert not Settled.objects.exists()


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("name", ["setting-up", "appearance"])
def test_the_pages_speak_every_language(administrator, language, name):
    text = administrator.get(f"/{language}{reverse(name)}").content.decode()

    for sentence in ("Setting up", "How the city looks", "Put aside", "First colour"):
        assert sentence not in text


def test_the_checklist_asks_the_database_a_fixed_number_of_questions(administrator):
    with CaptureQueriesContext(connection) as asked:
        administrator.get(reverse("setting-up"))

    assert len(asked) <= 12
