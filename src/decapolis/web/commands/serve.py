"""`decapolis serve [--port N] [--data FOLDER]`: start the site on what is in the data folder."""

from decapolis.web.commands.serving import prepare, read_arguments, serve


def main(arguments: list[str]) -> int:
    """Serve until stopped."""
    port = read_arguments("script/serve", "Start the site.", arguments)
    prepare()
    return serve(port, lambda _address: ["Stop it with Ctrl-C."])
