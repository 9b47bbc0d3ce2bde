"""Every act of the record can be read as a sentence: its part declares one."""

import ast
from pathlib import Path

import decapolis
from decapolis.plumbing.declaring import sentences

PACKAGE = Path(decapolis.__file__).parent
PASSED_ON = {"decapolis/city/audit/actions.py"}
"""Here an act comes as an argument: readings, which have one sentence, and denials, of which nothing was done."""


def recorded(code: str) -> set[str]:
    """Acts that a module records; a dash for one that a machine cannot read."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "record"]
    values = [keyword.value for call in named for keyword in call.keywords if keyword.arg == "act"]
    return {act for value in values for act in read(value)}


def read(value: ast.expr) -> set[str]:
    if isinstance(value, ast.IfExp):
        return read(value.body) | read(value.orelse)
    return {str(value.value)} if isinstance(value, ast.Constant) else {"-"}


def sources() -> dict[str, str]:
    found = (path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts and path.name != "factories.py")
    return {path.relative_to(PACKAGE.parent).as_posix(): path.read_text(encoding="utf-8") for path in found}


def test_every_recorded_act_has_words() -> None:
    acts = {act for name, code in sources().items() if name not in PASSED_ON for act in recorded(code)}

    assert {"access.give_role", "gates.refuse", "people.change_password"} <= acts
    assert acts - set(sentences()) == set()


def test_acts_are_found_in_code() -> None:
    code = 'record(by=by, act="a.b" if x else "c.d", subject=s)\nrecord(by=by, act=name, subject=s)'

    assert recorded(code) == {"a.b", "c.d", "-"}
