"""`python -m decapolis COMMAND …`: the one way in from the command line. Standard library only."""

import os
import sys
from importlib import import_module
from typing import NamedTuple

from decapolis.plumbing.failures import Failure


class Command(NamedTuple):
    """Where a command lives, what it does, and whether it needs the settings alone or the database too.

    `is_held` says that it writes, and waits until nobody works on the site.
    """

    module: str
    summary: str
    needs_settings: bool = False
    needs_database: bool = False
    is_held: bool = False


COMMANDS = {
    "setup": Command("decapolis.web.commands.setup", "install what is needed into .venv"),
    "demo": Command("decapolis.web.commands.demo", "show a fictional city"),
    "serve": Command("decapolis.web.commands.serve", "start the site"),
    "work": Command("decapolis.web.commands.work", "do the jobs that wait", needs_database=True),
    "opinion": Command("decapolis.understand.listening.cli.opinion", "analyse a file of votes, no database"),
    "listening": Command(
        "decapolis.understand.listening.cli.listening",
        "import and analyse conversations",
        needs_database=True,
        is_held=True,
    ),
    "audit": Command(
        "decapolis.city.audit.cli", "verify, anchor and show the record of what was done", needs_database=True
    ),
    "people": Command(
        "decapolis.city.access.cli",
        "links for first and lost passwords of colleagues",
        needs_database=True,
        is_held=True,
    ),
    "places": Command(
        "decapolis.city.places.cli", "import and list the places of the city", needs_database=True, is_held=True
    ),
    "organisations": Command(
        "decapolis.city.organisations.cli", "keep the directory of organisations", needs_database=True, is_held=True
    ),
    "purge": Command("decapolis.city.retention.cli", "erase what is due, with a certificate", needs_database=True),
    "maintenance": Command(
        "decapolis.web.commands.maintenance", "close the site while it is worked on", needs_settings=True
    ),
    "test": Command("decapolis.web.commands.test", "run the tests"),
    "check": Command("decapolis.web.commands.check", "check style, types, rules and documents"),
    "fix": Command("decapolis.web.commands.fix", "mend what a machine can mend"),
    "bench": Command("decapolis.web.commands.bench", "measure speed beside that of others"),
    "translations": Command("decapolis.web.commands.translations", "keep the French and Arabic catalogues"),
    "docs": Command("decapolis.web.commands.docs", "write the generated documents", needs_settings=True),
    "lock": Command("decapolis.web.commands.lock", "renew the locked requirements"),
    "manage": Command("decapolis.web.commands.manage", "Django's own commands", needs_settings=True),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its module has ``main(arguments) -> int``."""
    name, *rest = (sys.argv[1:] if arguments is None else arguments) or ["help"]
    command = COMMANDS.get(name)
    if command is None:
        print(usage())
        return 0 if name in ("help", "--help", "-h") else 2
    _hold_to_one_thread()
    try:
        if command.needs_settings or command.needs_database:
            import_module("decapolis.web.application")
        if command.needs_database:
            import_module("decapolis.web.commands.database").make_ready(is_held=command.is_held)
        return int(import_module(command.module).main(rest) or 0)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def usage() -> str:
    """List of the commands."""
    lines = [f"  {name:13} {command.summary}" for name, command in COMMANDS.items()]
    return "\n".join(["usage: decapolis COMMAND …", "", *lines, "", "decapolis COMMAND --help says more."])


def _hold_to_one_thread() -> None:
    """Keep linear algebra on one thread, so that the same input gives the same output; before numpy is loaded."""
    for library in ("OPENBLAS", "OMP", "MKL", "VECLIB", "NUMEXPR"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")


if __name__ == "__main__":
    sys.exit(main())
