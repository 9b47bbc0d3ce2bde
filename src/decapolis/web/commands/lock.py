"""`decapolis lock`: renew requirements/*.txt from pyproject.toml, for every system and Python from 3.11. Needs uv."""

import shutil

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
AGE = "7 days"
"""A release that is younger is not taken: most poisoned ones are found within days."""


def main(arguments: list[str]) -> int:
    """Write every lock; options of uv may follow, for example --upgrade."""
    uv = shutil.which("uv")
    if uv is None:
        raise Failure("Locks are made by uv: install it (pip install uv), then run this again.")
    return max(_write(uv, level, arguments) for level in LEVELS)


def _write(uv: str, level: str, options: list[str]) -> int:
    target = HERE.requirements / f"{level}.txt"
    choice = ["--no-emit-index-url", "--exclude-newer", AGE, *LEVELS[level].split(), *options]
    return run([uv, *LOCK.split(), *choice, "--output-file", target])
