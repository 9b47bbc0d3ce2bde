"""Starting the site: made ready, served by worker processes, said to be there once pages are really answered."""

import argparse
import http.client
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from importlib import import_module
from pathlib import Path

from decapolis.plumbing.failures import Failure
from decapolis.plumbing.maintenance import current
from decapolis.web.commands.beside import worker_beside
from decapolis.web.commands.checkout import HERE
from decapolis.web.commands.ports import ADDRESS, choose_port, port_number

DOCUMENT_FONTS = "fonts-ttf"
"""Folder of the fonts of printed documents: no browser asks for them, and they are slow to compress."""
PATIENCE = 60
"""Seconds until a site that does not answer is given up."""


def read_arguments(prog: str, description: str, arguments: list[str]) -> int | None:
    """Read --port and --data; the folder is handed to the settings, the port is answered."""
    parser = argparse.ArgumentParser(prog=prog, description=description)
    parser.add_argument("--port", type=str, help="port on this machine; without it the first free one from 8000")
    parser.add_argument("--data", type=Path, help="data folder; without it DECAPOLIS_DATA, or var/ in the checkout")
    given = parser.parse_args(arguments)
    if given.data:
        os.environ["DECAPOLIS_DATA"] = str(given.data.expanduser().absolute())
    return port_number(given.port) if given.port else None


def prepare() -> None:
    """Load the application, bring the database to this version, and lay out the stylesheets."""
    if not HERE.static.exists():
        raise Failure("The stylesheets are not built: run script/setup.")
    import_module("decapolis.web.application")
    management = import_module("django.core.management")
    with import_module("decapolis.web.commands.database").usable():
        management.call_command("migrate", verbosity=0)
    management.call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=[DOCUMENT_FONTS])


def serve(port: int | None, notes: Callable[[str], Sequence[str]]) -> int:
    """Serve until Ctrl-C, TERM or the end of the terminal. `notes` says what to print below the ready line."""
    settings = import_module("django.conf").settings
    import_module("django.db").connections.close_all()
    chosen = choose_port(port)
    multiprocessing.set_start_method("spawn", force=True)  # workers start clean: no thread, no connection of ours
    server = import_module("granian").Granian(
        "decapolis.web.served:application",
        address=ADDRESS,
        port=chosen,
        interface="wsgi",
        workers=settings.WEB_WORKERS,
        blocking_threads=1 if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") else 4,
        log_access=False,
        log_level="warning",
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    server.signal_handler_reload = (
        server.signal_handler_interrupt
    )  # who closes the terminal wants an end, no new workers
    threading.Thread(target=_announce, args=(chosen, notes), daemon=True).start()
    with worker_beside():
        server.serve()
    return 0


def _announce(port: int, notes: Callable[[str], Sequence[str]]) -> None:
    """Say that the site is ready as soon as it is."""
    until = time.monotonic() + PATIENCE
    while not answers(port):
        if time.monotonic() > until:
            print(f"The site does not answer after {PATIENCE} seconds; the log above says why.", file=sys.stderr)
            os.kill(os.getpid(), signal.SIGTERM)
            return
        time.sleep(0.2)
    address = f"http://localhost:{port}"
    print("\n".join([f"Decapolis is ready at {address}", *notes(address)]), flush=True)


def answers(port: int) -> bool:
    """Whether the first page is served and the database is in order; while it is worked on, whether it says so."""
    is_closed = current(import_module("django.conf").settings.DATA) is not None
    expected = HTTPStatus.SERVICE_UNAVAILABLE if is_closed else HTTPStatus.OK
    return all(_status(port, path) == expected for path in ("/healthz", "/"))


def _status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
