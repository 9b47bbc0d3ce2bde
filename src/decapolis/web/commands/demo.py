"""`decapolis demo [--port N] [--data FOLDER]`: show a fictional city, Ardenne-sur-Lys."""

import os
import shlex
from importlib import import_module

from decapolis import __main__ as command_line
from decapolis.web.commands.serving import prepare, read_arguments, serve

CITY = "Ardenne-sur-Lys"


def main(arguments: list[str]) -> int:
    """Serve until stopped; an empty data folder is filled first."""
    port = read_arguments("script/demo", f"Show a fictional city, {CITY}.", arguments)
    os.environ.setdefault("DECAPOLIS_CITY_NAME", CITY)
    os.environ.setdefault("DECAPOLIS_FICTIONAL", "true")
    prepare()
    if not results():
        status = command_line.main(["listening", "demo"]) or command_line.main(["people", "demo"])
        if status:
            return status
    return serve(port, notes)


def results() -> list[tuple[str, str]]:
    """Question and path of the newest results."""
    viewer = import_module("decapolis.city.access.public").ANYONE
    latest = import_module("decapolis.understand.listening.public").latest_results
    reverse = import_module("django.urls").reverse
    found = latest(viewer=viewer, language="en", limit=3)
    return [(each.question, reverse("listening:result", args=[each.slug])) for each in found]


def notes(address: str) -> list[str]:
    """Say what to look at, and how to bring in a conversation of one's own."""
    shown = [(question, address + path) for question, path in results()]
    data = os.environ.get("DECAPOLIS_DATA")
    where = f"DECAPOLIS_DATA={shlex.quote(data)} " if data else ""
    return [
        f"  The city and its ten steps   {address}/",
        *(f"  {question}\n                               {url}" for question, url in shown),
        *colleagues(address),
        f"  In French and in Arabic      {address}/fr/  {address}/ar/",
        f"  A conversation of your own   {where}.venv/bin/decapolis listening import FOLDER --help",
        "  Stop with Ctrl-C.",
    ]


def colleagues(address: str) -> list[str]:
    """Say how to sign in, as whom."""
    people = import_module("decapolis.city.access.cli")
    if not import_module("django.conf").settings.FICTIONAL:
        return []
    return [
        f"  Sign in                      {address}/sign-in/",
        f"  with the password            {people.demo_password()} as",
        *(f"                               {line}" for line in people.sign_ins()),
    ]
