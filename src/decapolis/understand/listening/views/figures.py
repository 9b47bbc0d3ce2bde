"""Charts of a result: released figures as rows with words beside them. Geometry is made below, drawing in templates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from decapolis.plumbing.charts import strips
from decapolis.plumbing.charts.strips import Bar, Lanes, Reading
from decapolis.understand.listening.queries import StatementText
from decapolis.understand.listening.views import words
from decapolis_methods.disclosure.shares import Share
from decapolis_methods.opinion.released import Common, Direction, Dividing, Released, Special, StatementTotals

Texts = Mapping[int, StatementText]

SHOWN_BARS, SHOWN_LANES, SHOWN_SPECIAL = 6, 4, 2
"""How many are drawn before the table: as many as are read at a glance."""
HALF = 50.0


@dataclass(frozen=True)
class BarRow:
    """A statement with its bar: the share in words, the answer it is a share of, and what stands behind it."""

    text: StatementText
    bar: Bar | None
    share: str
    answer: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class LaneEntry:
    """One group's share in words."""

    voice: str
    name: str
    share: str


@dataclass(frozen=True)
class LaneRow:
    """A statement with one lane a group."""

    text: StatementText
    lanes: Lanes
    entries: tuple[LaneEntry, ...]
    details: tuple[str, ...]


@dataclass(frozen=True)
class SpecialGroup:
    """What sets one group apart: statements with the shares here and elsewhere."""

    voice: str
    name: str
    quotes: tuple[tuple[StatementText, str], ...]


@dataclass(frozen=True)
class Row:
    """One row of a table of numbers."""

    text: StatementText
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The numbers behind a chart."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]


def common_rows(released: Released, texts: Texts) -> tuple[BarRow, ...]:
    """Draw what people have in common."""
    return tuple(_common_row(each, texts, released) for each in released.common[:SHOWN_BARS])


def most_agreed(released: Released) -> list[StatementTotals]:
    """Find what most people agree on where no statement is shared by all groups: a part of the picture, and said so."""
    if released.common:
        return []
    clear = [each for each in released.totals if each.agree.low is not None and each.agree.low > HALF]
    return sorted(clear, key=lambda each: (-(each.agree.low or 0.0), each.statement))[:SHOWN_BARS]


def most_agreed_rows(released: Released, texts: Texts) -> tuple[BarRow, ...]:
    """Draw what most people agree on where no statement is shared by all groups."""
    return tuple(_agree_row(each.agree, texts[each.statement], released) for each in most_agreed(released))


def common_table(released: Released, texts: Texts) -> Table:
    """Write out what people have in common, group by group."""
    rows = (
        Row(
            texts[each.statement],
            (answer(each.direction), *_cells(each.share, *each.by_group, minimum=released.minimum)),
        )
        for each in released.common
    )
    return Table((_("Answer"), _("Share"), *_interval_and_n(), *_group_names(released)), tuple(rows))


def dividing_rows(released: Released, texts: Texts) -> tuple[LaneRow, ...]:
    """Draw what divides."""
    return tuple(_lane_row(each, texts, released) for each in released.dividing[:SHOWN_LANES])


def dividing_table(released: Released, texts: Texts) -> Table:
    """Write out what divides: for each group its share, the interval and the number of answers."""
    names = _group_names(released)
    rows = (
        Row(texts[each.statement], tuple(_with_interval(share, released.minimum) for share in each.by_group))
        for each in released.dividing
    )
    return Table(tuple(_("%(group)s agree") % {"group": name} for name in names), tuple(rows))


def special_groups(released: Released, texts: Texts) -> tuple[SpecialGroup, ...]:
    """List what is special to each group, also where there is nothing."""
    return tuple(
        SpecialGroup(group.letter, words.group_name(group.letter), _quotes(released, texts, group.letter))
        for group in released.groups
    )


def slate_rows(released: Released, texts: Texts) -> tuple[BarRow, ...]:
    """List the few statements that together speak for everybody."""
    totals = {each.statement: each.agree for each in released.totals}
    return tuple(_agree_row(totals.get(each, Share("withheld")), texts[each], released) for each in released.slate)


def total_rows(totals: Iterable[StatementTotals], texts: Texts, minimum: int) -> tuple[BarRow, ...]:
    """Draw the shares of everybody who agree, statement by statement; who disagrees stands beside them in words."""
    return tuple(_total_row(each, texts, minimum) for each in totals)


