"""Keys that one installation makes for itself and keeps in its data folder."""

import os
import secrets
import tempfile
from pathlib import Path


def kept_secret(path: Path) -> str:
    """Secret kept in `path`, readable by its owner alone; made the first time it is asked for.

    Two processes that ask at once get the same: a whole file is put in place by a link, which only one can make.
    """
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        if not path.exists():
            _link(Path(draft), path)
    finally:
        Path(draft).unlink()


def _link(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return  # another process was quicker: its secret stands
