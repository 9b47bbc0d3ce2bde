"""Where an installation keeps its data: the folder, and SQLite or PostgreSQL."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dj_database_url
from pydantic import SecretStr

from decapolis.plumbing.failures import Failure

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",  # a writer waits at the start, instead of failing in the middle
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
}
POSTGRESQL_OPTIONS = {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}


def folder(path: Path) -> Path:
    """Make a folder of the data, for its owner alone, where it is not there yet."""
    wanted = path.expanduser().absolute()
    try:
        wanted.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(
            f'DECAPOLIS_DATA: "{wanted}" cannot be used ({error.strerror}); give a folder that this user may write to.'
        ) from None
    return wanted


def database(url: SecretStr | None, data: Path) -> dict[str, Any]:
    """Settings of the database for Django."""
    address = url.get_secret_value() if url else f"sqlite:///{data / 'decapolis.sqlite3'}"
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(address))
    except ValueError:
        raise Failure(
            "DECAPOLIS_DATABASE_URL has a value that cannot be used: "
            "give sqlite:///path or postgres://user:password@host:port/name."
        ) from None
    if not address.startswith("sqlite") and find_spec("psycopg") is None:
        raise Failure("DECAPOLIS_DATABASE_URL asks for PostgreSQL, which is not installed: run script/setup --all.")
    is_sqlite = parsed["ENGINE"].endswith("sqlite3")
    parsed["OPTIONS"] = {**parsed.get("OPTIONS", {}), **(SQLITE_OPTIONS if is_sqlite else POSTGRESQL_OPTIONS)}
    parsed["CONN_MAX_AGE"] = None if is_sqlite else 0  # PostgreSQL keeps connections in its pool
    return parsed
