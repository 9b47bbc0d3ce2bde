"""What was set up and from what, so that nothing is done twice and what was interrupted is done again."""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


class Stamps:
    """Remembers for each piece of work the fingerprint of what it was made from. A piece is stamped when it is done."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def is_done(self, work: str, fingerprint: str) -> bool:
        """Whether `work` was finished from exactly this."""
        return self._read().get(work) == fingerprint

    def done(self, work: str, fingerprint: str) -> None:
        """Stamp `work`: the file is replaced whole, never half written."""
        stamps = {**self._read(), work: fingerprint}
        draft = self.path.with_suffix(".new")
        draft.write_text(json.dumps(stamps, indent=1), encoding="utf-8")
        draft.replace(self.path)

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """Fingerprint of words, files, and all files in folders, names included."""
    digest = hashlib.sha256("\0".join(words).encode())
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(f"\0{file.name}\0".encode() + file.read_bytes())
    return digest.hexdigest()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other set-up works in this folder. The system lets go of the lock when the process ends."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
