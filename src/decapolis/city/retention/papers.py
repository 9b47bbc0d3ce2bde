"""Certificates as documents to file."""

from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from decapolis.city.retention.queries import Proof
from decapolis.plumbing.documents.papers import Paper, paper


def certificate_as_pdf(proof: Proof) -> bytes:
    """Set a certificate in the language of the reader, as PDF."""
    language = get_language() or "en"
    day, backups = proof.day.isoformat(), proof.backups_until.isoformat()

    def number(value: int) -> str:
        return str(format_decimal(value, locale=language, numbering_system="latn"))

    return paper(
        Paper(
            title=_("Certificate of deletion %(number)s") % {"number": proof.number},
            language=language,
            paragraphs=(
                _("What was due on %(day)s is gone.") % {"day": day},
                _("Backups live for 35 days: the last one that holds it is gone on %(day)s.") % {"day": backups},
            ),
            head=(_("What"), _("How many"), _("After days"), _("By the rule")),
            rows=tuple((line.called, number(line.count), number(line.days), line.rule) for line in proof.lines),
        )
    )
