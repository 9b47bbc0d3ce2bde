"""`decapolis purge`: erase what is due, or say what would be."""

import argparse
from datetime import date

from decapolis.city.retention.public import purge
from decapolis.city.retention.rules import due, every_rule
from decapolis.plumbing import clock
from decapolis.plumbing.acting import OPERATOR
from decapolis.plumbing.failures import Failure


def main(arguments: list[str]) -> int:
    """Do what the arguments say; a `Failure` ends it with one sentence."""
    options = _parser().parse_args(arguments)
    day = options.at or clock.today()
    if options.dry_run:
        _say_what_is_due(day)
    elif day > clock.today():
        raise Failure(f"--at: {day} has not come yet; see what will be due then with --dry-run.")
    else:
        _purge(day)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="decapolis purge", description=__doc__)
    parser.add_argument("--at", type=_day, metavar="DATE", help="as of this day, like 2027-01-31 (today)")
    parser.add_argument("--dry-run", action="store_true", help="say what is due, and erase nothing")
    return parser


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{given}" is no day; write it like 2027-01-31') from None


def _say_what_is_due(day: date) -> None:
    counts = {rule.key: due(rule, day).count() for rule in every_rule()}
    for key, count in counts.items():
        if count:
            print(f"{count:>12,}  {key}")
    print(f"{sum(counts.values()):>12,}  due on {day}. Nothing was erased: this was a dry run.")


def _purge(day: date) -> None:
    certificate = purge(on=day, by=OPERATOR)
    if certificate is None:
        print(f"Nothing was due on {day}.")
        return
    for line in certificate.lines.order_by("rule", "kind"):
        print(f"{line.count:>12,}  {line.kind}  ({line.rule}, after {line.days} days)")
    print(f"Certificate {certificate.pk}.")
    if not certificate.is_settled:
        print("The log of the database was in use and still holds what went; the next purge empties it.")
