"""Statements that may be about the participants themselves: a hint for whoever imports, never a decision."""

import re
from collections.abc import Iterable

from decapolis.understand.listening.files.statements import REFUSED, StatementRow

MOST_WORDS = 14
"""A description of oneself is short; what is longer gives reasons, and is an opinion."""
BEGINNINGS = (
    r"i am |i'm |i identify as |i live |i work |i own |i rent |i study |i was born |i speak |i belong to "
    r"|i had at least |english is my "
    r"|my (gender|sex|age|ethnicity|ethnic group|religion|faith|nationality|first language|mother tongue|income) "
    r"|je suis |j'ai \d+ |j'habite |je vis |je travaille |j'étudie |je parle "
    r"|(mon|ma) (genre|sexe|âge|religion|nationalité|langue maternelle) "
    r"|أنا |أسكن |أعيش |أعمل |أدرس |عمري |ديني |جنسيتي "
)
SELF = re.compile(BEGINNINGS)
OPINION = re.compile(
    r"\b(about|with|that|than|because|should|against|for|que|contre|pour|parce|devrait|in favou?r)\b|أن |ضد |مع "
)
"""Words of those who am pleased with, worried about, for or against something."""


def may_be_about_participants(statements: Iterable[StatementRow]) -> list[StatementRow]:
    """Statements, by number, that begin as people describe themselves, in English, French or Arabic.

    It finds most of them and some others, and none in another language. That is why it marks nothing.
    """
    shown = (row for row in statements if row.moderation != REFUSED and not row.is_meta)
    return sorted(filter(_may_be, shown), key=lambda row: row.statement)


def _may_be(row: StatementRow) -> bool:
    said = (row.text or "").strip().lower().replace("’", "'")
    return bool(SELF.match(said)) and len(said.split()) <= MOST_WORDS and not OPINION.search(said)