def bar_of(share: Share) -> Bar | None:
    """Lay out a share as a bar; None where it is withheld."""
    reading = _reading(share)
    return None if reading is None else strips.bar(reading)


def answer(direction: Direction) -> str:
    """Name the answer that a share is a share of."""
    return _("agree") if direction == "agree" else _("disagree")


def _common_row(common: Common, texts: Texts, released: Released) -> BarRow:
    details = [*_behind(common.share)]
    if common.by_group:
        details.append(_("every group at least %(share)s") % {"share": words.percent(common.lowest)})
    return BarRow(
        texts[common.statement],
        bar_of(common.share),
        words.share(common.share, released.minimum),
        answer(common.direction),
        tuple(details),
    )


def _agree_row(share: Share, text: StatementText, released: Released) -> BarRow:
    return BarRow(text, bar_of(share), words.share(share, released.minimum), answer("agree"), tuple(_behind(share)))


def _total_row(totals: StatementTotals, texts: Texts, minimum: int) -> BarRow:
    disagree = _("%(share)s disagree") % {"share": words.share(totals.disagree, minimum)}
    withheld = totals.agree.bound == "withheld"
    return BarRow(
        texts[totals.statement],
        bar_of(totals.agree),
        words.share(totals.agree, minimum),
        "" if withheld else answer("agree"),
        () if withheld else (*_behind(totals.agree), disagree),
    )


def _lane_row(dividing: Dividing, texts: Texts, released: Released) -> LaneRow:
    letters = [group.letter for group in released.groups]
    pairs = list(zip(letters, dividing.by_group, strict=True))
    entries = (
        LaneEntry(letter, words.group_name(letter), words.short_share(share, released.minimum))
        for letter, share in pairs
    )
    return LaneRow(
        texts[dividing.statement],
        strips.lanes([(letter, _reading(share)) for letter, share in pairs]),
        tuple(entries),
        _intervals(dividing.by_group),
    )


def _intervals(shares: tuple[Share, ...]) -> tuple[str, ...]:
    """Write the intervals and numbers of answers of several groups in one line each, in the order of the groups."""
    between = [words.interval(share) or "–" for share in shares]
    asked = [words.number(share.n) if share.n is not None else "–" for share in shares]
    return (
        _("Intervals: %(intervals)s") % {"intervals": " · ".join(between)},
        _("n %(count)s") % {"count": " · ".join(asked)},
    )


def _quotes(released: Released, texts: Texts, letter: str) -> tuple[tuple[StatementText, str], ...]:
    own = [each for each in released.special if each.letter == letter]
    return tuple((texts[each.statement], _here_and_elsewhere(each, released)) for each in own[:SHOWN_SPECIAL])


def _here_and_elsewhere(special: Special, released: Released) -> str:
    pattern = _("%(here)s agree here, %(elsewhere)s elsewhere")
    if special.direction == "disagree":
        pattern = _("%(here)s disagree here, %(elsewhere)s elsewhere")
    here, elsewhere = (words.share(share, released.minimum) for share in (special.here, special.elsewhere))
    return pattern % {"here": here, "elsewhere": elsewhere}


def _behind(share: Share) -> list[str]:
    """Say what a share rests on: interval and number of answers, where they may be said and are not said already."""
    between = "" if share.bound == "between" else words.between(share)
    return [part for part in (between, words.answers(share)) if part]


def _cells(everybody: Share, *groups: Share, minimum: int) -> tuple[str, ...]:
    asked = words.number(everybody.n) if everybody.n is not None else "–"
    shares = (words.short_share(each, minimum) for each in groups)
    return (words.short_share(everybody, minimum), words.interval(everybody) or "–", asked, *shares)


def _interval_and_n() -> tuple[str, str]:
    return _("Interval (95 %)"), _("n")


def _with_interval(share: Share, minimum: int) -> str:
    interval = "" if share.bound == "between" else words.interval(share)
    behind = ", ".join(part for part in (interval, words.answers(share)) if part)
    shown = words.short_share(share, minimum)
    return _("%(share)s (%(behind)s)") % {"share": shown, "behind": behind} if behind else shown


def _group_names(released: Released) -> tuple[str, ...]:
    return tuple(words.group_name(group.letter) for group in released.groups)


def _reading(share: Share) -> Reading | None:
    if share.low is None or share.high is None:
        return None
    return Reading(share.percent, share.low, share.high)
