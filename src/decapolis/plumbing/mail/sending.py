"""The jobs of mail: send one letter, forget what could not be sent."""

import smtplib
from datetime import timedelta

from cryptography.fernet import InvalidToken
from django.core.mail import get_connection
from django.utils.translation import gettext_lazy as _

from decapolis.plumbing.jobs.public import HOPELESS, Context, Patience, Schedule, job
from decapolis.plumbing.mail import store
from decapolis.plumbing.mail.letters import Letter, message
from decapolis.plumbing.mail.models import SealedLetter

SMTP = "django.core.mail.backends.smtp.EmailBackend"
FOR_EVER = 500
"""From this code on, a mail server means what it refuses."""


class Undeliverable(Exception):  # noqa: N818  # a plain word for what became of a letter
    """The mail server refuses this letter, and would again."""


PATIENCE = Patience(
    retries=30,
    lease=timedelta(minutes=2),
    pause=timedelta(minutes=1),
    hopeless=(*HOPELESS, Undeliverable, InvalidToken),
)
"""A server that is away is tried again for about a day."""


@job("mail.send", patience=PATIENCE, title=_("Send a letter"))
def send(context: Context, /, *, letter: int) -> None:
    """Send a letter, and forget it. One that was sent twice, as a worker was lost, shows once: it has one token."""
    del context
    row = SealedLetter.objects.filter(pk=letter).first()
    if row is None:
        return
    try:
        deliver(store.opened(row))
    except Undeliverable:
        store.forget(letter)
        raise
    store.forget(letter)


def deliver(letter: Letter) -> None:
    """Hand a letter to the mail server; `Undeliverable` where it would refuse it again."""
    made = message(letter)
    made.connection = get_connection(SMTP)
    try:
        made.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        if all(code >= FOR_EVER for code, _ in refusal.recipients.values()):
            raise Undeliverable from None
        raise
    except smtplib.SMTPDataError as refusal:
        if refusal.smtp_code >= FOR_EVER:
            raise Undeliverable from None
        raise


@job(
    "mail.forget",
    schedule=Schedule(every=timedelta(days=1), at=timedelta(hours=3, minutes=10)),
    title=_("Delete letters that could not be sent"),
)
def forget(_context: Context, /) -> None:
    """Delete letters that could not be sent in time."""
    store.forget_old()
