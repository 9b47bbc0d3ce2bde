"""Results while people answer: when they are made, of whom, and that two in a row give nobody away."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied
from django_tasks_db.models import DBTaskResult
from hypothesis import given, settings
from hypothesis import strategies as st

from decapolis.city.access.factories import as_actor, make_member
from decapolis.city.audit.models import Body
from decapolis.city.people.factories import make_account
from decapolis.plumbing import clock, tokens
from decapolis.plumbing.acting import OPERATOR, Actor, act
from decapolis.plumbing.jobs.models import Job
from decapolis.plumbing.jobs.registry import patience_of
from decapolis.plumbing.jobs.worker import work_once
from decapolis.understand.listening import ballots
from decapolis.understand.listening.actions import answers
from decapolis.understand.listening.actions.answers import Answer, Voice
from decapolis.understand.listening.actions.results import (
    close_conversation,
    close_due_conversations,
    people_included,
    refresh_result,
)
from decapolis.understand.listening.factories.open import make_open_conversation
from decapolis.understand.listening.models import Conversation, Result, Routing, State
from decapolis_methods.opinion.released import Released, from_document

RESIDENT = Actor("participant")
TEXTS = ("Light.", "Buses.", "Benches.", "Trees.")


@pytest.fixture
def asked(db: None) -> Conversation:
    answers._waited_for.clear()
    return make_open_conversation(TEXTS)


def people(conversation: Conversation, number: int, said: Sequence[int] = (1, -1, 0, 1)) -> list[Voice]:
    """So many residents who each answer all statements."""
    voices = [Voice(conversation.pk, tokens.new_token()) for _ in range(number)]
    for voice in voices:
        say(voice, said)
    return voices


def say(voice: Voice, said: Sequence[int]) -> None:
    for statement, value in enumerate(said):
        given = Answer(statement, value)
        if not answers.give_answer(voice=voice, answer=given, by=RESIDENT):
            answers.give_first_answer(voice=voice, answer=given, by=RESIDENT)


def leave(voices: Sequence[Voice]) -> None:
    for voice in voices:
        answers.take_everything_back(voice=voice, by=RESIDENT)


def refresh(conversation: Conversation) -> Released | None:
    conversation.refresh_from_db()
    made = refresh_result(conversation=conversation, by=OPERATOR)
    return from_document(made.document) if made else None


def close(conversation: Conversation) -> None:
    close_conversation(conversation=conversation, by=OPERATOR)


class TestPeopleIncluded:
    @pytest.mark.parametrize(("people", "included"), [
        (0, 0), (9, 0), (19, 0), (20, 10), (29, 10), (30, 20), (1_000, 990), (2_000, 1_980), (5_000, 4_950),
    ])  # fmt: skip
    def test_by_hand(self, people, included):
        assert people_included(people) == included

    @given(st.integers(0, 100_000), st.integers(0, 3_000))
    def test_ten_wait_and_ten_come_at_once(self, people, more):
        first, then = people_included(people), people_included(people + more)
        assert first == 0 or people - first >= 10
        assert first % max(10, people // 100) == 0
        assert then - first == 0 or abs(then - first) >= 10 or max(people, more) > 1_999


@pytest.mark.slow
class TestRefresh:
    def test_nothing_is_said_of_fewer_than_twenty(self, asked):
        people(asked, 19)
        assert refresh(asked) is None
        assert not Result.objects.exists()

    def test_the_first_ten_of_twenty_are_in_and_of_so_few_no_share_is_given(self, asked):
        people(asked, 20)
        released = refresh(asked)
        assert released is not None
        assert (released.participants, released.is_running, released.totals) == (10, True, ())

    def test_it_is_made_anew_when_ten_more_came_and_not_before(self, asked):
        people(asked, 20)
        assert refresh(asked) is not None
        people(asked, 9)
        assert refresh(asked) is None
        people(asked, 1)
        released = refresh(asked)
        assert released is not None
        assert released.participants == 20
        assert Result.objects.count() == 1

    def test_those_who_left_are_made_up_for_before_the_next_one(self, asked):
        voices = people(asked, 30)
        refresh(asked)
        leave(voices[:5])
        people(asked, 14)
        assert refresh(asked) is None
        people(asked, 1)
        released = refresh(asked)
        assert released is not None
        assert released.participants == 30

    def test_those_who_wait_and_leave_are_in_no_result(self, asked):
        voices = people(asked, 20)
        refresh(asked)
        leave(voices[12:])
        close(asked)
        released = refresh(asked)
        assert released is not None
        assert (released.participants, released.is_running) == (12, False)

    def test_a_conversation_without_accepted_statements_has_no_result(self, asked):
        people(asked, 20)
        with act():
            asked.statements.update(moderation=-1)
        assert refresh(asked) is None

    def test_nobody_refreshes_without_the_permission(self, asked):
        with pytest.raises(PermissionDenied):
            refresh_result(conversation=asked, by=RESIDENT)

    def test_weights_of_the_routing_are_stored_for_each_statement_and_of_nobody(self, asked):
        people(asked, 20)
        refresh(asked)
        weights = Routing.objects.get(conversation=asked).weights
        assert set(weights) == {"0", "1", "2", "3"}
        assert all(weight >= 0 for weight in weights.values())


@pytest.mark.slow
class TestDeletingIsNeverHavingAnswered:
    def results(self, conversation: Conversation) -> tuple[object, ...]:
        found = refresh(conversation)
        votes, _ = ballots.votes_of(conversation)
        weights = Routing.objects.get(conversation=conversation).weights
        return found, weights, np.asarray(votes.values).tolist(), np.asarray(votes.columns).tolist()

    def test_the_next_result_is_the_same_to_the_last_figure(self, asked):
        other = make_open_conversation(TEXTS)
        for conversation in (asked, other):
            people(conversation, 25, (1, 1, -1, 0))
        going = people(asked, 7, (-1, -1, 1, 1))
        for conversation in (asked, other):
            people(conversation, 20, (-1, 1, 0, 0))
        leave(going)
        assert self.results(asked) == self.results(other)

    def test_also_where_they_left_between_two_results(self, asked):
        other = make_open_conversation(TEXTS)
        going = people(asked, 5, (-1, -1, 1, 1))
        for conversation in (asked, other):
            people(conversation, 30)
        refresh(asked)
        leave(going)
        for conversation in (asked, other):
            people(conversation, 15, (0, 1, -1, -1))
        assert self.results(asked) == self.results(other)

    def test_a_changed_answer_is_as_if_it_had_been_given_so_at_once(self, asked):
        other = make_open_conversation(TEXTS)
        changing = people(asked, 8, (-1, -1, -1, -1))
        people(other, 8)
        for conversation in (asked, other):
            people(conversation, 40, (0, 1, 1, -1))
        for voice in changing:
            say(voice, (1, -1, 0, 1))
        assert self.results(asked) == self.results(other)


@pytest.mark.slow
class TestClosing:
    def test_after_the_end_everybody_is_in_with_exact_figures(self, asked):
        people(asked, 43)
        refresh(asked)
        close(asked)
        released = refresh(asked)
        assert released is not None
        assert (released.participants, released.is_running) == (43, False)
        assert released.totals

    def test_the_last_result_is_made_once_so_that_who_leaves_later_is_not_found_by_subtraction(self, asked):
        voices = people(asked, 43)
        close(asked)
        assert refresh(asked) is not None
        leave(voices[:1])
        assert refresh(asked) is None

    def test_closing_takes_no_more_answers_and_has_the_result_made_by_a_worker(self, asked):
        voices = people(asked, 20)
        close(asked)
        assert not answers.give_answer(voice=voices[0], answer=Answer(0, -1), by=RESIDENT)
        assert not work_once(), "it rests first"
        with act():
            Job.objects.update(not_before=clock.now())
            DBTaskResult.objects.update(run_after=clock.now())
        assert work_once()
        assert from_document(Result.objects.get().document).participants == 20

    def test_closing_leaves_a_line_in_the_audit_and_needs_a_permission(self, asked):
        analyst = as_actor(make_member(make_account("Ida"), "analyst"))
        for by in (RESIDENT, analyst):
            with pytest.raises(PermissionDenied):
                close_conversation(conversation=asked, by=by)
        asked.refresh_from_db()
        assert asked.state == State.OPEN
        coordinator = as_actor(make_member(make_account("Mina"), "coordinator"))
        close_conversation(conversation=asked, by=coordinator)
        entry = Body.objects.order_by("entry").filter(act="listening.close_conversation").last()
        assert entry is not None
        assert (entry.actor_kind, entry.actor_key) == ("person", coordinator.key)

    def test_what_is_due_is_closed_and_nothing_else(self, asked):
        due = make_open_conversation(closed_on=clock.today() - timedelta(days=1))
        assert close_due_conversations(by=OPERATOR) == 1
        assert close_due_conversations(by=OPERATOR) == 0
        states = dict(Conversation.objects.values_list("pk", "state"))
        assert states == {due.pk: State.CLOSED, asked.pk: State.OPEN}


class TestPatience:
    def test_votes_ask_for_one_result_that_waits_a_while(self, asked):
        for _ in range(3):
            answers.ask_for_result(conversation=asked.pk, by=RESIDENT)
        job = Job.objects.get(name="listening.refresh")
        assert timedelta(seconds=10) < job.not_before - clock.now() <= timedelta(seconds=15)
        assert not work_once()

    def test_the_job_rests_for_fifteen_seconds(self):
        assert patience_of("listening.refresh").rest == answers.REST


ANSWERS = st.tuples(*[st.sampled_from((1, -1, 0))] * len(TEXTS))
CROWD = st.lists(ANSWERS, min_size=40, max_size=55)
FEW = st.lists(ANSWERS, min_size=10, max_size=24)


@pytest.mark.slow
@pytest.mark.django_db
@settings(deadline=None, max_examples=4)
@given(first=CROWD, more=FEW, leaving=st.integers(0, 6), changing=st.integers(0, 6))
def test_two_results_in_a_row_say_the_same_of_others_who_might_have_come(first, more, leaving, changing):
    """Of each statement: the later figures fit at least ten numbers of newcomers, in steps of one, in each answer."""
    conversation = make_open_conversation(TEXTS)
    voices = [people(conversation, 1, said)[0] for said in first]
    before = refresh(conversation)
    leave(voices[:leaving])
    for voice in voices[leaving : leaving + changing]:
        say(voice, (1, 1, 1, 1))
    for said in more:
        people(conversation, 1, said)
    refresh(conversation)
    close(conversation)
    after = refresh(conversation)

    assert before is not None
    assert after is not None
    for row in before.totals:
        for share in (row.agree, row.disagree):
            assert share.n is not None
            assert share.low is not None
            assert share.high is not None
            width = (share.high - share.low) * share.n / 100
            assert width >= 9, "the earlier count may be any of ten"
            assert share.percent is None
