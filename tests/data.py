"""Where the real data lie, and a Chromium: found, or the test is skipped; with CI=true that fails."""

import os
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[1]


def shared_data(name: str) -> Path:
    """Path of a folder or file of the real data, which is never copied into the repository."""
    folder = Path(os.environ.get("DECAPOLIS_SHARED_DATA") or ROOT.parent / "shared" / "data")
    path = folder / name
    if not path.exists():
        skip(f"No real data {name!r}: put them beside the checkout, or name their folder in DECAPOLIS_SHARED_DATA.")
    return path


def skip(reason: str) -> NoReturn:
    """Skip this test; where CI=true everything must run, and this fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason, allow_module_level=True)
