"""`decapolis opinion analyse …`: from a file of votes to a result, without a database and without Django."""

import argparse
import os
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import numpy as np

from decapolis.plumbing.failures import Failure
from decapolis.understand.listening.files import StatementRow, read_groups, read_statements, read_votes
from decapolis_methods.errors import MethodError
from decapolis_methods.opinion.analyse import MODES, analyse
from decapolis_methods.opinion.analysis import Analysis, Moderation
from decapolis_methods.opinion.document import as_document, as_text
from decapolis_methods.opinion.votes import Votes

REFUSED = -1


def main(arguments: list[str]) -> int:
    """Analyse as the arguments say; 0 when done, 2 when something given is wrong."""
    options = _parser().parse_args(arguments)
    try:
        analysis = _analyse(options)
        _write(options.out, as_text(as_document(analysis, members=True)))
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 2
    except MethodError as error:
        print(_placed(error, options), file=sys.stderr)
        return 2
    print(_summary(analysis))
    print(f"Written to {options.out} ({analysis.mode} mode, version {analysis.version}, seed {analysis.seed}).")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="decapolis opinion", description="Where people agree and where they differ.")
    commands = parser.add_subparsers(required=True, metavar="analyse")
    command = commands.add_parser("analyse", help="analyse a file of votes", description="Analyse a file of votes.")
    command.add_argument("file", type=Path, metavar="FILE", help="votes.csv, participants-votes.csv or votes.json")
    command.add_argument(
        "--mode", choices=MODES, default="default", help="polis compares with Polis (default: default)"
    )
    command.add_argument(
        "--statements", type=Path, metavar="FILE", help="which are refused (moderated -1) or meta; or comments.csv"
    )
    command.add_argument(
        "--groups", type=Path, metavar="FILE", help="group of each participant, in polis mode (participant,group)"
    )
    command.add_argument("--seed", type=int, default=0, metavar="N", help="where chance begins (default: 0)")
    command.add_argument("--bootstrap", type=int, default=0, metavar="N", help="repeats, in default mode (default: 0)")
    command.add_argument("--out", type=Path, required=True, metavar="RESULT.json", help="file to write")
    return parser


def _analyse(options: argparse.Namespace) -> Analysis:
    raw = read_votes(options.file)
    votes = Votes.from_triplets(raw.participant, raw.statement, raw.value)
    return analyse(
        votes,
        mode=options.mode,
        moderation=_moderation(votes, read_statements(options.statements) if options.statements else ()),
        groups=read_groups(options.groups) if options.groups else None,
        seed=options.seed,
        bootstrap=options.bootstrap,
    )


def _moderation(votes: Votes, rows: Collection[StatementRow]) -> Moderation:
    """What the list of statements says; a statement that it does not name counts as shown."""
    meta = np.isin(votes.statements, [row.statement for row in rows if row.is_meta])
    refused = np.isin(votes.statements, [row.statement for row in rows if row.moderation == REFUSED])
    return Moderation(refused=refused, meta=meta)


def _placed(error: MethodError, options: argparse.Namespace) -> str:
    """Say in which file the fault is, where it is in one."""
    path = {"votes": options.file, "groups": options.groups, "moderation": options.statements}.get(error.argument)
    return f"{path}: {error}" if path else str(error)


def _write(path: Path, text: str) -> None:
    """Write the whole file or nothing: first under another name beside it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        message = f"{path}: The result cannot be written ({error.strerror}). Check the folder and its rights."
        raise Failure(message) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _summary(analysis: Analysis) -> str:
    people, statements = len(analysis.participants), int(analysis.moderation.analysed.sum())
    sizes = [int((analysis.group_of == place).sum()) for place in range(len(analysis.group_ids))]
    apart = f"{len(sizes)} groups of {', '.join(f'{size:,}' for size in sizes)}" if len(sizes) > 1 else "no groups"
    outside = f"{people - sum(sizes):,} in none"
    return f"{people:,} participants, {statements:,} statements analysed, {analysis.votes:,} votes: {apart}; {outside}."
