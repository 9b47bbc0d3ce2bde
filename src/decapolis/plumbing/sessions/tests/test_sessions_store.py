"""Sessions are kept in our table: whose, which browser, since when; run out, they go."""

import pytest

from decapolis.plumbing.sessions.models import Session
from decapolis.plumbing.sessions.store import BEGAN_ON, BROWSER, SessionStore, end_sessions, sessions_of

pytestmark = pytest.mark.django_db


def make(account: int | None = None, **more: str) -> SessionStore:
    store = SessionStore()
    store.update({**({"_auth_user_id": str(account)} if account else {}), **more})
    store.save(must_create=True)
    return store


def test_session_knows_whose_it_is_in_which_browser_since_when():
    make(7, **{BROWSER: "Firefox", BEGAN_ON: "2026-03-01"})

    (row,) = sessions_of(7)

    assert (row.account, row.browser, str(row.began_on)) == (7, "Firefox", "2026-03-01")


def test_session_before_sign_in_is_nobodys():
    make()

    assert Session.objects.get().account is None
    assert Session.get_session_store_class() is SessionStore


def test_sessions_of_others_and_those_that_ran_out_are_not_listed():
    make(8)
    over = make(7)
    over.set_expiry(-10)
    over.save()

    assert sessions_of(7) == []


def test_sessions_are_ended_by_their_keys():
    kept, ended = make(7), make(7)

    assert end_sessions([str(ended.session_key)]) == 1

    assert [row.session_key for row in sessions_of(7)] == [kept.session_key]


def test_those_that_ran_out_are_cleared():
    over, kept = make(7), make(7)
    over.set_expiry(-10)
    over.save()

    SessionStore.clear_expired()

    assert list(Session.objects.values_list("pk", flat=True)) == [kept.session_key]


def test_deleted_session_is_gone():
    store = make(7)

    store.delete()

    assert not Session.objects.exists()
