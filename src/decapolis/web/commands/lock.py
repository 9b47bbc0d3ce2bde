"""`decapolis lock`: renew requirements/*.txt from pyproject.toml, for every system and Python from 3.11. Needs uv.

What is locked follows from pyproject.toml, from the locks that stand, and from one day, requirements/as-of: nothing
published later is taken. So the same command makes the same locks tomorrow. An upgrade moves the day.
"""

import shutil
from datetime import date, timedelta
from pathlib import Path

from decapolis.plumbing import clock
from decapolis.plumbing.failures import Failure
from decapolis.web.commands.checkout import HERE, run

LEVELS = {
    "run": "pyproject.toml",
    "dev": "pyproject.toml --all-extras --group dev",
    "all": "pyproject.toml --all-extras",
    "node": "--group pyproject.toml:node",
    "bench": "--group pyproject.toml:bench",
}
LOCK = "pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate"
AGE = timedelta(days=7)
"""An upgrade takes no release that is younger: most poisoned ones are found within days."""


def main(arguments: list[str]) -> int:
    """Write every lock; options of uv may follow: --upgrade, or --upgrade-package NAME."""
    uv = shutil.which("uv")
    if uv is None:
        raise Failure("Locks are made by uv: install it (pip install uv), then run this again.")
    if any(argument.startswith("--upgrade") for argument in arguments):
        move_day()
    return max(_write(uv, level, arguments) for level in LEVELS)


def day() -> date:
    """Day as of which requirements are locked."""
    return date.fromisoformat(_as_of().read_text(encoding="utf-8").strip())


def move_day() -> None:
    """Lock as of a week ago; never as of an earlier day than before."""
    _as_of().write_text(f"{max(day(), clock.today() - AGE)}\n", encoding="utf-8")


def _as_of() -> Path:
    return HERE.requirements / "as-of"


def _write(uv: str, level: str, options: list[str]) -> int:
    target = HERE.requirements / f"{level}.txt"
    choice = ["--no-emit-index-url", "--exclude-newer", f"{day()}T00:00:00Z", *LEVELS[level].split(), *options]
    return run([uv, *LOCK.split(), *choice, "--output-file", target])
