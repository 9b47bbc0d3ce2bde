"""`decapolis test [--quick] [pytest …]`: all tests on SQLite, then those that touch the database on PostgreSQL."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from decapolis.web.commands.checkout import HERE, run
from decapolis.web.commands.postgresql import postgresql

NOTHING_COLLECTED = 5
QUICK = ("-m", "not slow and not browser")


@dataclass(frozen=True)
class Count:
    """How many tests ended how."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def main(arguments: list[str]) -> int:
    """Run the tests; the last line is the sum of all runs."""
    given = [argument for argument in arguments if argument != "--quick"]
    if given != arguments:
        status, count = on_database("SQLite", None, [*QUICK, *given])
    else:
        status, count = _on_both(given)
    print(count, flush=True)
    return status


def _on_both(arguments: list[str]) -> tuple[int, Count]:
    status, count = on_database("SQLite", None, arguments)
    with postgresql() as url:
        if url is None:
            print("No PostgreSQL answers and none can be started: tests on it are left out.", file=sys.stderr)
            return status or int(os.environ.get("CI") == "true"), count
        again, more = on_database("PostgreSQL", url, ["--database-only", *arguments])
    return status or (0 if again == NOTHING_COLLECTED else again), count + more


def on_database(name: str, url: str | None, arguments: list[str]) -> tuple[int, Count]:
    """Run pytest on one database, in an environment of its own."""
    print(f"── tests on {name}", flush=True)
    with _folder() as folder:
        report = folder / "report.xml"
        variables = {"DECAPOLIS_DATA": str(folder / "data"), "DECAPOLIS_DATABASE_URL": url or ""}
        command = [
            HERE.python,
            "-m",
            "pytest",
            "-q",
            "-n",
            "auto",
            "--dist",
            "loadgroup",
            f"--junitxml={report}",
            *arguments,
        ]
        status = run(command, extra=variables)
        return status, _read(report)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="decapolis-tests-") as name:
        yield Path(name)


def _read(report: Path) -> Count:
    if not report.exists():
        return Count()
    suites = ET.parse(report).getroot().iter("testsuite")  # noqa: S314  # written by pytest a moment ago
    return sum((_of_suite(suite) for suite in suites), Count())


def _of_suite(suite: ET.Element) -> Count:
    number = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
    failed = number["failures"] + number["errors"]
    return Count(number["tests"] - failed - number["skipped"], failed, number["skipped"])
