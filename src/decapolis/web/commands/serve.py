"""`decapolis serve [--port N] [--data FOLDER]`: start the site on what is in the data folder."""

from importlib import import_module

from decapolis.web.commands.serving import prepare, read_arguments, serve


def main(arguments: list[str]) -> int:
    """Serve until stopped."""
    port = read_arguments("script/serve", "Start the site.", arguments)
    prepare()
    return serve(port, notes)


def notes(address: str) -> list[str]:
    """Say how the first administrator gets in, as long as there is none, and how to stop."""
    path = import_module("decapolis.city.access.first_link").first_path()
    first = [f"Nobody has an account yet. Make the first one, within a day:\n  {address}{path}"] if path else []
    return [*first, "Stop it with Ctrl-C."]
