"""Results made by hand, one for each way a result can turn out."""

from dataclasses import replace
from datetime import UTC, date, datetime
from math import cos, pi, sin

from decapolis.plumbing.acting import act
from decapolis.understand.listening.models import Conversation, Result, Statement
from decapolis.understand.listening.queries import ConversationFacts, ResultPage, StatementText
from decapolis_methods.disclosure.shares import Share
from decapolis_methods.opinion.released import (
    Certainty,
    Common,
    Dividing,
    GroupSummary,
    MapGroup,
    OpinionMap,
    Point,
    Released,
    Special,
    StatementTotals,
    Withheld,
    as_document,
)

TEXTS = {
    1: StatementText("The quay needs light between the bridge and the mill.", "en"),
    2: StatementText("There should be a free place that stays open after eight, also on Sundays.", "en"),
    3: StatementText("Le dernier bus de la ligne 4 part trop tôt.", "fr"),
    4: StatementText("=SUM(A1) is what the form answered me.", "en"),
    5: StatementText("Under-18s should leave at ten.", "en"),
    6: StatementText("Staff should come from the city, not from associations.", "en"),
    7: StatementText("يجب أن تبقى المكتبة مفتوحة في المساء.", "ar"),
    8: StatementText("A door that is <b>open</b> is worth more than a programme.", "en"),
    9: StatementText("Adults may visit when we invite them.", "en"),
    10: StatementText("我覺得晚上的公車太少。", "zh"),
}
CONVERSATION = ConversationFacts(
    slug="evenings",
    reference="LIS-2026-0001",
    question="What would make evenings better in Mill and Harbour?",
    language="en",
    original_language="en",
    is_machine_written=False,
    purpose="",
    asked_by="Prevention office",
    paid_by="",
    what_happens_next="",
    not_heard="",
    opened_on=date(2026, 3, 3),
    closed_on=date(2026, 3, 28),
    credit="Ardenne open data",
    credit_url="https://example.org/data",
    licence="CC BY 4.0",
    is_fictional=True,
    votes_kept_until=date(2028, 3, 28),
)


def exact(percent: float, n: int) -> Share:
    """A share that may be said, with an interval of 6 per cent."""
    return Share("exact", percent, max(0.0, percent - 3), min(100.0, percent + 3), n)


FEW = Share("few", None, 0, 9, 120)
NEARLY_ALL = Share("nearly all", None, 92, 100, 120)
BETWEEN = Share("between", None, 18, 26, 150)
WITHHELD = Share("withheld")


def ring(x: float, y: float, size: float) -> tuple[Point, ...]:
    """Outline of a group around a point."""
    return tuple((x + size * cos(2 * pi * step / 12), y + size * sin(2 * pi * step / 12)) for step in range(12))


def cloud(letter: str, x: float, y: float) -> MapGroup:
    """Marks of a group around a point, with outline and sway."""
    marks = tuple(point for size in (0.03, 0.07, 0.1) for point in ring(x, y, size))
    return MapGroup(letter, (x, y), marks, ring(x, y, 0.12), ring(x, y, 0.15))


