"""Every write of a letter."""

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings

from decapolis.plumbing.acting import Actor, act, is_acting
from decapolis.plumbing.clock import today
from decapolis.plumbing.jobs.public import enqueue
from decapolis.plumbing.keys import cipher
from decapolis.plumbing.mail.letters import Letter, Reader, composed
from decapolis.plumbing.mail.models import KEPT, SealedLetter

PURPOSE = "letters"


def can_write() -> bool:
    """Whether letters reach anybody: by a mail server or, in a fictional city, in the local mailbox."""
    return bool(settings.EMAIL_HOST) or has_mailbox()


def has_mailbox() -> bool:
    """Whether letters stay here to be looked at: in a fictional city without mail server, and nowhere else.

    Whoever reads another's letters could follow the links in them.
    """
    return settings.FICTIONAL and not settings.EMAIL_HOST


def write_letter(template: str, reader: Reader, *, by: Actor, **values: Any) -> bool:  # noqa: ANN401  # for a template
    """Write a letter, which goes out once the open act has ended well; answers whether it will reach anybody."""
    return post(composed(template, reader, values), by=by)


def post(letter: Letter, *, by: Actor) -> bool:
    """Put a finished letter on its way."""
    if not is_acting():
        raise RuntimeError("Letters are written inside an act only: it is the act that is to be followed by them.")
    if not can_write():
        return False
    row = SealedLetter.objects.create(sealed=_seal(letter), written_on=today())
    if settings.EMAIL_HOST:
        enqueue("mail.send", by=by, letter=row.pk)
    return True


def opened(row: SealedLetter) -> Letter:
    """Letter of a row."""
    return Letter(**json.loads(cipher(PURPOSE, settings.SECRET_KEY).decrypt(row.sealed)))


def forget(letter: int) -> None:
    """Delete a letter that was sent, or that nobody can be sent."""
    with act():
        SealedLetter.objects.filter(pk=letter).delete()


def forget_old() -> int:
    """Delete letters that nobody could be sent in time; answers how many."""
    with act():
        return SealedLetter.objects.filter(written_on__lte=today() - KEPT).delete()[0]


def _seal(letter: Letter) -> str:
    return cipher(PURPOSE, settings.SECRET_KEY).encrypt(json.dumps(asdict(letter)).encode()).decode()
