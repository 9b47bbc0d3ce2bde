"""Keys that one installation makes for itself and keeps in its data folder."""

import os
import secrets
import tempfile
from base64 import urlsafe_b64encode
from hashlib import scrypt, sha256
from pathlib import Path

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

STRETCHING = {"n": 2**16, "r": 8, "p": 1, "maxmem": 2**27, "dklen": 32}
"""Cost of trying one passphrase: 64 MiB and about 0.2 s."""


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


def signing_key(path: Path, passphrase: str = "") -> Ed25519PrivateKey:
    """Key that signs; made the first time it is asked for.

    Without a passphrase it is kept in ``path.key``. With one, only the salt is kept, in ``path.salt``: whoever has the
    data folder alone cannot sign.
    """
    if not passphrase:
        return Ed25519PrivateKey.from_private_bytes(sha256(kept_secret(path.with_suffix(".key")).encode()).digest())
    salt = kept_secret(path.with_suffix(".salt")).encode()
    return Ed25519PrivateKey.from_private_bytes(scrypt(passphrase.encode(), salt=salt, **STRETCHING))


def cipher(purpose: str, secret: str) -> Fernet:
    """What makes a text unreadable for whoever has the database alone; one key for each purpose."""
    return Fernet(urlsafe_b64encode(sha256(purpose.encode() + secret.encode()).digest()))
