import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from decapolis.city.access.public import ANYONE, Viewer
from decapolis.plumbing.acting import OPERATOR
from decapolis.understand.listening import public, queries
from decapolis.understand.listening.actions.conversations import Words, store_result
from decapolis.understand.listening.files import ConversationFiles
from decapolis.understand.listening.models import Conversation, Result
from decapolis.understand.listening.queries import StatementText
from decapolis.understand.listening.tests.conftest import FACTS
from decapolis.understand.listening.tests.exports import wide
from decapolis.understand.listening.tests.sample_results import EVERY_CASE, THREE_GROUPS
from decapolis_methods.opinion.released import Released, as_document, from_document

pytestmark = pytest.mark.django_db
Store = Callable[..., Conversation]
THE_OPERATOR = Viewer("operator")
IN_FRENCH = replace(
    FACTS,
    translations={"fr": Words("Que faire le soir ?", asked_by="Bureau de la prévention")},
    statement_translations={"fr": {0: "Il faut de la lumière sur le quai."}},
)


@pytest.fixture
def publish() -> Callable[..., Result]:
    def published(conversation: Conversation, released: Released = THREE_GROUPS) -> Result:
        return store_result(conversation=conversation, released=released, by=OPERATOR)

    return published


def number_of_queries(read: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


class TestConversation:
    def test_a_conversation_without_result_is_seen_by_the_operator_alone(self, quay: Conversation):
        assert queries.conversation(viewer=THE_OPERATOR, slug="quay") == quay
        with pytest.raises(Http404):
            queries.conversation(viewer=ANYONE, slug="quay")

    def test_a_conversation_with_a_result_is_seen_by_anyone(self, quay: Conversation, publish: Callable[..., Result]):
        publish(quay)
        assert queries.conversation(viewer=ANYONE, slug="quay") == quay

    def test_a_wrong_viewer_and_a_wrong_slug_get_the_same_answer(self, quay: Conversation):
        assert quay.slug == "quay"
        answers = []
        for slug in ("quay", "mill"):
            with pytest.raises(Http404) as caught:
                queries.result(viewer=ANYONE, slug=slug)
            answers.append((type(caught.value), caught.value.args))
        assert answers[0] == answers[1]

    def test_conversations_come_in_the_order_of_their_references(self, store: Store):
        for slug in ("b", "a"):
            store(wide(1), replace(FACTS, slug=slug))
        assert [each.slug for each in queries.conversations(viewer=THE_OPERATOR)] == ["b", "a"]
        assert list(queries.conversations(viewer=ANYONE)) == []


class TestResults:
    def test_results_are_none_before_there_is_one(self, quay: Conversation):
        assert quay.slug == "quay"
        assert queries.results(viewer=ANYONE) == queries.results(viewer=THE_OPERATOR) == []

    def test_results_say_what_was_asked_and_how_many_answered(
        self, frozen_clock: datetime, store: Store, quay_files: ConversationFiles, publish: Callable[..., Result]
    ):
        publish(store(quay_files))
        assert queries.results(viewer=ANYONE) == [
            queries.ResultSummary(
                slug="quay",
                reference="LIS-2026-0001",
                question="What would make evenings better?",
                language="en",
                participants=THREE_GROUPS.participants,
                statements=THREE_GROUPS.statements,
                votes=THREE_GROUPS.votes,
                opened_on=date(2014, 6, 18),
                closed_on=date(2014, 6, 19),
                computed_at=frozen_clock,
                is_fictional=False,
            )
        ]

    @pytest.mark.parametrize(
        ("language", "question", "shown_in"),
        [
            ("fr", "Que faire le soir ?", "fr"),
            ("ar", "What would make evenings better?", "en"),
            ("", "What would make evenings better?", "en"),
        ],
    )
    def test_results_give_the_question_in_the_language_asked_for_or_in_its_own(
        self,
        store: Store,
        quay_files: ConversationFiles,
        publish: Callable[..., Result],
        language: str,
        question: str,
        shown_in: str,
    ):
        publish(store(quay_files, IN_FRENCH))
        (summary,) = queries.results(viewer=ANYONE, language=language)
        assert (summary.question, summary.language) == (question, shown_in)

    def test_results_come_newest_first_and_undated_last(self, store: Store, publish: Callable[..., Result]):
        votes = wide(1).votes
        for slug, day in (("undated", None), ("old", "2024-01-01"), ("new", "2026-01-01")):
            given = None if day is None else np.array([day], dtype="datetime64[D]")
            publish(store(replace(wide(1), votes=replace(votes, day=given)), replace(FACTS, slug=slug)))
        assert [summary.slug for summary in queries.results(viewer=ANYONE)] == ["new", "old", "undated"]

    def test_other_parts_read_the_newest_results_only(self, store: Store, publish: Callable[..., Result]):
        for number in range(3):
            publish(store(wide(1), replace(FACTS, slug=f"town-{number}")))
        latest = public.latest_results(viewer=ANYONE, language="en", limit=2)
        assert latest == queries.results(viewer=ANYONE, language="en")[:2]
        assert len(latest) == 2

    def test_results_take_one_query(self, store: Store, publish: Callable[..., Result]):
        for number in range(3):
            publish(store(wide(1), replace(FACTS, slug=f"town-{number}")))
        assert number_of_queries(lambda: queries.results(viewer=ANYONE, language="fr")) == 1


class TestResult:
    @pytest.mark.parametrize("case", EVERY_CASE)
    def test_what_was_released_comes_back_to_the_last_digit(
        self, store: Store, publish: Callable[..., Result], case: str
    ):
        publish(store(wide(11)), EVERY_CASE[case])
        assert queries.result(viewer=ANYONE, slug="quay").released == EVERY_CASE[case]

    def test_what_was_released_is_read_once_for_many_pages(self, store: Store, publish: Callable[..., Result]):
        publish(store(wide(11)))
        pages = [queries.result(viewer=ANYONE, slug="quay", language=language) for language in ("en", "fr")]
        assert pages[0].released.totals[0] is pages[1].released.totals[0]

    def test_a_new_result_is_shown_at_once_even_at_the_same_moment(
        self, frozen_clock: datetime, store: Store, publish: Callable[..., Result]
    ):
        conversation = store(wide(11))
        for votes in (900, 901, 900):
            publish(conversation, replace(THREE_GROUPS, votes=votes))
            page = queries.result(viewer=ANYONE, slug="quay")
            assert (page.released.votes, page.computed_at) == (votes, frozen_clock)

    def test_no_more_than_a_few_results_are_held_ready(self, store: Store, publish: Callable[..., Result]):
        conversation = store(wide(11))
        for votes in range(queries.HELD + 3):
            publish(conversation, replace(THREE_GROUPS, votes=votes))
            queries.result(viewer=ANYONE, slug="quay")
        assert queries._read.cache_info().currsize == queries.HELD

    def test_result_gives_the_facts(self, quay: Conversation, publish: Callable[..., Result]):
        publish(quay)
        facts = queries.result(viewer=ANYONE, slug="quay", language="fr").conversation
        assert (facts.question, facts.asked_by) == ("What would make evenings better?", "Prevention office")
        assert (facts.language, facts.original_language, facts.is_machine_written) == ("en", "en", False)
        assert (facts.opened_on, facts.closed_on) == (date(2014, 6, 18), date(2014, 6, 19))

    def test_result_gives_the_facts_in_another_language_and_says_who_wrote_it(
        self, store: Store, quay_files: ConversationFiles, publish: Callable[..., Result]
    ):
        publish(store(quay_files, IN_FRENCH))
        facts = queries.result(viewer=ANYONE, slug="quay", language="fr").conversation
        assert (facts.question, facts.asked_by) == ("Que faire le soir ?", "Bureau de la prévention")
        assert (facts.language, facts.original_language, facts.is_machine_written) == ("fr", "en", True)

    def test_result_gives_each_statement_in_the_language_asked_for_or_in_its_own(
        self, store: Store, quay_files: ConversationFiles, publish: Callable[..., Result]
    ):
        publish(store(quay_files, IN_FRENCH))
        assert queries.result(viewer=ANYONE, slug="quay", language="fr").statements == {
            0: StatementText("Il faut de la lumière sur le quai.", "fr", is_machine_written=True),
            1: StatementText("The last bus leaves\ntoo early.", "en"),
        }

    def test_result_never_gives_a_refused_statement(self, quay: Conversation, publish: Callable[..., Result]):
        publish(quay)
        assert 2 not in queries.result(viewer=ANYONE, slug="quay").statements

    def test_result_gives_the_number_where_the_source_has_no_text(self, store: Store, publish: Callable[..., Result]):
        files = wide(1)
        publish(store(replace(files, statements=(replace(files.statements[0], text=None),))))
        assert queries.result(viewer=ANYONE, slug="quay").statements == {0: StatementText("#0", "")}

    @pytest.mark.slow
    @pytest.mark.parametrize("statements", [50, 5_000])
    def test_result_takes_three_queries_for_50_and_for_5000_statements(
        self, store: Store, publish: Callable[..., Result], statements: int
    ):
        publish(store(wide(statements), replace(IN_FRENCH, statement_translations={})))
        assert number_of_queries(lambda: queries.result(viewer=ANYONE, slug="quay", language="fr")) == 3


@pytest.mark.parametrize("case", EVERY_CASE)
def test_a_document_survives_the_way_through_json(case: str):
    document: Any = json.loads(json.dumps(as_document(EVERY_CASE[case])))
    assert from_document(document) == EVERY_CASE[case]
