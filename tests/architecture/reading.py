"""Reading the code as trees, so that a rule is a small function over a module, and a fault can be planted in one."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"


@dataclass(frozen=True)
class Module:
    """One file of code: its path below ``src`` and its text."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The code as a tree."""
        return _parsed(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        """Folders and the file's name without its ending."""
        return Path(self.path).with_suffix("").parts

    def says(self, line: int, what: str) -> str:
        """Write a complaint that names file and line."""
        return f"src/{self.path}:{line}: {what}"


@dataclass(frozen=True)
class Function:
    """A function and where it stands."""

    module: Module
    node: ast.FunctionDef | ast.AsyncFunctionDef

    @property
    def length(self) -> int:
        """Lines from `def` to the end, without the docstring."""
        first, *_ = self.node.body
        documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        lines = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
        return (self.node.end_lineno or 0) - self.node.lineno + 1 - lines


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def modules(package: str) -> tuple[Module, ...]:
    """All files of a package that are neither tests nor migrations."""
    return tuple(
        Module(path.relative_to(SRC).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted((SRC / package).rglob("*.py"))
        if not {"tests", "migrations"} & set(path.relative_to(SRC).parts)
    )


@cache
def migrations() -> tuple[Module, ...]:
    """All migrations of ours."""
    return tuple(
        Module(path.relative_to(SRC).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(SRC.rglob("migrations/[0-9]*.py"))
    )


def is_one_of(module: Module, *names: str) -> bool:
    """Whether a module is, or lies in, a file of a step or noun with one of these names."""
    return len(module.parts) > 3 and module.parts[1] not in ("web", "plumbing") and module.parts[3] in names


def functions(module: Module) -> Iterator[Function]:
    """All functions of a module, methods and inner ones included."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(module, node)


def complaints(rule: Callable[[Module], Iterator[str]], package: str = "decapolis") -> str:
    """All that a rule has to say of a package, one complaint a line; empty where it is content."""
    return "\n".join(complaint for module in modules(package) for complaint in rule(module))


def planted(path: str, text: str) -> Module:
    """A module that is not there, to show that a rule finds its fault."""
    return Module(path, text)
