"""Anchors: a small signed file a day that says how far the audit went, to be copied out of reach of everybody here."""

import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class AnchorWrong(Exception):  # noqa: N818  # says what is the matter with the anchor
    """An anchor that cannot be believed; the message is a sentence for the operator."""


@dataclass(frozen=True)
class Anchor:
    """On `day` the audit ended with entry `number`, chained to `chain`: signed by the installation."""

    day: str
    number: int
    chain: str
    public_key: str
    signature: str

    @classmethod
    def sign(cls, key: Ed25519PrivateKey, *, day: str, number: int, chain: str) -> Self:
        """Make the anchor of a day."""
        signature = key.sign(_message(day, number, chain))
        return cls(day, number, chain, key.public_key().public_bytes_raw().hex(), signature.hex())

    def is_signed_by(self, public_key: str) -> bool:
        """Whether this key, and no other, has signed just this."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
            key.verify(bytes.fromhex(self.signature), _message(self.day, self.number, self.chain))
        except (ValueError, InvalidSignature):
            return False
        return True


def write_anchor(folder: Path, anchor: Anchor) -> Path | None:
    """Write the anchor of the day whole or not at all; answers nothing where the day has one already."""
    path = folder / f"audit-{anchor.day}.json"
    text = json.dumps({"format": "decapolis audit anchor 1", **asdict(anchor)}, indent=1) + "\n"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=folder, prefix=".draft-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    except FileExistsError:
        return None
    finally:
        Path(draft).unlink()
    return path


def read_anchors(folder: Path, trusted: Iterable[str]) -> list[Anchor]:
    """Read all anchors of a folder.

    Raises
    ------
    AnchorWrong
        A file is no anchor, or is signed by none of the `trusted` public keys.
    """
    keys = tuple(trusted)
    return [_believed(path, keys) for path in sorted(folder.glob("audit-*.json"))]


def _believed(path: Path, keys: tuple[str, ...]) -> Anchor:
    anchor = _read(path)
    if not any(anchor.is_signed_by(key) for key in keys):
        raise AnchorWrong(f"The signature of the anchor {path.name} is not by a key of this installation.")
    return anchor


def _read(path: Path) -> Anchor:
    try:
        given = json.loads(path.read_text(encoding="ascii"))
        number = int(given["number"])
        day, chain, public_key, signature = (str(given[key]) for key in ("day", "chain", "public_key", "signature"))
    except (OSError, ValueError, KeyError, TypeError):
        raise AnchorWrong(f"The file {path.name} cannot be read as an anchor.") from None
    return Anchor(day, number, chain, public_key, signature)


def _message(day: str, number: int, chain: str) -> bytes:
    return f"decapolis audit anchor 1|{day}|{number}|{chain}".encode()
