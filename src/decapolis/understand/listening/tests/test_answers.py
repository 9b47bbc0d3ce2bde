"""What residents do: each answer is kept once, by whom it is, while it may be given, and gone when taken back."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decapolis.city.audit.models import Body
from decapolis.plumbing import tokens
from decapolis.plumbing.acting import OPERATOR, Actor, act
from decapolis.understand.listening import ballots
from decapolis.understand.listening.actions.answers import (
    MOST_PROPOSALS,
    Answer,
    Voice,
    answers_of,
    give_answer,
    give_first_answer,
    proposals_of,
    propose_statement,
    take_everything_back,
    voice_of_code,
)
from decapolis.understand.listening.factories.open import make_open_conversation
from decapolis.understand.listening.models import Conversation, Moderation, Participant, State, Statement, Vote

pytestmark = pytest.mark.django_db
RESIDENT = Actor("participant")
TODAY = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _stopped_clock(frozen_clock):
    return frozen_clock


@pytest.fixture
def asked() -> Conversation:
    return make_open_conversation()


def somebody(conversation: Conversation) -> Voice:
    return Voice(conversation.pk, tokens.new_token())


def answer(voice: Voice, statement: int = 0, value: int = 1, probability: float | None = None) -> bool:
    given = Answer(statement, value, probability)
    known = give_answer(voice=voice, answer=given, by=RESIDENT)
    return known or give_first_answer(voice=voice, answer=given, by=RESIDENT)


def propose(voice: Voice, text: str = "Toilets.") -> bool:
    return propose_statement(voice=voice, text=text, language="en", by=RESIDENT)


def change(conversation: Conversation, **values: object) -> None:
    with act():
        Conversation.objects.filter(pk=conversation.pk).update(**values)


class TestGiveAnswer:
    def test_an_answer_is_kept_with_its_day_and_the_chance_of_its_draw(self, asked):
        voice = somebody(asked)
        assert answer(voice, 1, -1, 0.25)
        vote = Vote.objects.get()
        assert (vote.statement.number, vote.value, vote.day, vote.probability) == (1, -1, TODAY.date(), 0.25)
        assert vote.participant.conversation == asked

    def test_an_answer_changed_is_one_row_and_keeps_the_chance_of_its_first_draw(self, asked):
        voice = somebody(asked)
        answer(voice, 1, -1, 0.25)
        assert answer(voice, 1, 0)
        assert Vote.objects.values_list("value", "probability").get() == (0, 0.25)

    def test_two_people_are_two_rows(self, asked):
        for value in (1, -1):
            answer(somebody(asked), 0, value)
        assert Participant.objects.count() == Vote.objects.count() == 2

    def test_of_somebody_only_hashes_are_stored(self, asked):
        voice = somebody(asked)
        answer(voice)
        row = Participant.objects.values_list("token_hash", "code_hash", "sealed_token").get()
        stored = b"".join(bytes(value or b"") for value in row)
        assert voice.token not in stored
        assert voice.code.encode() not in stored

    def test_one_statement_of_sql_keeps_an_answer_of_somebody_who_is_known(self, asked):
        voice = somebody(asked)
        answer(voice)
        with CaptureQueriesContext(connection) as captured:
            answer(voice, 1)
        assert len(captured) == 1

    def test_acts_of_participants_leave_no_line_in_the_audit(self, asked):
        voice = somebody(asked)
        before = Body.objects.count()
        answer(voice)
        propose(voice)
        take_everything_back(voice=voice, by=RESIDENT)
        assert Body.objects.count() == before

    @pytest.mark.parametrize("known", [False, True])
    @pytest.mark.parametrize(
        "values",
        [
            {"state": State.CLOSED},
            {"state": State.DRAFT},
            {"opened_on": (TODAY + timedelta(days=1)).date()},
            {"closed_on": (TODAY - timedelta(days=1)).date()},
        ],
    )
    def test_nothing_is_kept_where_a_conversation_is_not_open(self, asked, values, known):
        voice = somebody(asked)
        if known:
            answer(voice, 1)
        before = Vote.objects.count(), Participant.objects.count()
        change(asked, **values)
        assert not answer(voice)
        assert (Vote.objects.count(), Participant.objects.count()) == before

    def test_a_conversation_without_last_day_is_open(self, asked):
        change(asked, closed_on=None)
        assert answer(somebody(asked))

    @pytest.mark.parametrize(("strict", "moderation", "kept"), [
        (True, Moderation.OPEN, False), (True, Moderation.REFUSED, False), (True, Moderation.ACCEPTED, True),
        (False, Moderation.OPEN, True), (False, Moderation.REFUSED, False),
    ])  # fmt: skip
    def test_only_statements_that_are_shown_are_answered(self, asked, strict, moderation, kept):
        change(asked, is_strict=strict)
        with act():
            asked.statements.filter(number=0).update(moderation=moderation)
        assert answer(somebody(asked)) is kept
        assert Participant.objects.count() == kept

    def test_a_statement_of_another_conversation_is_not_answered_here(self, asked):
        other = make_open_conversation(("Trams.", "Trees.", "Paint.", "Shade."))
        voice = somebody(asked)
        assert not answer(voice, 3)
        assert answer(somebody(other), 3)

    def test_a_token_is_somebody_else_in_another_conversation(self, asked):
        other, token = make_open_conversation(), tokens.new_token()
        voices = [Voice(conversation.pk, token) for conversation in (asked, other)]
        assert voices[0].token_hash != voices[1].token_hash
        assert voices[0].code != voices[1].code
        answer(voices[0])
        assert answers_of(voice=voices[1], by=RESIDENT) == {}

    @pytest.mark.parametrize("by", [OPERATOR, Actor("person", "1"), Actor("job", "x")])
    def test_only_participants_answer(self, asked, by):
        with pytest.raises(PermissionDenied):
            give_answer(voice=somebody(asked), answer=Answer(0, 1), by=by)
        with pytest.raises(PermissionDenied):
            give_first_answer(voice=somebody(asked), answer=Answer(0, 1), by=by)
        with pytest.raises(PermissionDenied):
            answers_of(voice=somebody(asked), by=by)
        assert not Vote.objects.exists()


class TestProposals:
    def test_a_proposal_waits_and_is_seen_by_its_author_alone(self, asked):
        voice = somebody(asked)
        assert propose(voice)
        row = Statement.objects.get(number=3)
        assert (row.text, row.moderation, row.proposed_on) == ("Toilets.", Moderation.OPEN, TODAY.date())
        assert [each.text for each in proposals_of(voice=voice, by=RESIDENT)] == ["Toilets."]
        assert proposals_of(voice=somebody(asked), by=RESIDENT) == []
        assert not answer(somebody(asked), 3)

    def test_the_first_statement_of_a_conversation_has_number_0(self):
        empty = make_open_conversation(())
        propose(somebody(empty))
        assert Statement.objects.get().number == 0

    def test_a_closed_conversation_takes_no_proposals(self, asked):
        change(asked, state=State.CLOSED)
        assert not propose(somebody(asked))
        assert not Participant.objects.exists()

    @pytest.mark.slow
    def test_nobody_proposes_without_end(self, asked):
        voice = somebody(asked)
        assert [propose(voice) for _ in range(MOST_PROPOSALS + 1)] == [True] * MOST_PROPOSALS + [False]
        assert propose(somebody(asked))


class TestReceipts:
    def test_a_code_gives_the_token_back(self, asked):
        voice = somebody(asked)
        answer(voice)
        assert voice_of_code(conversation=asked.pk, code=voice.code, by=RESIDENT) == voice

    def test_a_code_of_another_conversation_or_of_nobody_gives_nothing(self, asked):
        voice = somebody(asked)
        answer(voice)
        other = make_open_conversation()
        assert voice_of_code(conversation=other.pk, code=voice.code, by=RESIDENT) is None
        assert voice_of_code(conversation=asked.pk, code=somebody(asked).code, by=RESIDENT) is None


class TestTakeEverythingBack:
    def test_nothing_of_somebody_stays(self, asked):
        voice, other = somebody(asked), somebody(asked)
        for each in (voice, other):
            answer(each, 0)
            answer(each, 1, -1)
        propose(voice)
        assert take_everything_back(voice=voice, by=RESIDENT) == 2
        assert answers_of(voice=voice, by=RESIDENT) == {}
        assert answers_of(voice=other, by=RESIDENT) == {0: 1, 1: -1}
        assert Participant.objects.count() == 1
        assert not Statement.objects.filter(text="Toilets.").exists()

    def test_what_others_answered_to_an_own_statement_goes_with_it(self, asked):
        voice, other = somebody(asked), somebody(asked)
        propose(voice)
        with act():
            Statement.objects.filter(number=3).update(moderation=Moderation.ACCEPTED)
        answer(other, 3)
        answer(other, 0)
        take_everything_back(voice=voice, by=RESIDENT)
        assert answers_of(voice=other, by=RESIDENT) == {0: 1}

    def test_an_analysis_finds_the_same_as_if_nothing_had_been_given(self, asked):
        staying = [somebody(asked) for _ in range(3)]
        for place, voice in enumerate(staying):
            answer(voice, place, 1 - place)
        before, _ = ballots.votes_of(asked)
        voice = somebody(asked)
        answer(voice, 0, -1)
        propose(voice)
        assert len(ballots.votes_of(asked)[0]) == 4
        take_everything_back(voice=voice, by=RESIDENT)
        after, _ = ballots.votes_of(asked)
        for name in ("participants", "statements", "starts", "columns", "values"):
            assert np.array_equal(getattr(before, name), getattr(after, name)), name

    def test_taking_back_twice_or_as_nobody_is_nothing(self, asked):
        answer(somebody(asked))
        assert take_everything_back(voice=somebody(asked), by=RESIDENT) == 0
        assert Vote.objects.count() == 1