THREE_GROUPS = Released(
    participants=643,
    statements=10,
    votes=18904,
    totals=(
        StatementTotals(1, exact(88, 571), exact(8, 571)),
        StatementTotals(2, exact(83, 598), exact(11, 598)),
        StatementTotals(3, NEARLY_ALL, FEW),
        StatementTotals(4, exact(21, 502), exact(70, 502)),
        StatementTotals(5, exact(48, 476), exact(47, 476)),
        StatementTotals(6, exact(45, 489), exact(50, 489)),
        StatementTotals(7, FEW, NEARLY_ALL),
        StatementTotals(8, exact(60, 300), BETWEEN),
        StatementTotals(9, WITHHELD, WITHHELD),
        StatementTotals(10, exact(66, 310), exact(20, 310)),
    ),
    groups=(GroupSummary("a", 271, 42.1), GroupSummary("b", 198, 30.8), GroupSummary("c", 96, 14.9)),
    undecided=78,
    figures_rounded_to=1,
    no_groups="",
    common=(
        Common(1, "agree", exact(88, 571), 82, (exact(89, 240), exact(86, 180), exact(90, 80))),
        Common(2, "agree", exact(83, 598), 68, (exact(91, 250), exact(74, 190), NEARLY_ALL)),
        Common(4, "disagree", exact(70, 502), 60, (exact(71, 200), exact(69, 180), exact(72, 70))),
    ),
    dividing=(
        Dividing(5, (exact(28, 229), exact(81, 168), exact(35, 79))),
        Dividing(6, (exact(31, 236), exact(78, 171), FEW)),
        Dividing(7, (exact(44, 241), exact(52, 173), WITHHELD)),
    ),
    special=(
        Special("a", 8, "agree", exact(87, 210), exact(41, 260)),
        Special("c", 9, "disagree", exact(72, 80), FEW),
    ),
    slate=(1, 2, 3, 5, 8, 10),
    map=OpinionMap(
        5,
        (
            cloud("a", 0.25, 0.7),
            cloud("b", 0.8, 0.6),
            cloud("c", 0.5, 0.2),
            MapGroup("", (0.5, 0.5), ((0.5, 0.5), (0.52, 0.46)), (), ()),
        ),
    ),
    certainty=Certainty(200, 168, 0.84, 0.121),
    withheld=Withheld(few_answers=2, refused=5, bounded=7, small_groups=1),
    minimum=10,
    mode="default",
    version="1.0",
    seed=7,
)
TWO_GROUPS = replace(
    THREE_GROUPS,
    groups=THREE_GROUPS.groups[:2],
    undecided=None,
    figures_rounded_to=5,
    common=tuple(replace(each, by_group=each.by_group[:2]) for each in THREE_GROUPS.common),
    dividing=tuple(replace(each, by_group=each.by_group[:2]) for each in THREE_GROUPS.dividing),
    special=THREE_GROUPS.special[:1],
    map=OpinionMap(5, (cloud("a", 0.25, 0.5), cloud("b", 0.8, 0.5))),
)
FIVE_GROUPS = replace(
    THREE_GROUPS,
    groups=tuple(GroupSummary(letter, 100, 15.6) for letter in "abcde"),
    common=tuple(replace(each, by_group=(exact(80, 90),) * 5) for each in THREE_GROUPS.common),
    dividing=(Dividing(5, (exact(10, 90), exact(90, 90), exact(30, 90), FEW, NEARLY_ALL)),),
    special=(),
    map=OpinionMap(5, tuple(cloud(letter, 0.15 + 0.17 * place, 0.5) for place, letter in enumerate("abcde"))),
)
NO_GROUPS = replace(
    THREE_GROUPS,
    participants=26,
    votes=640,
    groups=(),
    undecided=None,
    no_groups="too few people",
    common=(Common(1, "agree", exact(88, 24), 70, ()),),
    dividing=(),
    special=(),
    slate=(),
    map=None,
    certainty=Certainty(0, 0, 0.0, 0.0),
)
NOTHING_COMMON = replace(THREE_GROUPS, common=())
NOTHING_DIVIDING = replace(THREE_GROUPS, dividing=())
NEITHER = replace(THREE_GROUPS, common=(), dividing=(), special=(), slate=())
NO_STRUCTURE = replace(NO_GROUPS, participants=300, no_groups="no structure", common=())
TOO_SMALL = replace(NO_GROUPS, participants=300, no_groups="too small")

EVERY_CASE = {
    "three groups": THREE_GROUPS,
    "two groups": TWO_GROUPS,
    "five groups": FIVE_GROUPS,
    "no groups": NO_GROUPS,
    "nothing common": NOTHING_COMMON,
    "nothing dividing": NOTHING_DIVIDING,
    "neither": NEITHER,
    "no structure": NO_STRUCTURE,
    "too small": TOO_SMALL,
}


def page_of(released: Released) -> ResultPage:
    """The page of a result."""
    return ResultPage(CONVERSATION, released, dict(TEXTS), datetime(2026, 4, 2, 9, 30, tzinfo=UTC))


def store(released: Released, slug: str = "evenings") -> None:
    """Put a result and its texts into the database."""
    with act():
        conversation = Conversation.objects.create(
            slug=slug,
            reference=f"LIS-{slug}"[:20],
            question=CONVERSATION.question,
            language=CONVERSATION.language,
            opened_on=CONVERSATION.opened_on,
            closed_on=CONVERSATION.closed_on,
            votes_kept_until=date(2027, 3, 28),
            is_strict=False,
            credit=CONVERSATION.credit,
            credit_url=CONVERSATION.credit_url,
            licence=CONVERSATION.licence,
        )
        Statement.objects.bulk_create(
            Statement(conversation=conversation, number=each.statement, text=text.text, language=text.language)
            for each in released.totals
            for text in [TEXTS[1 + (each.statement - 1) % len(TEXTS)]]
        )
        Result.objects.create(
            conversation=conversation,
            computed_at=datetime(2026, 4, 2, 9, 30, tzinfo=UTC),
            mode=released.mode,
            version=released.version,
            document=as_document(released),
        )


def with_statements(released: Released, count: int) -> Released:
    """The same result with more statements: those there are, again and again."""
    totals = (replace(released.totals[number % len(released.totals)], statement=number + 1) for number in range(count))
    return replace(released, statements=count, totals=tuple(totals))
