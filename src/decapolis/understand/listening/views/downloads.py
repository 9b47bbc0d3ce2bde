"""What may be taken along: released totals as CSV and JSON, charts as SVG and PNG."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache, partial

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page

from decapolis.city.access.public import ANYONE, page
from decapolis.plumbing.documents.pictures import PictureError, fingerprint, picture
from decapolis.plumbing.documents.tables import table
from decapolis.understand.listening import queries
from decapolis.understand.listening.queries import ResultPage
from decapolis.understand.listening.views.drawings import CHARTS, drawing, has_chart, is_written_whole
from decapolis_methods.disclosure.shares import Share
from decapolis_methods.opinion.released import Released

RELEASED = "released figures, the same that stand on the public page of the result"
HEAD = (
    "statement", "text", "language",
    "agree_is", "agree_percent", "agree_low", "agree_high",
    "disagree_is", "disagree_percent", "disagree_low", "disagree_high",
    "answered",
)  # fmt: skip

GROUPS_HEAD = ("statement", "text", "language", "why", "answer", "group", "is", "percent", "low", "high", "answered")


@dataclass(frozen=True)
class Download:
    """One file that may be taken along."""

    name: str
    url: str


def downloads(found: ResultPage) -> tuple[Download, ...]:
    """List what there is to take along."""
    slug = found.conversation.slug
    by_group = [(_("Numbers by group (CSV)"), reverse("listening:groups-csv", args=[slug]))]
    offered = [
        (_("Numbers (CSV)"), reverse("listening:totals-csv", args=[slug])),
        *(by_group if found.released.groups else ()),
        (_("Everything released (JSON)"), reverse("listening:totals-json", args=[slug])),
    ]
    names = {
        "bars": (_("Agreement (SVG)"), _("Agreement (PNG)")),
        "map": (_("Map (SVG)"), _("Map (PNG)")),
    }
    for chart in filter(partial(has_chart, found), names):
        as_drawing, as_picture = names[chart]
        offered.append((as_drawing, reverse("listening:chart-svg", args=[slug, chart])))
        offered.append((as_picture, reverse("listening:chart-png", args=[slug, chart])))
    return tuple(Download(name, url) for name, url in offered)


def picture_note(found: ResultPage) -> str:
    """Say what a reader of the PNG misses; nothing where it says as much as the SVG."""
    if all(is_written_whole(found, chart) for chart in CHARTS if has_chart(found, chart)):
        return ""
    return _(
        "In the PNG, numbers stand for texts whose letters our fonts do not have. The SVG shows these texts as well."
    )


@page(open_because=RELEASED)
@conditional_page
def totals_csv(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Give the totals of every statement as a table."""
    found = read_result(slug)
    rows = []
    for each in found.released.totals:
        text = found.statements[each.statement]
        shares = (*_share_cells(each.agree), *_share_cells(each.disagree))
        rows.append((each.statement, text.text, text.language, *shares, each.agree.n))
    return _file(table(HEAD, rows).encode(), "text/csv; charset=utf-8", f"{slug}.csv")


@page(open_because=RELEASED)
@conditional_page
def groups_csv(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Give the shares by group as a table: of the statements whose shares by group are released, and of no other."""
    found = read_result(slug)
    if not found.released.groups:
        raise Http404
    rows = []
    for number, why, answer, group, share in _shares_by_group(found.released):
        text = found.statements[number]
        rows.append((number, text.text, text.language, why, answer, group, *_share_cells(share), share.n))
    return _file(table(GROUPS_HEAD, rows).encode(), "text/csv; charset=utf-8", f"{slug}-groups.csv")


@page(open_because=RELEASED)
@conditional_page
def totals_json(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Give everything that was released, with the texts of the statements that have figures."""
    found = read_result(slug)
    shown = {each.statement for each in found.released.totals}
    document = {
        "conversation": asdict(found.conversation),
        "computed_at": found.computed_at,
        "released": asdict(found.released),
        "statements": {number: asdict(text) for number, text in found.statements.items() if number in shown},
    }
    written = json.dumps(document, ensure_ascii=False, indent=1, default=lambda moment: moment.isoformat())
    return _file(written.encode(), "application/json", f"{slug}.json")


@page(open_because=RELEASED)
@conditional_page
def chart_svg(request: HttpRequest, slug: str, chart: str) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Give a chart as a drawing that stands alone."""
    drawn = _drawing(slug, chart)
    return _file(drawn.encode(), "image/svg+xml", f"{slug}-{chart}.svg")


@page(open_because=RELEASED)
@conditional_page
def chart_png(request: HttpRequest, slug: str, chart: str) -> HttpResponse:
    """Give a chart as a picture; whoever has it already costs no drawing."""
    drawn = _drawing(slug, chart, for_our_fonts=True)
    try:
        name = quote_etag(fingerprint(drawn))
        answer = get_conditional_response(request, etag=name) or _file(
            _picture(drawn), "image/png", f"{slug}-{chart}.png"
        )
    except PictureError as error:
        raise Http404 from error
    answer.headers["ETag"] = name
    return answer


@lru_cache(maxsize=16)
def _picture(drawn: str) -> bytes:
    """Draw once what is asked for often: sixteen pictures a process, each under a megabyte."""
    return picture(drawn)


def read_result(slug: str) -> ResultPage:
    """Read a result in the language of the page."""
    return queries.result(viewer=ANYONE, slug=slug, language=get_language() or "")


def _drawing(slug: str, chart: str, *, for_our_fonts: bool = False) -> str:
    drawn = drawing(read_result(slug), chart, for_our_fonts=for_our_fonts)
    if drawn is None:
        raise Http404
    return drawn


def _shares_by_group(released: Released) -> Iterator[tuple[int, str, str, str, Share]]:
    """Statement, why its shares by group are released, answer, group and share."""
    letters = [group.letter for group in released.groups]
    for common in released.common:
        for letter, share in zip(letters, common.by_group, strict=True):
            yield common.statement, "common", common.direction, letter, share
    for dividing in released.dividing:
        for letter, share in zip(letters, dividing.by_group, strict=True):
            yield dividing.statement, "dividing", "agree", letter, share
    for special in released.special:
        yield special.statement, "special", special.direction, special.letter, special.here
        yield special.statement, "special", special.direction, f"all but {special.letter}", special.elsewhere


def _share_cells(share: Share) -> tuple[str | float | None, ...]:
    return share.bound, share.percent, share.low, share.high


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
