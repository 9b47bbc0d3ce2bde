"""What a letter is and how it reads: text, the same as HTML, and a subject that says nothing of the matter."""

import secrets
from dataclasses import dataclass, field
from unicodedata import category

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils.module_loading import import_string
from django.utils.translation import get_language_info, gettext, override


@dataclass(frozen=True)
class Reader:
    """To whom a letter goes, and in which language."""

    address: str
    language: str


@dataclass(frozen=True)
class Letter:
    """A letter, ready to be sent. Its `token` stays the same when it is sent again, so that mailboxes show it once."""

    address: str
    language: str
    text: str
    token: str = field(default_factory=lambda: secrets.token_hex(16))

    def __post_init__(self) -> None:
        """Refuse what is no address: one with a line break could add headers."""
        validate_email(self.address)

    @property
    def subject(self) -> str:
        """The same for every letter."""
        with override(self.language):
            return gettext("A message waits for you in Decapolis of %(place)s") % {"place": sender()}

    @property
    def html(self) -> str:
        """The text as paragraphs, with links."""
        parts = [part for part in self.text.split("\n\n") if part.strip()]
        direction = "rtl" if get_language_info(self.language)["bidi"] else "ltr"
        shown = {"letter": self, "parts": parts, "direction": direction}
        return render_to_string("mail/letter.html", shown)


def composed(template: str, reader: Reader, values: dict[str, object]) -> Letter:
    """Letter from a text template, in the reader's language."""
    with override(reader.language):
        shown = {**values, "sender": sender()}
        text = get_template(template).template.render(Context(shown, autoescape=False))  # type: ignore[attr-defined]  # Django's own templates have it
    return Letter(reader.address, reader.language, text.strip())


def sender() -> str:
    """Name under which the site writes, on one line whatever was given."""
    given = str(import_string(settings.MAIL_SENDER)())
    plain = "".join(" " if category(letter)[0] in "CZ" else letter for letter in given)
    return " ".join(plain.split())


def message(letter: Letter) -> EmailMultiAlternatives:
    """Letter as it is handed to a mail server."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    headers = {
        "Message-ID": f"<{letter.token}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    made = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.address], headers=headers)
    made.attach_alternative(letter.html, "text/html")
    return made
