import stat
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature

from decapolis.plumbing.keys import signing_key


def raw(path: Path, passphrase: str = "") -> str:
    return signing_key(path, passphrase).private_bytes_raw().hex()


def test_signing_key_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path):
    first = raw(tmp_path / "audit")
    assert raw(tmp_path / "audit") == first
    (kept,) = tmp_path.iterdir()
    assert kept.name == "audit.key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_signing_key_is_another_for_another_name(tmp_path: Path):
    assert raw(tmp_path / "audit") != raw(tmp_path / "exchange")


def test_signing_key_from_a_passphrase_is_not_kept(tmp_path: Path):
    key = raw(tmp_path / "audit", "a long passphrase")
    assert raw(tmp_path / "audit", "a long passphrase") == key
    assert raw(tmp_path / "audit", "another passphrase") != key
    (kept,) = tmp_path.iterdir()
    assert kept.name == "audit.salt"
    assert key not in kept.read_text()


def test_signing_key_of_one_passphrase_is_another_elsewhere(tmp_path: Path):
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    assert raw(tmp_path / "here/audit", "a long passphrase") != raw(tmp_path / "there/audit", "a long passphrase")


def test_signing_key_signs(tmp_path: Path):
    key = signing_key(tmp_path / "audit")
    signature = key.sign(b"so it was")
    key.public_key().verify(signature, b"so it was")
    with pytest.raises(InvalidSignature):
        key.public_key().verify(signature, b"so it was not")
