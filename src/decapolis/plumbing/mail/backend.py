"""What other packages send by Django's mail: written as a letter of ours, so that its subject says nothing."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language

from decapolis.plumbing.acting import Actor, act
from decapolis.plumbing.mail.letters import Letter
from decapolis.plumbing.mail.store import post

SITE = Actor("job", "mail.letter")


class Outbox(BaseEmailBackend):
    """Backend of Django's mail: one letter for each recipient, of the text alone."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write letters; answers how many messages reach somebody."""
        with act():
            return sum(self._write(each) for each in email_messages)

    def _write(self, given: EmailMessage) -> bool:
        language = get_language() or "en"
        posted = [post(Letter(address, language, str(given.body)), by=SITE) for address in given.recipients()]
        return any(posted)
