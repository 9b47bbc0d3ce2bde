"""`decapolis check`: style, types, the direction of imports, the rules, migrations, translations, documents."""

import sys
import time
from pathlib import Path

from decapolis.web.commands.checkout import HERE, run

BIN = HERE.venv / "bin"
PYTHON = HERE.python
CHECKS: dict[str, list[str | Path]] = {
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "lint": [BIN / "ruff", "check", "--quiet", "."],
    "imports": [BIN / "lint-imports", "--no-logo"],
    "types": [BIN / "mypy"],
    "migrations": [PYTHON, "-m", "decapolis", "manage", "makemigrations", "--check", "--dry-run"],
    "translations": [PYTHON, "-m", "decapolis", "translations", "check"],
    "documents": [PYTHON, "-m", "decapolis", "docs", "--check"],
    "rules": [PYTHON, "-m", "pytest", "-q", "-n", "2", "tests/architecture"],
}


def main(arguments: list[str]) -> int:
    """Run all checks, or those named; all are run even when one fails."""
    unknown = set(arguments) - CHECKS.keys()
    if unknown:
        print(f"usage: script/check [{'] ['.join(CHECKS)}]", file=sys.stderr)
        return 2
    failed = [name for name in arguments or CHECKS if not _passes(name)]
    print(f"Failed: {', '.join(failed)}. script/fix mends some of it." if failed else "All checks passed.")
    return 1 if failed else 0


def _passes(name: str) -> bool:
    print(f"── {name}", flush=True)
    started = time.monotonic()
    status = run(CHECKS[name])
    print(f"   {'failed' if status else 'passed'} in {time.monotonic() - started:.1f} s", flush=True)
    return status == 0
