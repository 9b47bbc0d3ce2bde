"""`decapolis organisations …`: enter organisations from a public register, list, confirm and withdraw them."""

import argparse
from pathlib import Path

from django.http import Http404

from decapolis.city.access.public import Viewer
from decapolis.city.organisations import actions, queries
from decapolis.city.organisations.files import COLUMNS, read_directory
from decapolis.city.organisations.models import Kind, Organisation
from decapolis.plumbing.acting import OPERATOR
from decapolis.plumbing.failures import Failure

VIEWER = Viewer("operator")
NOTES_SHOWN = 20


def main(arguments: list[str]) -> int:
    """Do what the arguments say; a `Failure` ends it with one sentence."""
    options = _parser().parse_args(arguments)
    options.run(options)
    return 0


def import_table(options: argparse.Namespace) -> None:
    """Enter what a public register knows, or say what an import would do."""
    directory, kind = read_directory(options.file), Kind(options.kind)
    if options.dry_run:
        report = actions.check_import(directory=directory, kind=kind, by=OPERATOR)
    else:
        report = actions.import_organisations(directory=directory, kind=kind, source_url=options.source, by=OPERATOR)
    print(f"{report.entered:,} entered, {report.known:,} known already, {report.declined:,} asked not to be listed.")
    for note in report.notes[:NOTES_SHOWN]:
        print(f"  not taken: {note}")
    print("Nothing was stored: this was a dry run." if options.dry_run else "None is listed before it agrees.")


def list_all(_: argparse.Namespace) -> None:
    """List all organisations and where each stands."""
    for facts in queries.organisations(VIEWER):
        state = f"{facts.listing}, right on {facts.current_on}{', due' if facts.is_due else ''}"
        print(f"{facts.number:>6}  {facts.name}  ({facts.kind}; {state})")


def confirm(options: argparse.Namespace) -> None:
    """Write that an organisation said that its entry is right."""
    actions.confirm_organisation(organisation=_row(options.number), by=OPERATOR, is_agreed=options.agreed or None)
    print("Confirmed.")


def withdraw(options: argparse.Namespace) -> None:
    """Take an organisation out, because it asked for that."""
    organisation = _row(options.number)
    if not options.yes:
        raise Failure(f"All of “{organisation.name}” but its name would be gone for ever. Say --yes if you mean it.")
    actions.withdraw_organisation(organisation=organisation, by=OPERATOR)
    print("Withdrawn.")


def _row(number: int) -> Organisation:
    try:
        return queries.row(VIEWER, number)
    except Http404:
        raise Failure(
            f"There is no organisation {number}. `decapolis organisations list` names those there are."
        ) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="decapolis organisations", description="Who offers what in the city.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    importing = commands.add_parser("import", help="enter organisations from a public register (CSV)")
    importing.add_argument("file", type=Path, metavar="FILE", help=f"CSV with {', '.join(COLUMNS)}")
    importing.add_argument("--source", required=True, metavar="URL", help="address of the register")
    importing.add_argument("--kind", choices=Kind.values, required=True, help="of those that do not say their own")
    importing.add_argument("--dry-run", action="store_true", help="read and check everything, store nothing")
    importing.set_defaults(run=import_table)
    commands.add_parser("list", help="list the organisations").set_defaults(run=list_all)
    confirming = commands.add_parser("confirm", help="an organisation said that its entry is right")
    confirming.add_argument("number", type=int)
    confirming.add_argument("--agreed", action="store_true", help="and agreed to be listed")
    confirming.set_defaults(run=confirm)
    withdrawing = commands.add_parser("withdraw", help="an organisation asked to be taken out")
    withdrawing.add_argument("number", type=int)
    withdrawing.add_argument("--yes", action="store_true", help="yes, all but its name")
    withdrawing.set_defaults(run=withdraw)
    return parser
