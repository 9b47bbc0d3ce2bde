import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from decapolis.city.audit.files import Anchor, AnchorWrong, read_anchors, write_anchor

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
ANCHOR = Anchor.sign(KEY, day="2026-03-01", number=9, chain="a" * 64)
TRUSTED = [ANCHOR.public_key]


def test_anchor_comes_back_as_it_was_written(tmp_path: Path):
    path = write_anchor(tmp_path / "kept", ANCHOR)
    assert path == tmp_path / "kept" / "audit-2026-03-01.json"
    assert read_anchors(path.parent, TRUSTED) == [ANCHOR]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_anchor_says_in_words_what_it_is(tmp_path: Path):
    path = write_anchor(tmp_path, ANCHOR)
    assert path is not None
    said = json.loads(path.read_text())
    assert said["format"] == "decapolis audit anchor 1"
    assert (said["day"], said["number"], said["chain"]) == ("2026-03-01", 9, "a" * 64)


def test_write_anchor_leaves_the_first_of_a_day(tmp_path: Path):
    write_anchor(tmp_path, ANCHOR)
    assert write_anchor(tmp_path, Anchor.sign(KEY, day="2026-03-01", number=12, chain="b" * 64)) is None
    assert read_anchors(tmp_path, TRUSTED) == [ANCHOR]
    assert len(list(tmp_path.iterdir())) == 1


def test_read_anchors_of_an_empty_or_missing_folder_are_none(tmp_path: Path):
    assert read_anchors(tmp_path, TRUSTED) == read_anchors(tmp_path / "missing", TRUSTED) == []


def test_read_anchors_trusts_any_of_the_keys_given(tmp_path: Path):
    later = Anchor.sign(OTHER_KEY, day="2026-03-02", number=12, chain="b" * 64)
    write_anchor(tmp_path, ANCHOR)
    write_anchor(tmp_path, later)
    assert read_anchors(tmp_path, [ANCHOR.public_key, later.public_key]) == [ANCHOR, later]


@pytest.mark.parametrize(
    "forged",
    [
        replace(ANCHOR, number=8),
        replace(ANCHOR, chain="b" * 64),
        replace(ANCHOR, day="2026-03-02"),
        replace(ANCHOR, signature="00" * 64),
        replace(ANCHOR, signature="no hex"),
        Anchor.sign(OTHER_KEY, day="2026-03-01", number=9, chain="a" * 64),
    ],
)
def test_read_anchors_refuses_what_is_not_signed_by_a_trusted_key(tmp_path: Path, forged: Anchor):
    path = write_anchor(tmp_path, forged)
    assert path is not None
    with pytest.raises(AnchorWrong, match=path.name):
        read_anchors(tmp_path, TRUSTED)


def test_read_anchors_believes_nobody_without_a_key(tmp_path: Path):
    write_anchor(tmp_path, ANCHOR)
    with pytest.raises(AnchorWrong):
        read_anchors(tmp_path, [])


def test_a_key_that_is_none_believes_nothing():
    assert not ANCHOR.is_signed_by("not a key")
    assert ANCHOR.is_signed_by(ANCHOR.public_key)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"number": "many"}', '{"number": 1, "day": "2026-03-01"}', "é"])
def test_read_anchors_says_which_file_is_no_anchor(tmp_path: Path, text: str):
    (tmp_path / "audit-2026-03-01.json").write_text(text, encoding="utf-8")
    with pytest.raises(AnchorWrong, match=r"audit-2026-03-01\.json cannot be read"):
        read_anchors(tmp_path, TRUSTED)


@given(st.dates().map(str), st.integers(1, 2**31), st.integers(1, 2**31))
def test_a_signature_is_good_for_one_number_only(day: str, number: int, other: int):
    signed = Anchor.sign(KEY, day=day, number=number, chain="c" * 64)
    assert signed.is_signed_by(signed.public_key)
    assert replace(signed, number=other).is_signed_by(signed.public_key) == (number == other)
