"""Files and folders are named by what is in them, and a step has the files that every step has."""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

import pytest

from tests.architecture.reading import ROOT

VAGUE = {"util", "utils", "helper", "helpers", "common", "core", "base", "misc", "lib", "tools", "shared", "stuff"}
OF_A_STEP = {
    "README.md", "__init__.py", "apps.py", "declarations", "models", "queries", "actions", "public", "forms", "jobs",
    "views", "api", "urls", "cli", "files", "factories", "templates", "tests", "migrations", "locale",
    "ballots",
}  # fmt: skip
"""``ballots`` holds what ADR 4 closes to pages: the answers of participants."""
PARTS = ("understand", "build", "engage", "connect")


def vague(paths: Iterable[str]) -> Iterator[str]:
    """Complain of files and folders whose name says nothing."""
    for path in paths:
        found = VAGUE & {PurePosixPath(part).stem for part in PurePosixPath(path).parts}
        if found:
            yield f"{path}: “{found.pop()}” says nothing: name what is in it, like dates.py."


def strangers(paths: Iterable[str]) -> Iterator[str]:
    """Complain of files in a step that no step has."""
    for path in paths:
        parts = PurePosixPath(path).parts
        if parts[:2] == ("src", "decapolis") and parts[2:3] and parts[2] in PARTS and len(parts) > 4:
            name = parts[4] if parts[4] in OF_A_STEP else parts[4].removesuffix(".py")
            if name not in OF_A_STEP:
                yield f"{path}: a step has no {parts[4]}: CONVENTIONS says what it has; else an ADR."


def undescribed(paths: Iterable[str]) -> Iterator[str]:
    """Complain of steps and nouns without a README."""
    known = set(paths)
    for path in sorted(known):
        if path.startswith(tuple(f"src/decapolis/{part}/" for part in (*PARTS, "city"))) and path.endswith("/apps.py"):
            readme = str(PurePosixPath(path).with_name("README.md"))
            if readme not in known:
                yield f"{readme} is missing: say in ten lines which step it is, whom it serves and what it never does."


def tracked() -> list[str]:
    """Every file that git knows, or would: in a checkout without git, every file below the source."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if (ROOT / line).exists()]


@pytest.mark.parametrize("rule", [vague, strangers, undescribed])
def test_names_say_what_is_in_a_file(rule):
    found = list(rule(tracked()))

    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", ["src/decapolis/web/utils.py", "src/decapolis/core/dates.py", "assets/lib/chart.css"])
def test_a_planted_vague_name_is_found(path):
    assert len(list(vague([path]))) == 1


@pytest.mark.parametrize("path", ["understand/listening/service.py", "build/framework/x/y.py"])
def test_a_planted_stranger_in_a_step_is_found(path):
    assert len(list(strangers([f"src/decapolis/{path}"]))) == 1


def test_files_of_a_step_are_not_found():
    step = "src/decapolis/understand/listening"

    paths = [f"{step}/models.py", f"{step}/views/result.py", f"{step}/README.md", f"{step}/tests/test_x.py"]

    assert not list(strangers(paths))


def test_a_planted_step_without_readme_is_found():
    assert len(list(undescribed(["src/decapolis/build/framework/apps.py"]))) == 1
    assert not list(undescribed(["src/decapolis/build/framework/apps.py", "src/decapolis/build/framework/README.md"]))
