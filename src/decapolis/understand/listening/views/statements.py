"""The list of all statements: what the reader chose in the address, and the rows that answer it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.core.paginator import Page
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from decapolis.plumbing.paging import page_of
from decapolis.understand.listening.queries import ConversationFacts, ResultPage
from decapolis.understand.listening.views import figures, words
from decapolis.understand.listening.views.figures import BarRow
from decapolis.understand.listening.views.sheets import question
from decapolis_methods.disclosure.shares import Share
from decapolis_methods.opinion.released import Released, StatementTotals

LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Choice:
    """What the reader chose: an order, a kind of statement, words to look for."""

    order: str
    kind: str
    words: str


@dataclass(frozen=True)
class Option:
    """One thing that may be chosen."""

    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class StatementList:
    """One page of statements with what may be chosen."""

    conversation: ConversationFacts
    question: SafeString
    page: Page[StatementTotals]
    rows: tuple[BarRow, ...]
    orders: tuple[Option, ...]
    kinds: tuple[Option, ...]
    count: int
    count_shown: str


def read_choice(address: Mapping[str, str]) -> Choice:
    """Read the reader's choice from the address; what is not known counts as not chosen."""
    order, kind = address.get("sort", ""), address.get("show", "")
    return Choice(
        order if order in ORDERS else "agreed",
        kind if kind in KINDS else "",
        address.get("q", "").strip()[:LONGEST_SEARCH],
    )


def statement_list(found: ResultPage, choice: Choice, number: str | None) -> StatementList:
    """Choose, sort and page the statements of a result."""
    chosen = sorted(_chosen(found, choice), key=ORDERS[choice.order])
    page = page_of(chosen, number)
    return StatementList(
        conversation=found.conversation,
        question=question(found.conversation),
        page=page,
        rows=figures.total_rows(page.object_list, found.statements, found.released.minimum),
        orders=tuple(Option(key, name, key == choice.order) for key, name in _order_names().items()),
        kinds=tuple(Option(key, name, key == choice.kind) for key, name in _kind_names(found.released).items()),
        count=len(chosen),
        count_shown=words.number(len(chosen)),
    )


def _chosen(found: ResultPage, choice: Choice) -> list[StatementTotals]:
    wanted = KINDS[choice.kind](found.released) if choice.kind else None
    looked_for = choice.words.casefold()
    return [
        each
        for each in found.released.totals
        if (wanted is None or each.statement in wanted)
        and (not looked_for or looked_for in found.statements[each.statement].text.casefold())
    ]


def _most_agreed(totals: StatementTotals) -> tuple[float, int]:
    return -_middle(totals.agree), totals.statement


def _most_divided(totals: StatementTotals) -> tuple[float, int]:
    """Order by the smaller of the two shares: half against half comes first."""
    return -min(_middle(totals.agree), _middle(totals.disagree)), totals.statement


def _most_answered(totals: StatementTotals) -> tuple[float, int]:
    return -float(totals.agree.n or 0), totals.statement


def _middle(share: Share) -> float:
    """Take a share, or the middle of its range; what is withheld comes last."""
    if share.percent is not None:
        return share.percent
    return -1.0 if share.low is None or share.high is None else (share.low + share.high) / 2


ORDERS: dict[str, Callable[[StatementTotals], tuple[float, int]]] = {
    "agreed": _most_agreed,
    "divided": _most_divided,
    "answered": _most_answered,
}
KINDS: dict[str, Callable[[Released], set[int]]] = {
    "common": lambda released: {each.statement for each in released.common},
    "dividing": lambda released: {each.statement for each in released.dividing},
    "special": lambda released: {each.statement for each in released.special},
}


def _order_names() -> dict[str, str]:
    return {"agreed": _("Most agreed"), "divided": _("Most divided"), "answered": _("Most answered")}


def _kind_names(released: Released) -> dict[str, str]:
    """Name the kinds of statement that this result has."""
    names = {
        "": _("All statements"),
        "common": _("Shared by all groups") if released.groups else _("Shared by most people"),
        "dividing": _("Dividing the groups"),
        "special": _("Special to one group"),
    }
    return {key: name for key, name in names.items() if not key or KINDS[key](released)}
