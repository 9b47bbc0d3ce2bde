"""Tokens that a browser holds and we do not: random, known here by keyed hashes alone, with a code to carry by hand."""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

LENGTH = 16
LETTERS = "BCDFGHJKMNPQRSTVWXYZ"
"""Letters of a code: none that is taken for a digit or another, and no vowels, so that no code is a word."""
CODE = 12
NONCE = 12


def new_token() -> bytes:
    """Make a token: 128 random bits."""
    return secrets.token_bytes(LENGTH)


def token_as_text(token: bytes) -> str:
    """Write a token as a cookie holds it."""
    return urlsafe_b64encode(token).decode().rstrip("=")


def token_from_text(text: str) -> bytes | None:
    """Read a token as a cookie holds it; None where it is none."""
    token = _bytes(text) if len(text) == 22 else b""
    return token if len(token) == LENGTH and token_as_text(token) == text else None


def keyed_hash(purpose: str, content: bytes) -> bytes:
    """Hash of something for one purpose; without the key of this installation nobody makes or compares it."""
    return hmac.digest(_key(purpose), content, sha256)


def code_of(purpose: str, token: bytes) -> str:
    """Code of twelve letters that belongs to a token, always the same."""
    number = int.from_bytes(keyed_hash(f"{purpose}.code", token))
    letters = []
    for _ in range(CODE):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def written_code(code: str) -> str:
    """Write a code in three groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, CODE, 4))


def read_code(text: str) -> str | None:
    """Read a code as somebody typed it, with or without dashes, in large or small letters; None where it is none."""
    letters = "".join(letter for letter in text[:100].upper() if letter.isalnum())
    return letters if len(letters) == CODE and set(letters) <= set(LETTERS) else None


def lock_with_code(purpose: str, code: str, content: bytes) -> bytes:
    """Make a token unreadable without its code; a second time it makes it readable again."""
    return bytes(a ^ b for a, b in zip(content, keyed_hash(f"{purpose}.lock", code.encode()), strict=False))


def seal(purpose: str, content: bytes, *, for_holder: bytes) -> str:
    """Seal a few bytes: nobody else reads or changes them, and they are good for the holder of one token alone."""
    nonce = secrets.token_bytes(NONCE)
    return urlsafe_b64encode(nonce + _cipher(purpose).encrypt(nonce, content, for_holder)).decode().rstrip("=")


def unseal(purpose: str, text: str, *, for_holder: bytes) -> bytes | None:
    """Open what was sealed for this holder; None where it is anything else."""
    sealed = _bytes(text) if len(text) < 400 else b""
    if len(sealed) <= NONCE:
        return None
    try:
        return _cipher(purpose).decrypt(sealed[:NONCE], sealed[NONCE:], for_holder)
    except InvalidTag:
        return None


def _bytes(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except ValueError:
        return b""


@lru_cache(maxsize=256)
def _key(purpose: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), b"decapolis.tokens." + purpose.encode(), sha256)


@lru_cache(maxsize=256)
def _cipher(purpose: str) -> AESGCM:
    return AESGCM(_key(f"{purpose}.seal"))
