"""How long functions, files and templates are, and that an exception from a rule says why."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.reading import ROOT, SRC, Module, complaints, functions, planted

LONGEST = {"decapolis": 50, "decapolis_methods": 80}
LONGEST_FILE = {"decapolis": 400, "decapolis_methods": 500}
LONGEST_VIEW, LONGEST_TEMPLATE = 25, 150
RULE = r"\[[\w, -]+\]|: [A-Z]+[0-9]+(?:, ?[A-Z]+[0-9]+)*"
EXCEPTION = re.compile(rf"#\s*(type: ignore|noqa)(?P<rule>{RULE})?(?P<reason>.*)$")


def long_functions(module: Module) -> Iterator[str]:
    """Complain of functions over the limit; views have one of their own."""
    limit = LONGEST[module.parts[0]]
    for function in functions(module):
        allowed = LONGEST_VIEW if _is_view(function.node) else limit
        if function.length > allowed:
            yield module.says(
                function.node.lineno, f"{function.node.name} has {function.length} lines, at most {allowed}: split it."
            )


def long_files(module: Module) -> Iterator[str]:
    """Complain of files over the limit."""
    lines, allowed = module.text.count("\n"), LONGEST_FILE[module.parts[0]]
    if lines > allowed:
        yield module.says(lines, f"{lines} lines, at most {allowed}: make it a folder, one noun a file.")


def silent_exceptions(module: Module) -> Iterator[str]:
    """Complain of exceptions from a rule that do not name it, or not why."""
    for number, line in enumerate(module.text.splitlines(), 1):
        found = EXCEPTION.search(line)
        if found and not (found["rule"] and len(found["reason"].strip(" #-")) > 5):
            yield module.says(number, f"{found[1]} without rule and reason: write # {found[1]}… [rule]  # and why.")


def long_templates(name: str, text: str) -> Iterator[str]:
    """Complain of templates over the limit."""
    if text.count("\n") > LONGEST_TEMPLATE:
        yield f"{name}: {text.count(chr(10))} lines, at most {LONGEST_TEMPLATE}: move a part into a file of its own."


def _is_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function is marked @page(…)."""
    marks = [mark.func for mark in node.decorator_list if isinstance(mark, ast.Call)]
    return any(isinstance(mark, ast.Name) and mark.id == "page" for mark in marks)


def templates() -> list[Path]:
    """All templates of ours."""
    return [path for path in (SRC / "decapolis").rglob("*.html") if "static" not in path.parts]


@pytest.mark.parametrize("package", ["decapolis", "decapolis_methods"])
@pytest.mark.parametrize("rule", [long_functions, long_files, silent_exceptions])
def test_the_code_keeps_its_shape(rule, package):
    found = complaints(rule, package)

    assert not found, found


def test_templates_are_short():
    every = ((str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in templates())

    found = [complaint for name, text in every for complaint in long_templates(name, text)]

    assert not found, "\n".join(found)


def test_templates_are_looked_at():
    assert len(templates()) > 5


@pytest.mark.parametrize(("package", "limit"), LONGEST.items())
def test_a_planted_long_function_is_found(package, limit):
    text = "def long():\n" + '    """Say nothing."""\n' + "    x = 1\n" * limit

    assert not list(long_functions(planted(f"{package}/x.py", text.replace("    x = 1\n", "", 1))))
    assert len(list(long_functions(planted(f"{package}/x.py", text)))) == 1


def test_a_planted_long_view_is_found():
    text = "@page(open_because='a test')\ndef view(request):\n" + "    x = 1\n" * LONGEST_VIEW

    assert len(list(long_functions(planted("decapolis/web/pages/home.py", text)))) == 1


def test_a_planted_long_file_is_found():
    assert len(list(long_files(planted("decapolis/x.py", "x = 1\n" * 401)))) == 1


def test_a_planted_long_template_is_found():
    assert len(list(long_templates("x.html", "<p>\n" * 151))) == 1


SILENT, IGNORED = "no" + "qa", "type: " + "ignore"  # in two pieces, or the linters would take them for their own


@pytest.mark.parametrize("comment", [f"# {SILENT}", f"# {SILENT}: S603", f"# {IGNORED}", f"# {IGNORED}[misc]"])
def test_a_planted_silent_exception_is_found(comment):
    assert len(list(silent_exceptions(planted("decapolis/x.py", f"x = 1  {comment}\n")))) == 1


@pytest.mark.parametrize("comment", [f"# {SILENT}: S603  # our own tool", f"# {IGNORED}[misc]  # a mixin"])
def test_an_exception_with_reason_is_not_found(comment):
    assert not list(silent_exceptions(planted("decapolis/x.py", f"x = 1  {comment}\n")))
