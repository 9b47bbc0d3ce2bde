"""Queries say who reads, and the answers of participants are read by analyses alone."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.reading import Module, complaints, is_one_of, modules, planted

BELOW_VIEWERS = {
    "decapolis.city.people": "a viewer is made of an account, so that these stand below it",
}
"""Nouns that viewers are made of."""
WITHOUT_VIEWER = {
    "decapolis.city.access.queries.in_force": "what viewers are made of",
    "decapolis.city.access.queries.permissions_of": "what viewers are made of",
    "decapolis.city.access.queries.roles_of": "what viewers are made of",
    "decapolis.city.access.queries.needs_second_factor": "what viewers are made of",
    "decapolis.city.access.queries.may": "asked of an actor, before an act",
    "decapolis.city.access.queries.require": "asked of an actor, before an act",
    "decapolis.city.access.queries.needs_two": "a rule on acts, that says yes or no",
    "decapolis.city.access.queries.memberships_of": "one account, for its own page and for acts on it",
    "decapolis.city.access.queries.with_roles": "roles of accounts that the caller has read",
    "decapolis.city.organisations.queries.shown": "rows that the caller has read, as they are shown",
    "decapolis.city.access.queries.held": "words for a row that the caller has read",
    "decapolis.city.access.queries.told": "names and words for lines that the caller was allowed to read",
    "decapolis.city.access.queries.holders": "a public figure without names",
}
"""Queries that take no viewer, each with the reason."""
ANSWERS = ("Vote", "Participant")
"""Models that hold what one participant said."""
READERS_OF_ANSWERS = ("models", "ballots", "actions", "factories")


def queries_without_viewer(module: Module) -> Iterator[str]:
    """Complain of public queries whose first argument is not the viewer."""
    if not is_one_of(module, "queries") or ".".join(module.parts[:3]) in BELOW_VIEWERS:
        return
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _is_in_order(module, node):
            yield module.says(node.lineno, f"{node.name} is a query: write {node.name}(*, viewer: Viewer, …).")


def sights_of_answers(module: Module) -> Iterator[str]:
    """Complain of files of a step that could show what one participant said."""
    if module.parts[1] == "plumbing" or is_one_of(module, *READERS_OF_ANSWERS):
        return
    for node in ast.walk(module.tree):
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        imported = [each.name for each in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else [name]
        yield from (
            module.says(getattr(node, "lineno", 1), f"{each} holds the answers of one person: only analyses read them.")
            for each in imported
            if each.rpartition(".")[2] in (*ANSWERS, "ballots")
        )


def openings_of_ballots(module: Module) -> Iterator[str]:
    """Complain of all but actions that import ballots."""
    if is_one_of(module, "actions"):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and "ballots" in ast.unparse(node):
            yield module.says(node.lineno, "ballots are read by actions alone: ask for a released result.")


def _is_in_order(module: Module, query: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    if query.name.startswith("_") or f"{'.'.join(module.parts)}.{query.name}" in WITHOUT_VIEWER:
        return True
    arguments = query.args
    first = (arguments.posonlyargs + arguments.args + arguments.kwonlyargs)[:1]
    return [each.arg for each in first] == ["viewer"] and not _has_default(arguments)


def _has_default(arguments: ast.arguments) -> bool:
    """Whether the first argument may be left out."""
    positions = arguments.posonlyargs + arguments.args
    return len(positions) == len(arguments.defaults) if positions else arguments.kw_defaults[:1] != [None]


RULES = (queries_without_viewer, sights_of_answers, openings_of_ballots)


@pytest.mark.parametrize("rule", RULES)
def test_queries_say_who_reads_and_answers_stay_closed(rule):
    found = complaints(rule)

    assert not found, found


def test_every_exception_is_still_there():
    queries = {
        f"{'.'.join(module.parts)}.{node.name}"
        for module in modules("decapolis")
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef)
    }

    assert WITHOUT_VIEWER.keys() <= queries


@pytest.mark.parametrize(
    ("rule", "file", "text"),
    [
        (queries_without_viewer, "queries.py", "def votes_of(conversation): ..."),
        (queries_without_viewer, "queries.py", "def results(): ..."),
        (queries_without_viewer, "queries.py", "def result(slug, viewer): ..."),
        (queries_without_viewer, "queries.py", "def result(*, slug, viewer): ..."),
        (queries_without_viewer, "queries.py", "def result(viewer=None): ..."),
        (queries_without_viewer, "queries.py", "def result(*, viewer=None): ..."),
        (queries_without_viewer, "queries/results.py", "async def result(*, slug): ..."),
        (sights_of_answers, "queries.py", "from decapolis.understand.listening.models import Vote"),
        (sights_of_answers, "views/pages.py", "models.Vote.objects.all()"),
        (sights_of_answers, "public.py", "from decapolis.understand.listening.models import Participant as Row"),
        (openings_of_ballots, "views/pages.py", "from decapolis.understand.listening import ballots"),
        (openings_of_ballots, "queries.py", "from decapolis.understand.listening.ballots import votes_of"),
        (openings_of_ballots, "views/actions.py", "import decapolis.understand.listening.ballots"),
        (sights_of_answers, "views/pages.py", "actions.ballots.votes_of(conversation)"),
    ],
)
def test_a_planted_fault_is_found(rule, file, text):
    assert len(list(rule(planted(f"decapolis/understand/listening/{file}", text)))) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("understand/listening/queries.py", "def result(*, viewer, slug): ..."),
        ("city/places/queries.py", "def place(viewer, number): ..."),
        ("understand/listening/queries.py", "def _visible(): ..."),
        ("understand/listening/ballots.py", "from decapolis.understand.listening.models import Vote"),
        ("understand/listening/actions.py", "from decapolis.understand.listening import ballots"),
        ("city/people/queries.py", "def account(number): ..."),
    ],
)
def test_what_is_in_order_is_not_found(path, text):
    assert not [complaint for rule in RULES for complaint in rule(planted(f"decapolis/{path}", text))]
