from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decapolis.city.audit import public as audit
from decapolis.plumbing.acting import OPERATOR, Actor, act
from decapolis.understand.listening.actions import conversations
from decapolis.understand.listening.actions.conversations import NotStored, Words
from decapolis.understand.listening.files import ConversationFiles, RawVotes, StatementRow
from decapolis.understand.listening.models import (
    Conversation,
    ConversationTranslation,
    Participant,
    ReferenceCount,
    Result,
    Statement,
    StatementTranslation,
    Vote,
)
from decapolis.understand.listening.tests.conftest import FACTS
from decapolis.understand.listening.tests.sample_results import THREE_GROUPS
from decapolis_methods.errors import MethodError
from decapolis_methods.opinion.released import Released, from_document

pytestmark = pytest.mark.django_db
Store = Callable[..., Conversation]
EVERYTHING = (Conversation, ConversationTranslation, Statement, StatementTranslation, Participant, Vote, Result)
RESIDENT = Actor("participant", "hash")


def stored_rows() -> int:
    return sum(model._default_manager.count() for model in EVERYTHING)


def town(people: int = 120, statements: int = 12, seed: int = 7) -> ConversationFiles:
    """A made-up town whose two halves disagree on every second statement; everybody answers everything."""
    rng = np.random.default_rng(seed)
    half, odd = np.arange(people)[:, None] < people // 2, np.arange(statements)[None, :] % 2 == 1
    values = np.where(odd & half, -1, 1) * np.where(rng.random((people, statements)) < 0.1, -1, 1)
    who, what = np.divmod(np.arange(people * statements), statements)
    votes = RawVotes(who, what, values.ravel().astype(np.int8), None)
    rows = tuple(
        StatementRow(number, 1, is_meta=False, line=0, text=f"Sentence {number}.") for number in range(statements)
    )
    return ConversationFiles("Town", "", "", rows, votes, ())


