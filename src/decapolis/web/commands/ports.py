"""Which port to serve on."""

import socket
import sys
from collections.abc import Iterable

from decapolis.plumbing.failures import Failure

ADDRESS = "127.0.0.1"
FIRST, LAST = 8000, 8099
_TAKEN: list[socket.socket] = []


def choose_port(asked: int | None) -> int:
    """Take the port that was asked for, or else the first free one; one that is taken is never shared."""
    if asked is None:
        return _first_free(range(FIRST, LAST + 1))
    if not _take(asked):
        raise Failure(f"Port {asked} cannot be used: it is taken or not allowed. Choose another with --port.")
    return asked


def is_free(port: int) -> bool:
    """Whether nothing listens here and this user may."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # the last visitor may still be leaving
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def port_number(text: str) -> int:
    """Read a port from the command line."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Failure(f'--port is "{text}": give a whole number from 1 to 65535.')
    return int(text)


def _take(port: int) -> bool:
    """Take a free port, also against a second site that looks for one at this very moment.

    The workers of the server share one port, so that on Linux a second server could come to share it too. A name in the
    kernel, which goes when this process ends, keeps it out.
    """
    if not is_free(port):
        return False
    if sys.platform == "linux":
        mark = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            mark.bind(f"\0decapolis-port-{port}")
        except OSError:
            mark.close()
            return False
        _TAKEN.append(mark)
    return True


def _first_free(ports: Iterable[int]) -> int:
    for port in ports:
        if _take(port):
            return port
    raise Failure(f"All ports from {FIRST} to {LAST} are taken: choose another with --port.")
