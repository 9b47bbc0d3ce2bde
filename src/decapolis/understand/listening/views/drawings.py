"""Charts of a result as drawings that stand alone."""

from collections.abc import Callable

from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from decapolis.plumbing.charts.pictures import Entry, Picture, bars_picture, plane_picture
from decapolis.plumbing.documents.pictures import can_write
from decapolis.understand.listening.queries import ResultPage
from decapolis.understand.listening.views import figures, maps, words
from decapolis.understand.listening.views.figures import BarRow

Writable = Callable[[str], bool]


def drawing(found: ResultPage, chart: str, *, for_our_fonts: bool = False) -> str | None:
    """Draw the chart "bars" or "map" as SVG; None where the result has no such chart.

    Readers draw an SVG with the fonts that they have. `for_our_fonts` leaves out texts whose letters ours do not have.
    """
    writable = can_write if for_our_fonts else _anything
    laid_out = CHARTS[chart](found, writable) if has_chart(found, chart) else None
    return None if laid_out is None else render_to_string("listening/drawing.svg", {"picture": laid_out})


def has_chart(found: ResultPage, chart: str) -> bool:
    """Whether a result has a chart."""
    if chart == "map":
        return found.released.map is not None and bool(found.released.groups)
    return chart == "bars" and bool(found.released.common)


def is_written_whole(found: ResultPage, chart: str) -> bool:
    """Whether our fonts have the letters of every text in a chart."""
    shown = [row.text.text for row in figures.common_rows(found.released, found.statements)] if chart == "bars" else []
    return all(map(can_write, (found.conversation.question, found.conversation.credit, *shown)))


def _bars(found: ResultPage, writable: Writable) -> Picture:
    rows = figures.common_rows(found.released, found.statements)
    numbers = [each.statement for each in found.released.common]
    entries = [_entry(row, number, writable) for row, number in zip(rows, numbers, strict=False)]
    return bars_picture(_title(found, writable), entries, _notes(found, writable), mirrored=get_language_bidi())


def _map(found: ResultPage, writable: Writable) -> Picture | None:
    sheet = maps.map_sheet(found.released)
    if sheet is None:
        return None
    sizes = "; ".join(f"{voice.name}: {voice.people}" for voice in maps.voices(found.released))
    notes = [sizes, *sheet.notes, *_notes(found, writable)]
    return plane_picture(_title(found, writable), sheet.plane, notes, mirrored=get_language_bidi())


CHARTS: dict[str, Callable[[ResultPage, Writable], Picture | None]] = {"bars": _bars, "map": _map}


def _entry(row: BarRow, number: int, writable: Writable) -> Entry:
    text = row.text.text
    if not writable(text):
        text = _("Statement %(number)s (its text stands on the page of the result)") % {"number": words.number(number)}
    caption = f"{row.share} {row.answer} · {' · '.join(row.details)}" if row.details else f"{row.share} {row.answer}"
    return Entry(text, row.bar, caption)


def _title(found: ResultPage, writable: Writable) -> str:
    question = found.conversation.question
    return question if writable(question) else found.conversation.reference


def _notes(found: ResultPage, writable: Writable) -> list[str]:
    """Say whose words these are and what they rest on: a picture travels without its page."""
    facts, released = found.conversation, found.released
    rests_on = _(
        "%(people)s people, %(votes)s answers; 95 %% intervals; computed with seed %(seed)s by version %(version)s"
    )
    credit = ", ".join(part for part in (facts.credit, facts.licence) if part)
    notes = [
        rests_on
        % {
            "people": words.number(released.participants),
            "votes": words.number(released.votes),
            "seed": released.seed,
            "version": released.version,
        },
        credit if writable(credit) else facts.licence,
    ]
    return [note for note in notes if note]


def _anything(text: str) -> bool:  # noqa: ARG001  # a reader's own fonts are taken to have every letter
    return True
