"""Letters: written in an act, sealed, sent by a real server, gone afterwards, and silent about the matter."""

import logging
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from decapolis.plumbing.acting import OPERATOR, act
from decapolis.plumbing.jobs.models import Job, State
from decapolis.plumbing.jobs.worker import work_once
from decapolis.plumbing.keys import cipher
from decapolis.plumbing.mail import letters, store
from decapolis.plumbing.mail.letters import Letter, Reader, message
from decapolis.plumbing.mail.models import SealedLetter
from decapolis.plumbing.mail.public import can_write, has_mailbox, mailbox, waiting, write_letter
from decapolis.plumbing.mail.tests.conftest import free_port

SUBJECTS = {
    "en": "A message waits for you in Decapolis of Ardenne-sur-Lys",
    "fr": "Un message vous attend dans Decapolis (Ardenne-sur-Lys)",
    "ar": "رسالة بانتظارك في ديكابوليس Ardenne-sur-Lys",
}
ADDRESS = "mona.petit@example.org"

pytestmark = pytest.mark.django_db


def write(language="en", address=ADDRESS):
    with act():
        return write_letter("mail/trial.txt", Reader(address, language), by=OPERATOR)


def received(mail_server):
    (envelope,) = mail_server.letters
    return message_from_bytes(envelope.content, policy=policy.default)


@pytest.mark.slow
@pytest.mark.parametrize("language", SUBJECTS)
def test_a_letter_arrives_in_the_language_of_its_reader(mail_server, language):
    write(language)
    assert work_once()

    letter = received(mail_server)
    text, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert (letter["Subject"].strip(), letter["To"], letter["From"]) == (
        SUBJECTS[language],
        ADDRESS,
        "decapolis@example.org",
    )
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html
    assert "Ardenne-sur-Lys" in text
    assert ("This is a trial letter" in text) == (language == "en")
    assert SealedLetter.objects.count() == 0


@pytest.mark.slow
def test_a_letter_is_not_sent_before_its_act_has_ended_well(mail_server):
    with act():
        write_letter("mail/trial.txt", Reader(ADDRESS, "en"), by=OPERATOR)
        transaction.set_rollback(True)

    assert not work_once()
    assert (mail_server.letters, waiting()) == ([], 0)


def test_a_letter_is_written_in_an_act_alone(settings):
    settings.EMAIL_HOST = "mail.example.org"

    with pytest.raises(RuntimeError, match="inside an act"):
        store.post(Letter(ADDRESS, "en", "x"), by=OPERATOR)


def test_what_waits_cannot_be_read_from_the_database(settings):
    settings.EMAIL_HOST = "mail.example.org"

    write()

    row = SealedLetter.objects.get()
    assert "mona" not in row.sealed
    assert "trial" not in row.sealed
    assert "mona" in cipher("letters", settings.SECRET_KEY).decrypt(row.sealed).decode()
    assert Job.objects.get().arguments == {"letter": row.pk}


@pytest.mark.slow
def test_a_server_that_is_away_is_tried_again(mail_server, settings):
    settings.EMAIL_PORT = free_port()
    write()

    work_once()

    assert (Job.objects.get().state, waiting()) == (State.WAITING, 1)
    assert ADDRESS not in str(Job.objects.values())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("step", "answer", "state", "left"),
    [
        ("at_recipient", "550 no such mailbox", State.FAILED, 0),
        ("at_recipient", "450 come back later", State.WAITING, 1),
        ("at_data", "554 refused", State.FAILED, 0),
        ("at_data", "451 come back later", State.WAITING, 1),
    ],
)
def test_what_is_refused_for_ever_ends_and_what_is_put_off_waits(mail_server, step, answer, state, left):
    setattr(mail_server, step, answer)
    write()

    work_once()

    assert (Job.objects.get().state, waiting()) == (state, left)


