from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decapolis.plumbing import tokens

TOKEN = bytes(range(16))
TOKENS = st.binary(min_size=16, max_size=16)


def test_tokens_are_128_random_bits():
    made = {tokens.new_token() for _ in range(100)}
    assert len(made) == 100
    assert {len(token) for token in made} == {16}


@given(TOKENS)
def test_a_token_is_read_as_it_was_written(token):
    assert tokens.token_from_text(tokens.token_as_text(token)) == token


@given(st.text(max_size=30))
def test_no_text_breaks_reading_a_token(text):
    token = tokens.token_from_text(text)
    assert token is None or tokens.token_as_text(token) == text


@pytest.mark.parametrize("text", ["", "x" * 22 + "=", "é" * 22, "A" * 21 + "B", "A" * 22 + "\n", "\x00" * 22])
def test_what_is_no_token_is_none(text):
    assert tokens.token_from_text(text) is None


def test_a_hash_says_nothing_outside_of_its_purpose_and_key(settings):
    made = tokens.keyed_hash("one", TOKEN)
    assert made != tokens.keyed_hash("two", TOKEN)
    tokens._key.cache_clear()
    settings.SECRET_KEY = "another" * 8
    assert made != tokens.keyed_hash("one", TOKEN)
    tokens._key.cache_clear()


@given(TOKENS)
def test_a_code_has_twelve_letters_and_is_always_the_same(token):
    code = tokens.code_of("one", token)
    assert code == tokens.code_of("one", token)
    assert len(code) == 12
    assert set(code) <= set(tokens.LETTERS)


@given(TOKENS)
def test_a_code_opens_the_token_again_and_another_does_not(token):
    code = tokens.code_of("one", token)
    locked = tokens.lock_with_code("one", code, token)
    assert tokens.lock_with_code("one", code, locked) == token
    assert tokens.lock_with_code("one", code[::-1] + "B", locked) != token


@pytest.mark.parametrize("typed", ["BCDF-GHJK-MNPQ", "bcdf ghjk mnpq", " BCDFGHJKMNPQ ", "b.c.d.f.g.h.j.k.m.n.p.q"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert tokens.read_code(typed) == "BCDFGHJKMNPQ"


@pytest.mark.parametrize("typed", ["", "BCDF", "BCDFGHJKMNPQR", "ACDFGHJKMNPQ", "BCDFGHJKMNP1", "В" * 12, "x" * 10_000])
def test_what_is_no_code_is_none(typed):
    assert tokens.read_code(typed) is None


def test_a_code_is_written_in_groups():
    assert tokens.written_code("BCDFGHJKMNPQ") == "BCDF-GHJK-MNPQ"


def test_a_seal_opens_for_its_holder_and_purpose_alone():
    sealed = tokens.seal("draw", b"seven", for_holder=TOKEN)
    assert tokens.unseal("draw", sealed, for_holder=TOKEN) == b"seven"
    assert tokens.unseal("draw", sealed, for_holder=TOKEN[::-1]) is None
    assert tokens.unseal("other", sealed, for_holder=TOKEN) is None


def test_a_seal_hides_its_content_and_is_never_the_same():
    one, two = (tokens.seal("draw", b"seven", for_holder=TOKEN) for _ in range(2))
    assert one != two
    assert b"seven" not in urlsafe_b64decode(one + "==")


@given(st.integers(0, 200), st.integers(1, 255))
def test_a_changed_seal_does_not_open(place, change):
    sealed = bytearray(urlsafe_b64decode(tokens.seal("draw", b"seven", for_holder=TOKEN) + "=="))
    sealed[place % len(sealed)] ^= change
    text = urlsafe_b64encode(bytes(sealed)).decode()
    assert tokens.unseal("draw", text, for_holder=TOKEN) is None


@given(st.text(max_size=500))
def test_no_text_breaks_opening_a_seal(text):
    assert tokens.unseal("draw", text, for_holder=TOKEN) is None
