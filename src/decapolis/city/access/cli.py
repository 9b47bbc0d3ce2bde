"""`decapolis people …`: links for first and lost passwords, and the cast of the fictional city."""

import argparse

from django.conf import settings
from django.urls import reverse

from decapolis.city.access.actions import new_welcome
from decapolis.city.access.factories import CAST, address_of, make_cast
from decapolis.city.access.first_link import first_path
from decapolis.city.people.public import account_at, is_set_up
from decapolis.plumbing.acting import OPERATOR
from decapolis.plumbing.failures import Failure
from decapolis.plumbing.keys import kept_secret

SITE = "http://localhost:8000"


def main(arguments: list[str]) -> int:
    """Run one of first-link, new-link and demo."""
    parser = argparse.ArgumentParser(prog="decapolis people", description="Accounts of colleagues.")
    parser.add_argument("--site", default=SITE, help=f"address of the site, for links; without it {SITE}")
    deeds = parser.add_subparsers(required=True, metavar="DEED")
    first = deeds.add_parser("first-link", help="print the link by which the first administrator makes an account")
    first.set_defaults(run=_first_link)
    new = deeds.add_parser("new-link", help="print a link by which a colleague sets a new password")
    new.add_argument("email", help="e-mail address of the account")
    new.set_defaults(run=_new_link)
    deeds.add_parser("demo", help="make one colleague for each role").set_defaults(run=_demo)
    options = parser.parse_args(arguments)
    options.run(options)
    return 0


def demo_password() -> str:
    """Password of the whole cast of this installation, made at its first start and kept in the data folder."""
    return kept_secret(settings.DATA / "demo_password")[:16]


def sign_ins() -> list[str]:
    """Who of the cast signs in how, one a line."""
    return [f"{address_of(member.name):34} {member.name}, {member.role.replace('_', ' ')}" for member in CAST]


def _first_link(options: argparse.Namespace) -> None:
    path = first_path()
    if not path:
        raise Failure("There are accounts already: a colleague invites others. After a lost password: new-link EMAIL.")
    print(options.site + path)


def _new_link(options: argparse.Namespace) -> None:
    account = account_at(options.email)
    if account is None:
        raise Failure(f"There is no account with the address {options.email}.")
    print(options.site + reverse("welcome", args=[new_welcome(account=account, by=OPERATOR)]))


def _demo(_options: argparse.Namespace) -> None:
    if not settings.FICTIONAL:
        raise Failure("This installation is not fictional: set DECAPOLIS_FICTIONAL=true, or invite real colleagues.")
    if not is_set_up():
        make_cast(demo_password())
