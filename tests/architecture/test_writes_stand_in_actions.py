"""Writes stand in actions, factories and the stores of the plumbing, and nowhere else: read from the code."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.reading import Module, complaints, planted

ALWAYS = {
    "bulk_create", "bulk_update", "get_or_create", "update_or_create", "acreate", "aupdate", "adelete", "asave",
    "abulk_create", "abulk_update", "aget_or_create", "aupdate_or_create",
}  # fmt: skip
OF_QUERYSETS = {"create", "update", "delete", "set", "add", "remove", "clear"}
OF_INSTANCES = {"save", "delete"}
QUERYSET = {"objects", "filter", "exclude", "all", "select_for_update", "_base_manager", "_default_manager"}
SQL = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|MERGE|COPY|WITH\b.*\b(INSERT|UPDATE|DELETE))\b",
    re.IGNORECASE | re.DOTALL,
)
REMEDY = "write in actions.py, in a function marked @action, and call that"


def may_write(module: Module) -> bool:
    """Whether a file is one of those in which writes stand."""
    is_store = module.parts[:2] == ("decapolis", "plumbing") and module.parts[-1] == "store"
    return is_store or bool({"actions", "factories"} & set(module.parts))


def writes_elsewhere(module: Module) -> Iterator[str]:
    """Complain of writes in a file in which none may stand."""
    if may_write(module):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes(node.func, node):
            yield module.says(node.lineno, f".{node.func.attr}() writes to the database: {REMEDY}.")


def _writes(called: ast.Attribute, call: ast.Call) -> bool:
    if called.attr in ALWAYS:
        return True
    if called.attr in OF_QUERYSETS and _names(called.value) & QUERYSET:
        return True
    if called.attr in {"execute", "executemany"}:
        return any(SQL.match(text) for argument in call.args[:1] for text in _texts(argument))
    return called.attr in OF_INSTANCES and isinstance(called.value, ast.Name | ast.Attribute)


def _names(chain: ast.expr) -> set[str]:
    return {node.attr for node in ast.walk(chain) if isinstance(node, ast.Attribute)}


def _texts(node: ast.expr) -> list[str]:
    return [part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def test_writes_stand_only_in_actions_factories_and_stores():
    found = complaints(writes_elsewhere)

    assert not found, found


@pytest.mark.parametrize(
    "fault",
    [
        "Vote.objects.create(value=1)",
        "Vote.objects.filter(value=1).update(value=0)",
        "Vote.objects.all().delete()",
        "Vote.objects.bulk_create(rows)",
        "vote.save()",
        "form.save()",
        "self.vote.delete()",
        "cursor.execute('INSERT INTO votes VALUES (1)')",
        "cursor.executemany('WITH x AS (SELECT 1) UPDATE votes SET value = 1', rows)",
        "conversation.people.all().add(person)",
    ],
)
def test_a_planted_write_is_found(fault):
    module = planted("decapolis/understand/listening/views/result.py", fault)

    assert list(writes_elsewhere(module)) == [
        f"src/decapolis/understand/listening/views/result.py:1: {_called(fault)} writes to the database: {REMEDY}."
    ]


@pytest.mark.parametrize(
    "harmless", ["names.update(more)", "seen.add(1)", "cursor.execute('SELECT 1')", "hash.update(b'')"]
)
def test_what_writes_no_table_is_not_found(harmless):
    assert not list(writes_elsewhere(planted("decapolis/web/views.py", harmless)))


@pytest.mark.parametrize(
    "path",
    [
        "understand/listening/actions.py",
        "city/audit/actions/entries.py",
        "city/people/factories.py",
        "plumbing/jobs/store.py",
    ],
)
def test_writes_may_stand_in(path):
    assert not list(writes_elsewhere(planted(f"decapolis/{path}", "Vote.objects.create()")))


def _called(fault: str) -> str:
    call = ast.parse(fault).body[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    assert isinstance(call.value.func, ast.Attribute)
    return f".{call.value.func.attr}()"
