"""Checks that start the application fail on a fault planted in a copy of the tree."""

import os
import shutil
import subprocess

import pytest

from decapolis.web.commands.check import CHECKS
from tests.architecture.reading import SRC


@pytest.fixture
def status(tmp_path):
    """Status of a check on a copy of the source, after a line was added to one of its files."""
    shutil.copytree(SRC, tmp_path / "src", ignore=shutil.ignore_patterns("tests", "dist", "__pycache__"))

    def run(check: str, file: str = "decapolis/web/pages/home.py", line: str = "") -> int:
        with (tmp_path / "src" / file).open("a", encoding="utf-8") as planted:
            planted.write(f"\n{line}\n")
        variables = {**os.environ, "PYTHONPATH": str(tmp_path / "src"), "DECAPOLIS_DATA": str(tmp_path / "data")}
        return subprocess.run(CHECKS[check], cwd=tmp_path, env=variables, check=False, capture_output=True).returncode

    return run


@pytest.mark.slow
@pytest.mark.parametrize(
    ("check", "file", "line"),
    [
        (
            "migrations",
            "decapolis/city/people/models.py",
            "Welcome.add_to_class('planted', models.TextField(default=''))",
        ),
        ("translations", "decapolis/web/pages/home.py", "PLANTED = _('A sentence that nobody has translated.')"),
        ("documents", "decapolis/steps.py", "PARTS['understand'] = 'Planted'"),
    ],
)
def test_a_planted_fault_fails_its_check(status, check, file, line):
    assert status(check, file, line) == 1


@pytest.mark.slow
@pytest.mark.parametrize("check", ["migrations", "translations"])
def test_a_tree_without_fault_passes(status, check):
    assert status(check) == 0
