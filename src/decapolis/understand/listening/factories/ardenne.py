"""The fictional conversation of Ardenne-sur-Lys: 1,400 people who never were, on evenings in Mill and Harbour.

What each group thinks of each statement stands in `ardenne.csv`, in per cent who agree rather than disagree. People
add chance, their own habit of saying yes, and passes. French and Arabic were written by a machine and not reviewed.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from decapolis.understand.listening.actions.conversations import Facts, Words
from decapolis.understand.listening.files import ConversationFiles, RawVotes, StatementRow
from decapolis_methods.opinion.planted import UNDECIDED, Plan, answers

STATEMENTS = Path(__file__).with_name("ardenne.csv")

FIRST_DAY, LAST_DAY = date(2026, 3, 3), date(2026, 3, 28)

PARTICIPANTS = 1400

GROUPS = ("open_doors", "clear_rules", "own_place")

_SIZES = (0.4, 0.31, 0.21, 0.08)
"""Shares of people in each group, and of those in none."""

_LATE_ANSWERS = 8
"""Answers to a statement put in on the last day."""

_SHOWN, _LATE = ("accepted", "meta"), ("late",)

_MODERATION = {"accepted": 1, "late": 1, "meta": 1, "refused": -1}

_WORDS = {
    "en": Words(
        question="What would make evenings better in Mill and Harbour?",
        purpose="To decide what the city offers between six and midnight in the two districts along the water, and who "
        "takes part in deciding it.",
        asked_by="Prevention office of Ardenne-sur-Lys",
        paid_by="City of Ardenne-sur-Lys and port operator",
        what_happens_next="The result is played back to everybody who wants to come on 16 April 2026. The council "
        "answers each point by 30 June 2026: yes, no or later, and why.",
        not_heard="People who work at night, people over sixty, and people who read none of the three languages took "
        "part less than others. We do not know whether the answers hold in summer, nor what people think who left "
        "school and have no fixed address.",
    ),
    "fr": Words(
        question="Qu’est-ce qui rendrait les soirées meilleures au Moulin et au Port ?",
        purpose="Décider de ce que la ville propose entre dix-huit heures et minuit dans les deux quartiers au bord de "
        "l’eau, et de qui participe à cette décision.",
        asked_by="Bureau de la prévention d’Ardenne-sur-Lys",
        paid_by="Ville d’Ardenne-sur-Lys et exploitant du port",
        what_happens_next="Le résultat est présenté à toutes les personnes qui souhaitent venir le 16 avril 2026. Le "
        "conseil répond à chaque point avant le 30 juin 2026 : oui, non ou plus tard, et pourquoi.",
        not_heard="Les personnes qui travaillent la nuit, celles de plus de soixante ans et celles qui ne lisent "
        "aucune des trois langues ont moins participé que les autres. Nous ne savons pas si les réponses valent "
        "aussi pour l’été, ni ce que pensent les personnes qui ont quitté l’école et n’ont pas d’adresse fixe.",
    ),
    "ar": Words(
        question="ما الذي يجعل الأمسيات أفضل في حيّي الطاحونة والميناء؟",
        purpose="لتقرير ما تقدمه المدينة بين السادسة مساءً ومنتصف الليل في الحيّين المطلّين على الماء، ومن يشارك في "
        "هذا القرار.",
        asked_by="مكتب الوقاية في أردين سور ليس",
        paid_by="مدينة أردين سور ليس ومشغّل الميناء",
        what_happens_next="تُعرض النتيجة في 16 أبريل 2026 على كل من يرغب في الحضور. ويجيب المجلس عن كل نقطة قبل 30 "
        "يونيو 2026: نعم أو لا أو لاحقًا، ولماذا.",
        not_heard="شارك العاملون ليلًا ومن تجاوزوا الستين ومن لا يقرؤون أيًّا من اللغات الثلاث أقل من غيرهم. ولا نعرف "
        "هل تصدق الإجابات على فصل الصيف أيضًا، ولا رأي من تركوا المدرسة وليس لهم عنوان ثابت.",
    ),
}


@dataclass(frozen=True)
class FictionalConversation:
    """A made-up conversation as an import takes it, and the group that was planted for each participant.

    `groups` has 0 open doors, 1 clear rules, 2 a place of our own, -2 none of them, by the number of the participant.
    """

    files: ConversationFiles
    facts: Facts
    groups: NDArray[np.int64]


def ardenne_conversation(seed: int = 20260303) -> FictionalConversation:
    """Make up the conversation of Ardenne-sur-Lys; the same seed makes the same one. Nothing is stored."""
    rows = _rows()
    rng = np.random.default_rng(seed)
    groups = rng.choice([0, 1, 2, UNDECIDED], size=PARTICIPANTS, p=_SIZES)
    files = ConversationFiles(
        topic=_WORDS["en"].question,
        description=_WORDS["en"].purpose,
        address="",
        statements=tuple(_statement(row) for row in rows),
        votes=_votes(rows, groups, rng),
        notes=(),
    )
    return FictionalConversation(files, _facts(rows), groups)


def _rows() -> list[dict[str, str]]:
    with STATEMENTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _statement(row: Mapping[str, str]) -> StatementRow:
    """A statement as read from a file; of a refused one the text is not kept."""
    is_refused = row["kind"] == "refused"
    return StatementRow(
        statement=int(row["statement"]),
        moderation=_MODERATION[row["kind"]],
        is_meta=row["kind"] == "meta",
        line=int(row["statement"]) + 2,
        text=None if is_refused else row["en"],
        day=LAST_DAY if row["kind"] == "late" else FIRST_DAY,
    )


def _facts(rows: list[dict[str, str]]) -> Facts:
    return Facts(
        slug="evenings-in-mill-and-harbour",
        words=_WORDS["en"],
        language="en",
        credit="Made up for Decapolis from a seed. Nobody said any of it.",
        is_fictional=True,
        translations={language: _WORDS[language] for language in ("fr", "ar")},
        statement_translations={
            language: {int(row["statement"]): row[language] for row in rows if row[language]}
            for language in ("fr", "ar")
        },
    )


def _votes(rows: list[dict[str, str]], groups: NDArray[np.int64], rng: np.random.Generator) -> RawVotes:
    """Answers of each person on one day; to statements that came late only from the last few."""
    numbers = {kind: [int(row["statement"]) for row in rows if row["kind"] in kind] for kind in (_SHOWN, _LATE)}
    opinions = np.array([[float(row[group]) / 100 for row in rows if row["kind"] in _SHOWN] for group in GROUPS])
    plan = Plan(PARTICIPANTS, opinions.shape[1], len(GROUPS), density=0.5, noise=0.02, yea_saying=0.4, passes=0.09)
    votes = answers(opinions, groups, plan, seed=int(rng.integers(2**31)))
    last = np.arange(PARTICIPANTS - _LATE_ANSWERS, PARTICIPANTS)
    participant = np.concatenate([votes.participants[votes.rows], np.repeat(last, len(numbers[_LATE]))])
    statement = np.concatenate([np.array(numbers[_SHOWN])[votes.columns], np.tile(numbers[_LATE], len(last))])
    value = np.concatenate([votes.values, rng.integers(-1, 2, size=len(last) * len(numbers[_LATE]), dtype=np.int8)])
    order = np.lexsort((statement, participant))
    return RawVotes(participant[order], statement[order], value[order], _days(rng)[participant[order]])


def _days(rng: np.random.Generator) -> NDArray[np.datetime64]:
    """Day of each participant in order: many at the start and after the reminder on the 17th, the last on the last."""
    length = (LAST_DAY - FIRST_DAY).days + 1
    day = np.arange(length)
    busy = 1 + 6 * np.exp(-day / 3) + 4 * np.exp(-np.maximum(day - 14, 0) / 2) * (day >= 14)
    drawn = np.sort(rng.choice(length, size=PARTICIPANTS, p=busy / busy.sum()))
    drawn[-_LATE_ANSWERS:] = length - 1
    return np.asarray(np.datetime64(FIRST_DAY, "D") + drawn)
