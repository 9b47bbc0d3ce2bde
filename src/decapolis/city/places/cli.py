"""`decapolis places …`: import places from GeoJSON, and list them."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings

from decapolis.city.access.public import Viewer
from decapolis.city.places import actions, queries
from decapolis.city.places.files import Fields, Note, read_places
from decapolis.city.places.models import Level
from decapolis.plumbing.acting import OPERATOR
from decapolis.plumbing.failures import Failure

VIEWER = Viewer("operator")
LEVELS = {level.name.lower(): level for level in Level}
NOTES_SHOWN = 20


def main(arguments: list[str]) -> int:
    """Do what the arguments say; a `Failure` ends it with one sentence."""
    options = _parser().parse_args(arguments)
    options.run(options)
    return 0


def import_file(options: argparse.Namespace) -> None:
    """Import one file, or say what an import would do."""
    file = read_places(options.file, _fields(options), options.language)
    deed = actions.check_import if options.dry_run else actions.import_places
    report = deed(file=file, facts=_facts(options), by=OPERATOR, replace=options.replace)
    print(f"{options.level}: {report.new:,} new, {report.renewed:,} renewed, {report.removed:,} removed.")
    print("\n".join(_told(report.notes)), end="\n" if report.notes else "")
    if options.dry_run:
        print("Nothing was stored: this was a dry run.")


def list_all(_: argparse.Namespace) -> None:
    """List all places, each below the one that it lies in."""
    _print(queries.tree(VIEWER), "")


def _print(branches: Sequence[queries.Branch], indent: str) -> None:
    for branch in branches:
        place = branch.place
        people = f", {place.population:,} people ({place.population_year})" if place.population is not None else ""
        print(f"{indent}{place.name} [{place.number}, {LEVELS_BY_VALUE[place.level]}]{people}")
        _print(branch.parts, indent + "  ")


def _told(notes: Sequence[Note]) -> list[str]:
    told = [f"  {f'feature {note.feature} {note.name}'.strip()}: {note.what}" for note in notes[:NOTES_SHOWN]]
    more = len(notes) - NOTES_SHOWN
    return [*told, f"  … and {more:,} more"] if more > 0 else told


def _fields(options: argparse.Namespace) -> Fields:
    if bool(options.name_field) == bool(options.name):
        raise Failure("Say either --name-field (each feature is a place) or --name (all are one).")
    translated = dict(pair.split("=", 1) for pair in options.name_in if "=" in pair)
    unknown = translated.keys() - dict(settings.LANGUAGES).keys()
    if len(translated) < len(options.name_in) or unknown:
        raise Failure("Say --name-in LANGUAGE=FIELD, with a language of the site, like --name-in fr=nom.")
    names = {options.language: options.name_field, **translated}
    return Fields(names, options.population_field, options.name, options.join, options.skip_unnamed)


def _facts(options: argparse.Namespace) -> actions.PlacesFacts:
    return actions.PlacesFacts(
        level=LEVELS[options.level],
        parent=_parent(options.parent),
        population_year=options.population_year,
        population_source=options.population_source,
        credit=options.credit,
    )


def _parent(name: str) -> int | None:
    """Number of the place that a name or a number stands for."""
    if not name:
        return None
    numbers = [place.number for place in queries.places_named(VIEWER, name)]
    if name.isdecimal() and not numbers:
        numbers = [place.number for place in _all(queries.tree(VIEWER)) if place.number == int(name)]
    if len(numbers) > 1:
        raise Failure(f"{len(numbers)} places are called “{name}”. Say --parent with one number of {numbers}.")
    if not numbers:
        raise Failure(f"There is no place “{name}”. `decapolis places list` names those there are.")
    return numbers[0]


def _all(branches: Sequence[queries.Branch]) -> Iterator[queries.PlaceFacts]:
    for branch in branches:
        yield branch.place
        yield from _all(branch.parts)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="decapolis places", description="The city on the map.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_import(commands.add_parser("import", help="import places from GeoJSON"))
    commands.add_parser("list", help="list the places").set_defaults(run=list_all)
    return parser


def _add_import(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="GeoJSON in longitudes and latitudes (EPSG:4326)")
    command.add_argument("--level", choices=LEVELS, required=True, help="how large these places are")
    command.add_argument("--parent", default="", metavar="PLACE", help="name or number of the place they lie in")
    command.add_argument("--name-field", default="", metavar="FIELD", help="which property holds the name")
    command.add_argument("--name-in", action="append", default=[], metavar="LANGUAGE=FIELD", help="another language")
    command.add_argument("--name", default="", help="take all features together as one place of this name")
    command.add_argument(
        "--language", default="en", choices=dict(settings.LANGUAGES), help="of the names (default: en)"
    )
    command.add_argument("--population-field", default="", metavar="FIELD", help="which property holds the population")
    command.add_argument("--population-year", type=int, metavar="YEAR", help="of which year it is")
    command.add_argument("--population-source", default="", metavar="TEXT", help="who counted")
    command.add_argument("--credit", default="", metavar="TEXT", help="whom to name as the source of the outlines")
    command.add_argument("--join", action="store_true", help="make one place of features with the same name")
    command.add_argument("--skip-unnamed", action="store_true", help="leave out features without a name")
    command.add_argument("--replace", action="store_true", help="replace the places of this level in the same parent")
    command.add_argument("--dry-run", action="store_true", help="read and check everything, store nothing")
    command.set_defaults(run=import_file)


LEVELS_BY_VALUE = {level: name for name, level in LEVELS.items()}
