"""Tags and seals: only what we signed is believed, only the named fields are read, and only up to a length."""

import time
from datetime import timedelta

import pytest
from django.core import signing
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from decapolis.plumbing.drafts.sealing import (
    FIELD,
    LONGEST,
    Content,
    Tag,
    TooLong,
    opened,
    seal,
    signed,
    tag_in,
    typed_in,
)

TAG = Tag(1, "signal", ("what", "how"), "/signals/new/")


def posted(**values):
    query = QueryDict(mutable=True)
    for name, value in values.items():
        query.setlist(name.replace("_", "-"), value if isinstance(value, list) else [value])
    return query


def test_tag_comes_back_as_it_went():
    assert tag_in(posted(draft_of=signed(TAG))) == TAG


@pytest.mark.parametrize(
    "tag",
    [
        "",
        "x",
        signed(TAG)[:-1],
        signed(TAG).replace(":", "", 1),
        signing.dumps([1, "signal", ["what"], "/"], salt="other"),
        signing.dumps([1, "signal", ["what"], "/"], salt="drafts", key="not our key"),
    ],
    ids=["empty", "word", "cut", "changed", "other purpose", "other key"],
)
def test_tag_that_is_not_ours_is_none(tag):
    assert tag_in(posted(draft_of=tag)) is None
    assert tag_in(posted()) is None


def test_tag_is_old_after_a_week(monkeypatch):
    tag, week = signed(TAG), timedelta(days=7).total_seconds()
    now = time.time()

    monkeypatch.setattr("django.core.signing.time.time", lambda: now + week - 60)
    assert tag_in(posted(draft_of=tag)) == TAG
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + week + 60)
    assert tag_in(posted(draft_of=tag)) is None


@given(st.text())
def test_any_text_for_a_tag_is_answered(text):
    assert tag_in(posted(**{FIELD: text})) is None


def test_only_named_fields_are_read():
    found = typed_in(posted(what="x", how=["a", "b"], password="secret", csrfmiddlewaretoken="t"), TAG)

    assert found == {"what": ["x"], "how": ["a", "b"]}


def test_too_long_a_text_is_refused_and_not_cut():
    assert typed_in(posted(what="x" * LONGEST), TAG)
    with pytest.raises(TooLong):
        typed_in(posted(what="x" * LONGEST, how="y"), TAG)


@given(st.text(), st.text())
def test_what_was_sealed_opens_for_its_account_alone(key, text):
    content = Content(7, key, {"what": [text]})

    assert opened(seal(content), 7) == content
    assert opened(seal(content), 8) is None


@pytest.mark.parametrize("sealed", ["", "x", "gAAAAAAAAAA"])
def test_what_we_did_not_seal_does_not_open(sealed):
    assert opened(sealed, 7) is None


def test_seal_shows_no_time():
    one, other = (seal(Content(7, "k", {})) for _ in range(2))

    assert one[:12] == other[:12] == "gAAAAAAAAAAA"
