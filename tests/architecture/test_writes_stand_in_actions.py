"""Writes stand in actions, factories and the stores of the plumbing, and nowhere else: read from the code.

What the code does not show (a name that is put together, a write of another package) is refused at run time by
``tests/writes.py``.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.reading import Module, complaints, is_one_of, modules, planted

ALWAYS = {
    "create", "save", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "acreate", "aupdate", "adelete", "asave", "abulk_create", "abulk_update", "aget_or_create", "aupdate_or_create",
    "aadd", "aset", "aremove", "aclear", "save_base", "save_m2m", "_raw_delete", "_update", "_insert",
}  # fmt: skip
"""Names that write whatever they stand behind, called or handed on."""
OF_TABLES = {"update", "set", "add", "remove", "clear"}
"""Names that write where they stand behind a query or an attribute, and mean a set or a dict behind a plain name."""
QUERYSET = {"objects", "filter", "exclude", "all", "select_for_update", "_base_manager", "_default_manager"}
NO_TABLE = {
    ("decapolis/city/access/adapters.py", "qrcode.make(url, image_factory=SvgPathFillImage).save"): "a picture",
    ("decapolis/plumbing/files/pictures.py", "picture.save"): "a picture",
    ("decapolis/plumbing/jobs/running.py", "self._is_over.set"): "an event between threads",
    ("decapolis/web/catalogues.py", "catalogue.obsolete.clear"): "a dict of a catalogue of sentences",
}
"""Attributes that are no tables, each with what it is."""
BY_SQL = {"execute", "executemany", "executescript", "callproc", "copy", "raw"}
READING = re.compile(r"\s*(?:SELECT|PRAGMA|EXPLAIN|SHOW)\b(?!.*;\s*\S)(?!.*\bINTO\b)", re.IGNORECASE | re.DOTALL)
STORE_OF_ROWS = "decapolis.plumbing.rows"
REMEDY = "write in actions.py, in a function marked @action, and call that"


def may_write(module: Module) -> bool:
    """Whether a file is one of those in which writes stand."""
    is_store = module.parts[:2] == ("decapolis", "plumbing") and module.parts[3:] == ("store",)
    return is_store or is_one_of(module, "actions", "factories")


def writes_elsewhere(module: Module) -> Iterator[str]:
    """Complain of writes in a file in which none may stand."""
    if may_write(module):
        return
    queries = _names_of_queries(module)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and _writes(node, queries) and not _is_no_table(module, node):
            yield module.says(node.lineno, f".{node.attr} writes to the database: {REMEDY}.")
        if isinstance(node, ast.Call) and _may_write_by_sql(node):
            yield module.says(node.lineno, f".{_attribute(node)} may write: hand it a literal SELECT, or {REMEDY}.")
        if isinstance(node, ast.Import | ast.ImportFrom) and STORE_OF_ROWS in ast.unparse(node):
            yield module.says(node.lineno, f"{STORE_OF_ROWS} writes to the database: {REMEDY}.")


def _writes(named: ast.Attribute, queries: set[str]) -> bool:
    if named.attr in ALWAYS:
        return True
    owner = named.value
    return named.attr in OF_TABLES and (isinstance(owner, ast.Attribute) or _is_query(owner, queries))


def _is_query(owner: ast.expr, queries: set[str]) -> bool:
    """Whether an expression asks the database, or is a name that such a one was given."""
    parts = list(ast.walk(owner))
    asks = any(isinstance(part, ast.Attribute) and part.attr in QUERYSET for part in parts)
    return asks or any(isinstance(part, ast.Name) and part.id in queries for part in parts)


def _names_of_queries(module: Module) -> set[str]:
    """Names that are given a query, such as ``votes = Vote.objects``, or another such name."""
    names: set[str] = set()
    given = [each for node in ast.walk(module.tree) for each in _given(node)]
    while more := {name for name, value in given if _is_manager(value, names)} - names:
        names |= more
    return names


def _is_manager(value: ast.expr, names: set[str]) -> bool:
    """Whether a value is itself a chain that begins with a query; what is made of its rows is none."""
    while isinstance(value, ast.Attribute | ast.Call | ast.Subscript):
        if isinstance(value, ast.Attribute) and value.attr in QUERYSET:
            return True
        value = value.func if isinstance(value, ast.Call) else value.value
    return isinstance(value, ast.Name) and value.id in names


def _given(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.Assign):
        yield from ((name.id, node.value) for name in node.targets if isinstance(name, ast.Name))
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and isinstance(node.target, ast.Name) and node.value:
        yield node.target.id, node.value


def _is_no_table(module: Module, node: ast.Attribute) -> bool:
    return (module.path, ast.unparse(node)) in NO_TABLE


def _may_write_by_sql(call: ast.Call) -> bool:
    if _attribute(call) not in BY_SQL:
        return False
    said = call.args[0] if call.args else None
    return not (isinstance(said, ast.Constant) and READING.match(str(said.value)))


def _attribute(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def test_writes_stand_only_in_actions_factories_and_stores():
    found = complaints(writes_elsewhere)

    assert not found, found


def test_every_attribute_that_is_no_table_is_still_there():
    named = {
        (module.path, ast.unparse(node))
        for module in modules("decapolis")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in OF_TABLES | ALWAYS
    }

    assert NO_TABLE.keys() <= named


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
        "Vote(value=1).save()",
        "rows[0].delete()",
        "super().save()",
        "conversation.votes.create(value=1)",
        "conversation.votes.add(vote)",
        "conversation.votes.set([])",
        "conversation.people.all().add(person)",
        "votes = Vote.objects; votes.create(value=1)",
        "found = Vote.objects.filter(value=1); few = found.exclude(day=None); few.update(value=0)",
        "if found := Vote.objects.all(): found.update(value=0)",
        "write = Vote.objects.create",
        "cursor.execute('INSERT INTO votes VALUES (1)')",
        "cursor.executemany('WITH x AS (SELECT 1) UPDATE votes SET value = 1', rows)",
        "cursor.execute('SELECT 1; DELETE FROM votes')",
        "cursor.execute('SELECT * INTO other FROM votes')",
        "q = 'DELETE FROM votes'; cursor.execute(q)",
        "cursor.execute(f'{verb} FROM votes')",
        "cursor.execute(sql=question)",
        "Vote.objects.raw('DELETE FROM votes RETURNING *')",
        "from decapolis.plumbing.rows.store import insert_rows",
    ],
)
def test_a_planted_write_is_found(fault):
    module = planted("decapolis/understand/listening/views/result.py", fault)

    found = list(writes_elsewhere(module))

    assert len(found) == 1, found
    assert found[0].startswith("src/decapolis/understand/listening/views/result.py:1: ")


@pytest.mark.parametrize(
    "harmless",
    [
        "names.update(more)",
        "seen.add(1)",
        "cursor.execute('SELECT 1')",
        "cursor.execute('SELECT %s', [1])",
        "hash.update(b'')",
        "rows = {row.pk for row in Vote.objects.all()}; rows.add(1)",
    ],
)
def test_what_writes_no_table_is_not_found(harmless):
    assert not list(writes_elsewhere(planted("decapolis/web/pages/home.py", harmless)))


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


@pytest.mark.parametrize(
    "path",
    [
        "understand/listening/views/actions.py",
        "understand/listening/files/factories/rows.py",
        "city/actions.py",
        "web/shell/actions.py",
        "plumbing/jobs/actions.py",
        "plumbing/jobs/running/store.py",
        "city/people/store.py",
    ],
)
def test_a_name_alone_lets_nobody_write(path):
    assert len(list(writes_elsewhere(planted(f"decapolis/{path}", "Vote.objects.create()")))) == 1