@pytest.mark.slow
def test_the_log_and_the_job_hold_no_address(mail_server, caplog):
    mail_server.at_recipient = f"550 {ADDRESS} is unknown"
    with caplog.at_level(logging.DEBUG):
        write()
        work_once()

    ours = str([each.getMessage() for each in caplog.records if each.name.startswith("decapolis")])
    assert "mail.send" in ours
    assert ADDRESS not in ours
    assert ADDRESS not in str(Job.objects.values())


@pytest.mark.slow
def test_a_letter_that_is_sent_twice_shows_once(mail_server):
    write()
    letter = store.opened(SealedLetter.objects.get())

    assert message(letter).message()["Message-ID"] == message(letter).message()["Message-ID"]
    assert letter.token in message(letter).message()["Message-ID"]


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\nBcc: all@example.org",
        "a@example.org\r\n\r\nhello",
        "a@example.org, b@example.org",
        "",
        "a@b\x00c.org",
    ],
)
def test_an_address_that_could_add_headers_is_refused(address):
    with pytest.raises(ValidationError):
        Letter(address, "en", "x")


@given(name=st.text(max_size=80))
def test_no_name_of_a_city_adds_a_header(name):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(letters, "import_string", lambda _path: lambda: name)
        made = message(Letter(ADDRESS, "en", "x")).message()

    assert set(made.keys()) >= {"Subject", "From", "To", "Message-ID"}
    assert len(made.keys()) == len(set(made.keys()))
    assert "\n" not in str(message(Letter(ADDRESS, "en", "x")).subject)


@given(text=st.text(max_size=200))
def test_html_of_a_letter_is_text_alone(text):
    assert "<script" not in Letter(ADDRESS, "en", f"{text}<script>alert(1)</script>").html


def test_links_of_a_letter_can_be_followed():
    html = Letter(ADDRESS, "en", "Here:\n\nhttps://example.org/welcome/x_1/").html

    assert '<a href="https://example.org/welcome/x_1/"' in html


def test_without_mail_server_nothing_is_written():
    assert not write()
    assert (can_write(), has_mailbox(), waiting(), mailbox()) == (False, False, 0, [])


def test_a_fictional_city_keeps_its_letters_in_the_mailbox(settings):
    settings.FICTIONAL = True

    assert write("fr")
    assert [each.letter.address for each in mailbox()] == [ADDRESS]
    assert not Job.objects.exists()


def test_nobody_reads_letters_that_are_really_sent(settings):
    settings.FICTIONAL, settings.EMAIL_HOST = True, "mail.example.org"

    write()

    assert (waiting(), mailbox()) == (1, [])


@pytest.mark.parametrize(("day", "left"), [(3, 1), (4, 0)])
def test_a_letter_that_cannot_be_sent_is_gone_after_three_days(settings, freeze_clock, day, left):
    settings.FICTIONAL = True
    freeze_clock(datetime(2026, 3, 1, 12, tzinfo=UTC))
    write()

    freeze_clock(datetime(2026, 3, day, 12, tzinfo=UTC))
    store.forget_old()

    assert waiting() == left


def test_what_other_packages_send_says_nothing_in_its_subject(settings):
    settings.FICTIONAL = True
    backend = get_connection("decapolis.plumbing.mail.backend.Outbox")
    told = EmailMessage("Your password was changed", "Somebody changed it.", to=[ADDRESS], cc=["b@example.org"])

    assert backend.send_messages([told]) == 1

    assert {each.letter.address for each in mailbox()} == {ADDRESS, "b@example.org"}
    assert {each.letter.subject for each in mailbox()} == {SUBJECTS["en"]}
    assert mailbox()[0].letter.text == "Somebody changed it."


def test_the_letters_of_this_site_go_through_our_outbox():
    from decapolis.web import settings as ours  # noqa: PLC0415  # the tests put another one in its place

    assert ours.EMAIL_BACKEND == "decapolis.plumbing.mail.backend.Outbox"


@pytest.mark.slow
def test_a_letter_whose_key_is_gone_ends(mail_server, settings):
    write()
    settings.SECRET_KEY = "another key, thirty-two characters and more"
    with transaction.atomic():
        work_once()

    assert Job.objects.get().state == State.FAILED
