"""`python -m decapolis COMMAND …`: the one way in from the command line. Standard library only."""

import sys
from importlib import import_module
from typing import NamedTuple


class Command(NamedTuple):
    """Where a command lives, and whether it needs the application (settings, database)."""

    module: str
    needs_application: bool
    summary: str


COMMANDS = {
    "opinion": Command(
        "decapolis.understand.listening.cli.opinion",
        needs_application=False,
        summary="analyse a file of votes, no database",
    ),
    "listening": Command(
        "decapolis.understand.listening.cli.listening",
        needs_application=True,
        summary="import and analyse conversations",
    ),
    "manage": Command("decapolis.web.commands.manage", needs_application=True, summary="Django's own commands"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its module has ``main(arguments) -> int``."""
    name, *rest = arguments or sys.argv[1:] or ["help"]
    command = COMMANDS.get(name)
    if command is None:
        lines = [f"  {key:10} {value.summary}" for key, value in COMMANDS.items()]
        print("usage: decapolis COMMAND …\n\n" + "\n".join(lines))
        return 0 if name in ("help", "--help", "-h") else 2
    if command.needs_application:
        import_module("decapolis.web.application")
    return int(import_module(command.module).main(rest) or 0)


if __name__ == "__main__":
    sys.exit(main())
