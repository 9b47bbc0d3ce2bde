"""Whether the site is being worked on: said by a file in the data folder, so that it holds without a database."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from decapolis.plumbing.clock import now

SHORTEST, USUAL, LONGEST = 60, 600, 24 * 3600
"""Seconds after which a browser or a monitor may ask again."""


@dataclass(frozen=True)
class Maintenance:
    """Why the site is away, and until when if that is known."""

    reason: str
    until: datetime | None = None

    @property
    def retry_after(self) -> int:
        """Seconds after which to ask again."""
        if self.until is None:
            return USUAL
        return min(max(int((self.until - now()).total_seconds()), SHORTEST), LONGEST)


def current(data: Path) -> Maintenance | None:
    """What is being done, or None where the site is open. A file that cannot be read closes the site too."""
    try:
        read = json.loads(_path(data).read_text(encoding="utf-8"))
        until = read["until"]
        return Maintenance(read["reason"], datetime.fromisoformat(until) if until else None)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, OSError):
        return Maintenance("")


def begin(data: Path, work: Maintenance) -> None:
    """Close the site."""
    draft = _path(data).with_name(f"maintenance-{token_hex(4)}")
    until = work.until.isoformat() if work.until else ""
    draft.write_text(json.dumps({"reason": work.reason, "until": until}), encoding="utf-8")
    draft.replace(_path(data))


def end(data: Path) -> None:
    """Open the site again."""
    _path(data).unlink(missing_ok=True)


def _path(data: Path) -> Path:
    return data / "maintenance.json"
