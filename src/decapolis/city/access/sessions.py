"""Sessions as their holder sees them: by a handle, never by the key that opens them."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from decapolis.plumbing.sessions.store import end_sessions, sessions_of


@dataclass(frozen=True)
class OwnSession:
    """One browser in which one is signed in."""

    handle: str
    browser: str
    began_on: date | None
    is_this: bool


def own_sessions(account: int, this: str) -> list[OwnSession]:
    """Sessions of an account; `this` is the key of the one that asks."""
    return [
        OwnSession(_handle(row.session_key), row.browser, row.began_on, row.session_key == this)
        for row in sessions_of(account)
    ]


def end_own(account: int, handle: str) -> int:
    """End one session of an account; says how many were found."""
    return end_sessions(row.session_key for row in sessions_of(account) if _handle(row.session_key) == handle)


def end_others(account: int, this: str) -> int:
    """End all sessions of an account but the one that asks; says at least one, for there was something to do."""
    return end_sessions(row.session_key for row in sessions_of(account) if row.session_key != this) or 1


def _handle(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:16]
