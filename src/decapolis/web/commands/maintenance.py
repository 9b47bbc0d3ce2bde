"""`decapolis maintenance on "reason" [--until TIME]`, `off`, `status`: close the site while it is worked on."""

import argparse
from datetime import UTC, datetime

from django.conf import settings

from decapolis.plumbing.clock import now
from decapolis.plumbing.failures import Failure
from decapolis.plumbing.maintenance import Maintenance, begin, current, end


def main(arguments: list[str]) -> int:
    """Close the site, open it, or say which it is."""
    parser = argparse.ArgumentParser(prog="decapolis maintenance", description="Close the site while it is worked on.")
    deeds = parser.add_subparsers(required=True, metavar="DEED")
    on = deeds.add_parser("on", help="close the site: every page says why, workers take no new job")
    on.add_argument("reason", help="what is being done, in one sentence that residents read")
    on.add_argument("--until", type=_moment, metavar="TIME", help="when it is back, like 2026-03-01T18:00 (UTC)")
    on.set_defaults(run=_on)
    deeds.add_parser("off", help="open the site again").set_defaults(run=_off)
    deeds.add_parser("status", help="say whether the site is closed").set_defaults(run=_status)
    options = parser.parse_args(arguments)
    options.run(options)
    return 0


def _moment(given: str) -> datetime:
    try:
        read = datetime.fromisoformat(given)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{given} is no time like 2026-03-01T18:00") from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _on(options: argparse.Namespace) -> None:
    reason = " ".join(options.reason.split())
    if not 0 < len(reason) <= 300:
        raise Failure("Say in 1 to 300 characters what is being done: residents read it.")
    if options.until and options.until <= now():
        raise Failure("The time in --until is over: give one to come, or leave it out.")
    begin(settings.DATA, Maintenance(reason, options.until))
    print("The site is closed. Open it again: decapolis maintenance off")


def _off(_options: argparse.Namespace) -> None:
    end(settings.DATA)
    print("The site is open.")


def _status(_options: argparse.Namespace) -> None:
    work = current(settings.DATA)
    until = f", until {work.until:%Y-%m-%d %H:%M %Z}" if work and work.until else ""
    print(f"The site is closed: {work.reason}{until}" if work else "The site is open.")
