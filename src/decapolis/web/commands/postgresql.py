"""A PostgreSQL for tests: the one that answers, or a throw-away cluster from the distribution's package."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEFAULT_URL = "postgres://postgres@127.0.0.1:5432/postgres"
PROGRAMS = Path("/usr/lib/postgresql")
PATIENCE = 20
SETTINGS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=127.0.0.1"


@contextmanager
def postgresql() -> Iterator[str | None]:
    """Address of a server for the time of the tests; none where none answers and none can be started."""
    url = os.environ.get("DECAPOLIS_TEST_DATABASE_URL") or DEFAULT_URL
    programs = _programs()
    if answers(url):
        yield url
    elif programs is None:
        yield None
    else:
        with throw_away(programs) as made:
            yield made


def answers(url: str) -> bool:
    """Whether a server answers at this address."""
    import psycopg  # noqa: PLC0415  # only developers have it

    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


@contextmanager
def throw_away(programs: Path) -> Iterator[str | None]:
    """Start a cluster in a temporary folder, without safety against power cuts, and remove it at the end."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="decapolis-postgresql-") as name:
        server = _start(programs, Path(name), port)
        try:
            url = f"postgres://postgres@127.0.0.1:{port}/postgres"
            yield url if _wait(url) else None
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _start(programs: Path, folder: Path, port: int) -> subprocess.Popen[bytes]:
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    if user:
        shutil.chown(folder, user)
    make = f"{programs / 'initdb'} -D cluster -U postgres --auth=trust --no-sync -E UTF8"
    subprocess.run(make.split(), user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    start = f"{programs / 'postgres'} -D cluster -p {port} -k {folder} {SETTINGS}"
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(start.split(), user=user, cwd=folder, stdout=log, stderr=log)


def _programs() -> Path | None:
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if answers(url):
            return True
        time.sleep(0.2)
    return False