class TestImport:
    def test_import_conversation_stores_every_row(self, quay: Conversation):
        rows = Vote.objects.order_by("participant", "statement__number")
        told = list(rows.values_list("statement__number", "value", "day"))
        first, second = date(2014, 6, 18), date(2014, 6, 19)
        assert told == [(0, 1, second), (1, 1, second), (0, 1, first), (1, -1, second), (1, 0, second), (2, -1, second)]
        assert Participant.objects.filter(conversation=quay).count() == 3

    def test_import_conversation_stores_statements_as_moderated(self, quay: Conversation):
        assert list(quay.statements.order_by("number").values_list("number", "moderation", "text")) == [
            (0, 1, "The quay needs light."),
            (1, 0, "The last bus leaves\ntoo early."),
            (2, -1, ""),
        ]

    def test_import_conversation_stores_what_the_conversation_says_of_itself(self, quay: Conversation):
        assert (quay.question, quay.asked_by, quay.paid_by, quay.language) == (
            "What would make evenings better?",
            "Prevention office",
            "",
            "en",
        )
        assert (quay.opened_on, quay.closed_on) == (date(2014, 6, 18), date(2014, 6, 19))

    def test_import_conversation_says_until_when_votes_are_kept(
        self, freeze_clock: Callable[[datetime], None], store: Store, quay_files: ConversationFiles
    ):
        freeze_clock(datetime(2026, 3, 1, tzinfo=UTC))
        assert store(quay_files).votes_kept_until == date(2028, 2, 29)

    def test_import_conversation_takes_days_from_statements_where_votes_have_none(
        self, store: Store, quay_files: ConversationFiles
    ):
        files = replace(quay_files, votes=replace(quay_files.votes, day=None))
        conversation = store(files)
        assert (conversation.opened_on, conversation.closed_on) == (date(2014, 6, 18), date(2014, 6, 19))
        assert not Vote.objects.exclude(day=None).exists()

    def test_import_conversation_knows_no_day_where_none_is_given(self, store: Store):
        conversation = store(town(3, 2))
        assert (conversation.opened_on, conversation.closed_on) == (None, None)

    def test_import_conversation_stores_translations_as_written_by_a_machine(
        self, store: Store, quay_files: ConversationFiles
    ):
        facts = replace(
            FACTS,
            translations={"fr": Words("Que faire le soir ?")},
            statement_translations={"fr": {0: "Il faut de la lumière."}, "ar": {1: "الحافلة"}},
        )
        store(quay_files, facts)
        assert list(ConversationTranslation.objects.values_list("language", "question", "is_machine_written")) == [
            ("fr", "Que faire le soir ?", True)
        ]
        rows = StatementTranslation.objects.order_by("language")
        assert list(rows.values_list("statement__number", "language", "is_machine_written")) == [
            (1, "ar", True),
            (0, "fr", True),
        ]

    def test_import_conversation_reports_what_it_took(self, quay_files: ConversationFiles):
        report = conversations.import_conversation(files=quay_files, facts=FACTS, by=OPERATOR)
        assert (report.participants, report.statements, report.refused, report.votes) == (3, 3, 1, 6)
        assert report.notes[:-1] == quay_files.notes
        assert report.notes[-1].what == "description"

    def test_import_conversation_does_not_miss_the_description_where_a_purpose_is_given(
        self, quay_files: ConversationFiles
    ):
        facts = replace(FACTS, words=replace(FACTS.words, purpose="To know."))
        assert conversations.check_import(files=quay_files, facts=facts, by=OPERATOR).notes == quay_files.notes

    def test_import_conversation_tells_of_progress(self):
        told: list[int] = []
        conversations.import_conversation(files=town(3, 2), facts=FACTS, by=OPERATOR, progress=told.append)
        assert told == [6]

    def test_references_count_on_within_a_year(self, frozen_clock: datetime, store: Store):
        assert frozen_clock.year == 2026
        references = [store(town(3, 2), replace(FACTS, slug=f"town-{number}")).reference for number in range(11)]
        assert references == [f"LIS-2026-{number:04d}" for number in range(1, 12)]

    def test_references_begin_anew_each_year(self, freeze_clock: Callable[[datetime], None], store: Store):
        freeze_clock(datetime(2026, 12, 31, tzinfo=UTC))
        store(town(3, 2))
        freeze_clock(datetime(2027, 1, 1, tzinfo=UTC))
        assert store(town(3, 2), replace(FACTS, slug="mill")).reference == "LIS-2027-0001"

    def test_a_reference_is_not_given_again_when_its_conversation_is_deleted(
        self, frozen_clock: datetime, store: Store
    ):
        first, second = (store(town(3, 2), replace(FACTS, slug=slug)) for slug in ("mill", "quay"))
        for conversation in (second, first):
            conversations.delete_conversation(conversation=conversation, by=OPERATOR)
        assert store(town(3, 2)).reference == f"LIS-{frozen_clock.year}-0003"

    def test_references_go_on_beyond_four_digits(self, frozen_clock: datetime, store: Store):
        with act():
            ReferenceCount.objects.create(year=frozen_clock.year, given=9_999)
        references = [store(town(3, 2), replace(FACTS, slug=f"town-{number}")).reference for number in range(3)]
        assert references == [f"LIS-2026-{number}" for number in (10_000, 10_001, 10_002)]

    def test_an_import_that_failed_takes_no_reference(self, frozen_clock: datetime, store: Store):
        def stop(_: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            conversations.import_conversation(files=town(3, 2), facts=FACTS, by=OPERATOR, progress=stop)
        assert store(town(3, 2)).reference == f"LIS-{frozen_clock.year}-0001"

    def test_import_conversation_does_not_replace_unasked(self, quay: Conversation, quay_files: ConversationFiles):
        before = stored_rows()
        with pytest.raises(NotStored, match="“quay” is here already"):
            conversations.import_conversation(files=quay_files, facts=FACTS, by=OPERATOR)
        assert stored_rows() == before
        assert Conversation.objects.get() == quay

    def test_import_conversation_replaces_when_asked_and_keeps_the_reference(self, quay: Conversation):
        conversations.import_conversation(files=town(3, 2), facts=FACTS, by=OPERATOR, replace=True)
        replaced = Conversation.objects.get()
        assert (replaced.reference, replaced.pk == quay.pk) == (quay.reference, False)
        assert (Participant.objects.count(), Vote.objects.count(), Statement.objects.count()) == (3, 6, 2)

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"slug": "not a slug"}, "--slug: "),
            ({"slug": ""}, "--slug: "),
            ({"slug": "x" * 81}, "--slug: "),
            ({"words": Words("")}, "--question: "),
            ({"words": Words("x" * 301)}, "--question: "),
            ({"language": ""}, "--language: "),
            ({"credit_url": "javascript:alert(1)"}, "--credit-url: "),
        ],
    )
    def test_import_conversation_refuses_facts_that_cannot_be(
        self, quay_files: ConversationFiles, change: dict[str, Any], said: str
    ):
        with pytest.raises(NotStored, match=said):
            conversations.import_conversation(files=quay_files, facts=replace(FACTS, **change), by=OPERATOR)
        assert stored_rows() == 0

    def test_import_conversation_leaves_nothing_half_imported(self, quay: Conversation):
        before = stored_rows()

        def stop(_: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            conversations.import_conversation(files=town(3, 2), facts=FACTS, by=OPERATOR, replace=True, progress=stop)
        assert stored_rows() == before
        assert Conversation.objects.get() == quay

    def test_import_conversation_asks_for_permission(self, quay_files: ConversationFiles):
        with pytest.raises(PermissionDenied):
            conversations.import_conversation(files=quay_files, facts=FACTS, by=RESIDENT)
        assert stored_rows() == 0

    def test_check_import_stores_nothing(self, quay_files: ConversationFiles):
        report = conversations.check_import(files=quay_files, facts=FACTS, by=OPERATOR)
        assert (report.reference, report.votes, stored_rows()) == ("", 6, 0)

    def test_check_import_refuses_what_an_import_would(self, quay: Conversation, quay_files: ConversationFiles):
        assert quay.slug == FACTS.slug
        with pytest.raises(NotStored):
            conversations.check_import(files=quay_files, facts=FACTS, by=OPERATOR)
        assert conversations.check_import(files=quay_files, facts=FACTS, by=OPERATOR, replace=True).votes == 6


class TestDelete:
    def test_delete_conversation_leaves_nothing_of_it(self, quay: Conversation, store: Store):
        other = store(town(3, 2), replace(FACTS, slug="town"))
        conversations.delete_conversation(conversation=quay, by=OPERATOR)
        assert list(Conversation.objects.all()) == [other]
        assert (Participant.objects.count(), Vote.objects.count(), Statement.objects.count()) == (3, 6, 2)

    def test_delete_conversation_asks_for_permission(self, quay: Conversation):
        with pytest.raises(PermissionDenied):
            conversations.delete_conversation(conversation=quay, by=RESIDENT)
        assert Conversation.objects.exists()

    @pytest.mark.slow
    def test_delete_conversation_needs_no_query_for_each_person(self, store: Store):
        counts = []
        for people in (20, 400):
            conversation = store(town(people, 4), replace(FACTS, slug=f"town-{people}"))
            with CaptureQueriesContext(connection) as captured:
                conversations.delete_conversation(conversation=conversation, by=OPERATOR)
            counts.append(len(captured))
        assert counts[0] == counts[1]


class TestAnalysis:
    @pytest.fixture
    def released(self, store: Store) -> Released:
        conversation = store(town())
        result = conversations.analyse_conversation(conversation=conversation, by=OPERATOR, bootstrap=0)
        return from_document(result.document)

    def test_analyse_conversation_finds_what_was_planted(self, released: Released):
        assert (released.participants, released.statements, released.votes) == (120, 12, 1440)
        assert [group.people for group in released.groups] == [60, 60]
        assert {each.statement for each in released.dividing} <= {1, 3, 5, 7, 9, 11}
        assert {each.statement for each in released.common} <= {0, 2, 4, 6, 8, 10}

    def test_analyse_conversation_stores_released_figures_only(self, released: Released):
        document = Result.objects.get().document
        assert from_document(document) == released
        assert "members" not in str(document)
        assert "positions" not in str(document)

    def test_analyse_conversation_says_when_and_how(self, store: Store, frozen_clock: datetime):
        result = conversations.analyse_conversation(conversation=store(town()), by=OPERATOR, bootstrap=0)
        stored = Result.objects.get(pk=result.pk)
        assert (stored.computed_at, stored.mode) == (frozen_clock, "default")
        assert stored.version == stored.document["version"] != ""

    def test_analyse_conversation_keeps_one_result(self, store: Store):
        conversation = store(town())
        for seed in (0, 1):
            conversations.analyse_conversation(
                conversation=conversation, by=OPERATOR, bootstrap=0, seed=seed, again=True
            )
        assert Result.objects.get().document["seed"] == 1

    def test_analyse_conversation_a_second_time_only_where_that_is_meant(self, store: Store):
        conversation = store(town())
        conversations.analyse_conversation(conversation=conversation, by=OPERATOR, bootstrap=0)
        with pytest.raises(conversations.NotStored, match="could subtract the new one"):
            conversations.analyse_conversation(conversation=conversation, by=OPERATOR, bootstrap=0, seed=1)
        assert Result.objects.get().document["seed"] == 0

    def test_analyse_conversation_says_what_cannot_be_analysed(self, store: Store, quay_files: ConversationFiles):
        refused = tuple(replace(row, moderation=-1) for row in quay_files.statements)
        conversation = store(replace(quay_files, statements=refused))
        with pytest.raises(MethodError):
            conversations.analyse_conversation(conversation=conversation, by=OPERATOR)
        assert not Result.objects.exists()

    def test_analyse_conversation_asks_for_permission(self, quay: Conversation):
        with pytest.raises(PermissionDenied):
            conversations.analyse_conversation(conversation=quay, by=RESIDENT)
        assert not Result.objects.exists()

    def test_store_result_asks_for_permission(self, quay: Conversation):
        before = Result.objects.count()
        with pytest.raises(PermissionDenied):
            conversations.store_result(conversation=quay, released=THREE_GROUPS, by=RESIDENT)
        assert Result.objects.count() == before


class Overseer:
    """Somebody who may read the audit."""

    def may(self, key: str) -> bool:
        return bool(key)


class TestAudit:
    def acts(self) -> list[tuple[str, str, str]]:
        lines = audit.entries(Overseer()).lines
        return [(line.act, line.subject, line.outcome) for line in reversed(lines)]

    def test_each_act_leaves_a_line_in_the_audit(self, store: Store):
        conversation = store(town())
        subject = f"listening.conversation:{conversation.pk}"
        conversations.analyse_conversation(conversation=conversation, by=OPERATOR, bootstrap=0)
        conversations.delete_conversation(conversation=conversation, by=OPERATOR)
        assert self.acts() == [
            ("listening.import_conversation", subject, "done"),
            ("listening.store_result", subject, "done"),
            ("listening.delete_conversation", subject, "done"),
        ]

    def test_an_import_that_failed_leaves_none(self, quay_files: ConversationFiles):
        with pytest.raises(NotStored):
            conversations.import_conversation(files=quay_files, facts=replace(FACTS, slug="no slug"), by=OPERATOR)
        assert self.acts() == []
