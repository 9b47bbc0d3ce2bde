"""`decapolis audit …`: verify, anchor and show the record of what was done."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

from django.conf import settings

from decapolis.city.audit import queries
from decapolis.city.audit.actions import settle
from decapolis.city.audit.files import Anchor, AnchorWrong, read_anchors, write_anchor
from decapolis.plumbing.clock import today
from decapolis.plumbing.keys import signing_key

OPERATOR = queries.AtTheMachine()
EXITS = {"intact": 0, "broken": 2, "anchor": 3, "gap": 4}
WRONG_USE = 64  # as sysexits.h has it: 2 means a broken link here
REMEDY = (
    "Copy the database and the anchors away as they are, tell the data-protection officer, "
    "and compare with the last backup that verifies (docs/reference/audit.md)."
)


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint cannot be taken for a verdict."""

    def error(self, message: str) -> NoReturn:
        """End with a status that no verdict has."""
        self.print_usage(sys.stderr)
        self.exit(WRONG_USE, f"{self.prog}: {message}\n")


def main(arguments: list[str]) -> int:
    """Run one of verify, anchor and show."""
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="decapolis audit", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="verify | anchor | show")
    verify = commands.add_parser("verify", help="walk through the chain and compare it with the anchors")
    verify.add_argument("--anchors", type=_folder, help="folder of anchors that were kept outside")
    verify.add_argument(
        "--key", action="append", default=[], help="public key to trust besides that of this installation"
    )
    verify.add_argument("--json", action="store_true", help="answer as JSON")
    verify.set_defaults(run=_verify)
    anchor = commands.add_parser("anchor", help="write the signed anchor of today; once a day")
    anchor.set_defaults(run=_anchor)
    show = commands.add_parser("show", help="print the last entries")
    show.add_argument("--last", type=_count, default=20, metavar="N", help="how many (20)")
    show.set_defaults(run=_show)
    return parser


def _folder(given: str) -> Path:
    path = Path(given)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {given}")
    return path


def _count(given: str) -> int:
    if not given.isdecimal() or int(given) < 1:
        raise argparse.ArgumentTypeError("give a whole number from 1")
    return int(given)


def _verify(options: argparse.Namespace) -> int:
    verdict = _verdict(options.anchors or settings.ANCHORS, options.key)
    code = EXITS[verdict.state]
    if options.json:
        print(json.dumps({**asdict(verdict), "exit": code}))
    else:
        print(verdict.sentence if code == 0 else f"{verdict.sentence}\n{REMEDY}")
    return code


def _verdict(folder: Path, keys: Sequence[str]) -> queries.Verdict:
    try:
        anchors = read_anchors(folder, [*keys, *_own_key()])
    except AnchorWrong as wrong:
        return queries.Verdict("anchor", entries=0, erased=0, sentence=str(wrong))
    return queries.verify(OPERATOR, anchors)


def _own_key() -> list[str]:
    """Public key of this installation, from the first anchor on; verifying never makes one."""
    return [_key_file().read_text(encoding="ascii").strip()] if _key_file().exists() else []


def _key_file() -> Path:
    return Path(settings.DATA) / "audit.pub"


def _anchor(_options: argparse.Namespace) -> int:
    settle()
    last = queries.last_entry(OPERATOR)
    if last is None:
        print("The audit is empty: there is nothing to anchor yet.")
        return 0
    key = signing_key(Path(settings.DATA) / "audit", settings.KEY_PASSPHRASE)
    anchor = Anchor.sign(key, day=today().isoformat(), number=last.number, chain=last.chain)
    _key_file().write_text(anchor.public_key + "\n", encoding="ascii")
    path = write_anchor(settings.ANCHORS, anchor)
    print(f"Wrote {path}: copy it outside." if path else f"{anchor.day} has its anchor already.")
    return 0


def _show(options: argparse.Namespace) -> int:
    for line in reversed(queries.entries(OPERATOR, size=options.last).lines):
        print(_as_text(line))
    return 0


def _as_text(line: queries.Line) -> str:
    if line.at is None or line.by is None:
        return f"{line.number:8} {line.day}           erased"
    who = f"{line.by.kind} {line.by.key}".strip()
    return f"{line.number:8} {line.at:%Y-%m-%d %H:%M:%S}  {who}  {line.outcome}  {line.act}  {line.subject}".rstrip()
