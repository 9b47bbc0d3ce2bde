"""`decapolis demo [--port N] [--data FOLDER]`: show a fictional city, Ardenne-sur-Lys."""

import os

from decapolis.web.commands.serving import prepare, read_arguments, serve

CITY = "Ardenne-sur-Lys"


def main(arguments: list[str]) -> int:
    """Serve until stopped; an empty data folder is filled first."""
    port = read_arguments("script/demo", f"Show a fictional city, {CITY}.", arguments)
    os.environ.setdefault("DECAPOLIS_CITY_NAME", CITY)
    prepare()
    return serve(port, notes)


def notes(address: str) -> list[str]:
    """Say what to look at, and how to bring in a conversation of one's own."""
    return [
        f"  The city and its ten steps:     {address}/",
        f"  In French and in Arabic:        {address}/fr/  {address}/ar/",
        "  Your own conversation (Polis):  .venv/bin/decapolis listening import FOLDER",
        "  Stop with Ctrl-C.",
    ]
