"""The contracts of `.importlinter` are kept, and each is broken by a planted import."""

import shutil
import subprocess
from pathlib import Path

import pytest

from decapolis.web.commands.checkout import HERE
from tests.architecture.reading import ROOT, SRC

MODELS = "decapolis.understand.listening.models"
FAULTS = {
    "Data flows one way": ("decapolis/city/people/models.py", "import decapolis.understand.listening.public"),
    "Inside every step": ("decapolis/understand/listening/queries.py", "import decapolis.understand.listening.actions"),
    "The nouns of the city": ("decapolis/city/people/models.py", "import decapolis.city.access.public"),
    "Views read by queries": (
        "decapolis/understand/listening/views/__init__.py",
        "import decapolis.understand.listening.models",
    ),
    "only by public": ("decapolis/web/pages/home.py", f"import {MODELS}"),
    "knows nothing of Django": ("decapolis_methods/errors.py", "import django.db"),
    "Methods stand side by side": ("decapolis_methods/disclosure/shares.py", "import decapolis_methods.opinion.votes"),
    "No loops in the plumbing": ("decapolis/plumbing/clock.py", "import decapolis.plumbing.keys"),
}
"""For each contract (a part of its name) a file and the import that breaks it."""
BACK = {"No loops in the plumbing": ("decapolis/plumbing/keys.py", "import decapolis.plumbing.clock")}
EMPTY = "Inside a part"
"""A contract between steps, which has nothing to hold while one step stands alone."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the source in which a fault may be planted."""
    ignored = shutil.ignore_patterns("tests", "static", "locale", "__pycache__", "*.html")
    shutil.copytree(SRC, tmp_path / "src", ignore=ignored)
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def plant(tree: Path, file: str, line: str) -> None:
    path = tree / "src" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + f"\n{line}\n", encoding="utf-8")


def broken(tree: Path) -> list[str]:
    """Names of the contracts that a tree breaks."""
    command: list[str | Path] = [
        HERE.python,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
        "--no-cache",
    ]
    variables = {"PYTHONPATH": str(tree / "src"), "COLUMNS": "400"}
    done = subprocess.run(command, cwd=tree, env=variables, check=False, capture_output=True, text=True)
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return [line.removesuffix(" BROKEN") for line in done.stdout.splitlines() if line.endswith(" BROKEN")]


@pytest.mark.slow
def test_the_contracts_are_kept(tree):
    assert broken(tree) == []


@pytest.mark.slow
@pytest.mark.parametrize("contract", FAULTS)
def test_a_planted_import_breaks_its_contract(tree, contract):
    for file, line in filter(None, (FAULTS[contract], BACK.get(contract))):
        plant(tree, file, line)

    assert any(contract in name for name in broken(tree))


def test_every_contract_has_a_planted_fault():
    lines = (ROOT / ".importlinter").read_text(encoding="utf-8").splitlines()
    names = [line.removeprefix("name = ") for line in lines if line.startswith("name = ")]

    unproven = [name for name in names if not any(part in name for part in (*FAULTS, EMPTY))]

    assert unproven == []
