"""Letters that lie here."""

from dataclasses import dataclass
from datetime import date

from decapolis.plumbing.mail.letters import Letter
from decapolis.plumbing.mail.models import SealedLetter
from decapolis.plumbing.mail.store import has_mailbox, opened

SHOWN = 50


@dataclass(frozen=True)
class Posted:
    """A letter in the mailbox."""

    number: int
    written_on: date
    letter: Letter


def mailbox() -> list[Posted]:
    """Letters of a fictional city, the last first; none where letters are really sent."""
    if not has_mailbox():
        return []
    return [Posted(row.pk, row.written_on, opened(row)) for row in SealedLetter.objects.order_by("-pk")[:SHOWN]]


def waiting() -> int:
    """How many letters wait."""
    return SealedLetter.objects.count()
