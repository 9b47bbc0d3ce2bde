"""Commands in a data folder that nobody has used yet, or that another version left."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.reading import ROOT

pytestmark = pytest.mark.slow


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "DECAPOLIS_DATA": str(data), "DECAPOLIS_DATABASE_URL": ""}
    command = [sys.executable, "-m", "decapolis", *arguments]
    return subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_command_makes_an_empty_data_folder_ready(tmp_path: Path):
    done = run(tmp_path / "data", "listening", "list")

    assert (done.returncode, done.stderr) == (0, "")


def test_a_command_leaves_a_database_of_another_version_alone(tmp_path: Path):
    run(tmp_path / "data", "listening", "list")
    with sqlite3.connect(tmp_path / "data" / "decapolis.sqlite3") as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'listening'")

    done = run(tmp_path / "data", "listening", "list")

    assert done.returncode == 2
    assert done.stderr.startswith("The database is not of this version:")
