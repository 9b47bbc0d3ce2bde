import re
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from decapolis.city.audit.actions import NotRecordable, note_denial, note_reading, record
from decapolis.city.audit.factories import make_entries
from decapolis.city.audit.models import FIRST_LINK, Body, DeniedRequests, Entry, hash_of_body, link
from decapolis.plumbing.acting import OPERATOR, Actor, act, action

PERSON = Actor("person", "7")
JOB = Actor("job", "listening.recompute")
PARTICIPANT = Actor("participant")
ACT = "listening.import_conversation"
SUBJECT = "listening.conversation:3"


def recorded(by: Actor = OPERATOR, act_name: str = ACT, subject: str = SUBJECT) -> int:
    with act():
        return record(by=by, act=act_name, subject=subject)


@pytest.mark.django_db
@pytest.mark.parametrize("by", [OPERATOR, PERSON, JOB])
def test_record_says_who_did_what_to_what_and_when(by, frozen_clock):
    body = Body.objects.get(pk=recorded(by))
    assert (body.actor_kind, body.actor_key, body.act, body.subject) == (by.kind, by.key, ACT, SUBJECT)
    assert (body.at, body.outcome, body.entry.day) == (frozen_clock, "done", frozen_clock.date())


@pytest.mark.django_db
def test_record_chains_by_hand(freeze_clock):
    freeze_clock(datetime(2026, 3, 1, 12, 30, 5, 999_999, tzinfo=UTC))
    body = Body.objects.get(pk=recorded())
    said = f'["2026-03-01 12:30:05","operator","","{ACT}","{SUBJECT}","done","{body.salt}"]'
    by_hand = sha256(said.encode()).hexdigest()
    assert body.entry.body_hash == by_hand
    assert body.entry.chain == sha256(f"{'0' * 64}|1|2026-03-01|{by_hand}".encode()).hexdigest()


@pytest.mark.django_db
def test_record_numbers_without_gap_and_chains_each_to_the_last():
    assert make_entries(5) == [1, 2, 3, 4, 5]
    chain = FIRST_LINK
    for entry in Entry.objects.order_by("number"):
        chain = link(chain, entry.number, entry.day.isoformat(), entry.body_hash)
        assert entry.chain == chain


@pytest.mark.django_db
def test_record_salts_so_that_equal_acts_have_unlike_hashes(frozen_clock):
    recorded(), recorded()
    assert len(set(Entry.objects.values_list("body_hash", flat=True))) == 2
    assert all(re.fullmatch("[0-9a-f]{32}", salt) for salt in Body.objects.values_list("salt", flat=True))


@pytest.mark.django_db
def test_record_goes_with_the_act_that_fails():
    with pytest.raises(ZeroDivisionError), act():
        assert record(by=OPERATOR, act=ACT, subject=SUBJECT) / 0
    assert not Entry.objects.exists()
    assert recorded() == 1


def test_record_outside_of_an_act_is_refused():
    with pytest.raises(NotRecordable, match="open act"):
        record(by=OPERATOR, act=ACT, subject=SUBJECT)


@pytest.mark.django_db
def test_record_refuses_participants():
    with pytest.raises(NotRecordable, match="participants"):
        recorded(by=PARTICIPANT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "by", [Actor("person", "Anna"), Actor("person", ""), Actor("job", "at night"), Actor("operator", "root")]
)
def test_record_refuses_keys_that_could_be_names(by):
    with pytest.raises(NotRecordable, match="key"):
        recorded(by=by)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["import", "listening.", "Listening.import", "listening.import it", "a.b\n", ""])
def test_record_refuses_acts_that_are_no_names(name):
    with pytest.raises(NotRecordable, match="act is named"):
        recorded(act_name=name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "subject", ["", "listening.conversation", "people.account:anna", "people.account:a@b.org", "x.y:3 Anna", "x.y:3\n"]
)
def test_record_refuses_subjects_that_could_be_names(subject):
    with pytest.raises(NotRecordable, match="subject"):
        recorded(subject=subject)


