"""Actions are keyword-only and say who acts; queries say who reads; neither sees a request; migrations stand alone."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.reading import Function, Module, complaints, functions, is_one_of, migrations, planted

WEB = ("django.http", "django.contrib.messages", "django.shortcuts")


def careless_actions(module: Module) -> Iterator[str]:
    """Complain of actions that take positions, or do not say who acts."""
    if not is_one_of(module, "actions"):
        return
    for function in functions(module):
        if _has_mark(function, "action") and not _says_who_acts(function.node.args):
            name = function.node.name
            yield module.says(function.node.lineno, f"{name} is an action: write {name}(*, by: Actor, …).")


def sights_of_requests(module: Module) -> Iterator[str]:
    """Complain of actions and queries that know of the web."""
    if not is_one_of(module, "actions", "queries"):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module in WEB and {name.name for name in node.names} - {"Http404"}:
            yield module.says(node.lineno, f"{node.module} belongs to views: hand over what is needed of the request.")
        if isinstance(node, ast.arg) and node.arg == "request":
            yield module.says(node.lineno, "a request belongs to views: hand over what is needed of it.")


def dependent_migrations(module: Module) -> Iterator[str]:
    """Complain of migrations that import code of ours, or have no name."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and "decapolis" in ast.unparse(node):
            yield module.says(node.lineno, "a migration imports no code of ours: it must run in ten years as today.")
    if "_auto_" in module.parts[-1] or module.parts[-1].endswith("_initial"):
        yield module.says(1, "a migration is named by what it does, like 0007_grant_closing_date.")


def saving_forms(module: Module) -> Iterator[str]:
    """Complain of forms that write."""
    if is_one_of(module, "forms"):
        for function in functions(module):
            if function.node.name == "save":
                yield module.says(function.node.lineno, "a form has no save(): the view calls an action.")


def _has_mark(function: Function, name: str) -> bool:
    return any(name in ast.unparse(mark).split("(")[0].split(".") for mark in function.node.decorator_list)


def _says_who_acts(arguments: ast.arguments) -> bool:
    return not (arguments.args or arguments.posonlyargs) and "by" in {each.arg for each in arguments.kwonlyargs}


RULES = (careless_actions, sights_of_requests, saving_forms)


@pytest.mark.parametrize("rule", RULES)
def test_actions_queries_and_forms_keep_to_their_part(rule):
    found = complaints(rule)

    assert not found, found


def test_migrations_stand_alone():
    found = [complaint for module in migrations() for complaint in dependent_migrations(module)]

    assert migrations()
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("rule", "file", "text"),
    [
        (careless_actions, "actions.py", "@action\ndef close(conversation, *, by): ..."),
        (careless_actions, "actions.py", "@action\ndef close(*, conversation): ..."),
        (careless_actions, "actions/closing.py", "@acting.action\ndef close(conversation): ..."),
        (sights_of_requests, "queries.py", "def conversations(request): ..."),
        (sights_of_requests, "actions.py", "from django.contrib.messages import success"),
        (saving_forms, "forms.py", "class Close:\n    def save(self): ..."),
    ],
)
def test_a_planted_fault_is_found(rule, file, text):
    assert len(list(rule(planted(f"decapolis/understand/listening/{file}", text)))) == 1


@pytest.mark.parametrize(
    "text", ["from decapolis.understand.listening.models import Vote", "import decapolis.plumbing.clock"]
)
def test_a_planted_import_in_a_migration_is_found(text):
    module = planted("decapolis/understand/listening/migrations/0002_votes.py", text)

    assert len(list(dependent_migrations(module))) == 1


@pytest.mark.parametrize("name", ["0001_initial", "0002_auto_20260101_1200"])
def test_a_planted_nameless_migration_is_found(name):
    assert len(list(dependent_migrations(planted(f"decapolis/city/people/migrations/{name}.py", "")))) == 1
