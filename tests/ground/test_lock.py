"""Locks: what stands is made again, an upgrade takes nothing young, and every Python that we support has its pins."""

import os
import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from decapolis.plumbing.failures import Failure
from decapolis.web.commands import lock
from decapolis.web.commands.checkout import HERE, Checkout

UV = """#!/bin/sh
echo "$@" >> "$UV_CALLS"
case "$*" in *unsolvable*) exit 1;; esac
"""
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PIN = re.compile(r"^(?P<pin>[A-Za-z0-9][^\\\n]*?)\s*\\?$", re.MULTILINE)


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with locks as of 1 March, and an uv that writes down how it was called."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "as-of").write_text("2026-03-01\n", encoding="utf-8")
    uv = tmp_path / "uv"
    uv.write_text(UV, encoding="utf-8")
    uv.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("UV_CALLS", str(tmp_path / "calls"))
    monkeypatch.setattr(lock, "HERE", Checkout(tmp_path))
    return tmp_path / "calls"


def test_lock_writes_every_level_as_of_the_same_day(calls):
    assert lock.main([]) == 0
    lines = calls.read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(lock.LEVELS)
    assert all("--exclude-newer 2026-03-01T00:00:00Z" in line and "--generate-hashes" in line for line in lines)
    assert [line.rsplit("/", 1)[1] for line in lines] == [f"{level}.txt" for level in lock.LEVELS]
    assert lock.day() == date(2026, 3, 1)


@pytest.mark.parametrize("option", [["--upgrade"], ["--upgrade-package", "numpy"]])
def test_an_upgrade_moves_the_day_to_a_week_ago(calls, freeze_clock, option):
    freeze_clock(datetime(2026, 4, 20, 12, tzinfo=UTC))
    assert lock.main(option) == 0
    assert lock.day() == date(2026, 4, 13)
    first = calls.read_text(encoding="utf-8").splitlines()[0]
    assert "--exclude-newer 2026-04-13T00:00:00Z" in first
    assert " ".join(option) in first


def test_an_upgrade_never_moves_the_day_back(calls, freeze_clock):
    freeze_clock(datetime(2026, 3, 4, tzinfo=UTC))
    lock.main(["--upgrade"])
    assert lock.day() == date(2026, 3, 1)


def test_lock_fails_where_a_level_cannot_be_locked(calls):
    assert lock.main(["--unsolvable"]) == 1


def test_lock_says_what_it_needs(calls, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Failure, match="install it"):
        lock.main([])


@pytest.mark.parametrize("level", sorted(lock.LEVELS.keys() - {"node"}))
@pytest.mark.parametrize("name", ["numpy", "scipy"])
def test_every_python_has_one_pin_of_what_the_methods_stand_on(level, name):
    text = (HERE.requirements / f"{level}.txt").read_text(encoding="utf-8")
    pins = [each for each in map(Requirement, PIN.findall(text)) if each.name == name]
    for python in PYTHONS:
        place = {"python_version": python, "python_full_version": f"{python}.0"}
        assert sum(not each.marker or each.marker.evaluate(place) for each in pins) == 1