@pytest.mark.django_db
def test_record_takes_ids_that_are_not_numbers():
    number = recorded(subject="support.case:0b8a7c1e-8f0e-4f0a-9d53-3f3f0a2b9c11")
    assert Body.objects.get(pk=number).subject.endswith("9c11")


@given(st.lists(st.text(), min_size=2, max_size=7))
def test_hash_of_body_knows_where_a_value_ends(parts):
    moved = [parts[0] + parts[1][:1], parts[1][1:], *parts[2:]]
    assert (hash_of_body(moved) == hash_of_body(parts)) == (moved == parts)


@given(st.integers(1, 10**9), st.dates(), st.sampled_from(["number", "day", "previous", "body"]))
def test_link_depends_on_all_that_it_chains(number, day, changed):
    given_ = {"previous": "a" * 64, "number": number, "day": day.isoformat(), "body_hash": "b" * 64}
    others = {
        "number": {"number": number + 1},
        "day": {"day": (day + timedelta(days=1)).isoformat() if day < date.max else "2000-01-01"},
        "previous": {"previous": "c" * 64},
        "body": {"body_hash": "d" * 64},
    }
    assert link(**given_) != link(**(given_ | others[changed]))


@pytest.mark.django_db
def test_note_reading_says_who_looked():
    body = Body.objects.get(pk=note_reading(by=PERSON, subject=SUBJECT))
    assert (body.actor_key, body.act, body.subject, body.outcome) == ("7", "listening.read", SUBJECT, "read")


@pytest.mark.django_db
def test_note_reading_refuses_participants():
    with pytest.raises(NotRecordable, match="participants"):
        note_reading(by=PARTICIPANT, subject=SUBJECT)


@action
def tidy(*, by: Actor) -> None:
    """Write, record, and then find that it was not allowed."""
    DeniedRequests.objects.create(day=date(2001, 1, 1), count=1)
    if by.kind != "participant":
        record(by=by, act=ACT, subject=SUBJECT)
    raise PermissionDenied


@action
def tidy_all(*, by: Actor) -> None:
    """Have another action do it."""
    tidy(by=by)


@action
def tidy_patiently(*, by: Actor) -> None:
    """Go on without what is denied."""
    try:
        tidy(by=by)
    except PermissionDenied:
        record(by=by, act=ACT, subject=SUBJECT)


@pytest.mark.django_db
@pytest.mark.parametrize("by", [PERSON, JOB, OPERATOR])
def test_denial_rolls_the_act_back_and_is_recorded_alone(by):
    with pytest.raises(PermissionDenied):
        tidy(by=by)
    assert not DeniedRequests.objects.exists()
    (body,) = Body.objects.all()
    assert (body.actor_kind, body.actor_key, body.act) == (by.kind, by.key, "test_audit_recording.tidy")
    assert (body.subject, body.outcome) == ("", "denied")


@pytest.mark.django_db
def test_denial_inside_another_act_is_recorded_once_as_the_act_that_was_asked_for():
    with pytest.raises(PermissionDenied):
        tidy_all(by=PERSON)
    assert [body.act for body in Body.objects.all()] == ["test_audit_recording.tidy_all"]


@pytest.mark.django_db
def test_denial_that_the_act_survives_is_not_recorded():
    tidy_patiently(by=PERSON)
    assert [(body.act, body.outcome) for body in Body.objects.all()] == [(ACT, "done")]


@pytest.mark.django_db
def test_denial_of_participants_is_a_number_a_day(freeze_clock):
    for day in (1, 2, 2, 2):
        freeze_clock(datetime(2026, 3, day, tzinfo=UTC))
        with pytest.raises(PermissionDenied):
            tidy(by=PARTICIPANT)
    counted = list(DeniedRequests.objects.order_by("day").values_list("day", "count"))
    assert counted == [(date(2026, 3, 1), 1), (date(2026, 3, 2), 3)]
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_note_denial_can_be_told_by_a_page():
    note_denial(by=PERSON, act="audit.read_page")
    assert Body.objects.get().act == "audit.read_page"
