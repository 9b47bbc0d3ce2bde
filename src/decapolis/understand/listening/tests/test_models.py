"""What must always hold is held by the database: each test tries to break one rule."""

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models
from django.db.migrations.operations import AddField

from decapolis.plumbing.acting import act
from decapolis.plumbing.fates import Erase, Keep, faults
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

pytestmark = pytest.mark.django_db
MODELS = list(apps.get_app_config("listening").get_models())
LATER = date(2028, 3, 1)


def create(model: type[models.Model], **values: Any) -> Any:
    with act():
        return model._default_manager.create(**values)


def make_conversation(**changes: Any) -> Conversation:
    given = {"slug": "quay", "reference": "LIS-2026-0001", "question": "What?", "language": "en"}
    made: Conversation = create(Conversation, **(given | {"votes_kept_until": LATER} | changes))
    return made


def make_statement(**changes: Any) -> Statement:
    given = {"number": 1, "language": "en", "text": "Light."} | changes
    made: Statement = create(
        Statement, **(given if "conversation" in given else given | {"conversation": make_conversation()})
    )
    return made


def refused(name: str) -> Any:
    return pytest.raises(IntegrityError, match=rf"{name}|UNIQUE constraint failed: {UNIQUE.get(name, '-')}")


UNIQUE = {
    "listening_conversation_slug_once": "listening_conversation.slug",
    "listening_conversation_reference_once": "listening_conversation.reference",
    "listening_conversationtranslation_language_once": "listening_conversationtranslation.conversation_id",
    "listening_statement_number_once": "listening_statement.conversation_id",
    "listening_statementtranslation_language_once": "listening_statementtranslation.statement_id",
    "listening_result_one_a_conversation": "listening_result.conversation_id",
    "listening_participant_token_once": "listening_participant.token_hash",
    "listening_participant_code_once": "listening_participant.code_hash",
    "listening_referencecount_one_a_year": "listening_referencecount.year",
}
"""SQLite names the columns of a broken unique constraint, and not the constraint."""


def test_slug_once():
    make_conversation()
    with refused("listening_conversation_slug_once"):
        make_conversation(reference="LIS-2026-0002")


def test_reference_once():
    make_conversation()
    with refused("listening_conversation_reference_once"):
        make_conversation(slug="mill")


@pytest.mark.parametrize("field", ["question", "language"])
def test_conversation_has_question_and_language(field: str):
    with refused(f"listening_conversation_has_{field}"):
        make_conversation(**{field: ""})


def test_conversation_opens_before_it_closes():
    with refused("listening_conversation_opens_before_it_closes"):
        make_conversation(opened_on=date(2026, 3, 2), closed_on=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("opened_on", "closed_on"),
    [(date(2026, 3, 1), date(2026, 3, 1)), (None, date(2026, 3, 1)), (date(2026, 3, 1), None)],
)
def test_conversation_may_close_on_the_same_day_or_on_an_unknown_one(opened_on: date | None, closed_on: date | None):
    assert make_conversation(opened_on=opened_on, closed_on=closed_on).pk


def test_translation_of_a_conversation_once_a_language():
    conversation = make_conversation()
    create(ConversationTranslation, conversation=conversation, language="fr", question="Quoi ?")
    with refused("listening_conversationtranslation_language_once"):
        create(ConversationTranslation, conversation=conversation, language="fr", question="Que ?")


def test_translation_of_a_conversation_has_a_question():
    with refused("listening_conversationtranslation_has_question"):
        create(ConversationTranslation, conversation=make_conversation(), language="fr", question="")


def test_number_of_a_statement_once():
    statement = make_statement()
    with refused("listening_statement_number_once"):
        make_statement(conversation=statement.conversation)


@pytest.mark.parametrize("moderation", [-2, 2])
def test_moderation_is_one_of_three(moderation: int):
    with refused("listening_statement_moderation"):
        make_statement(moderation=moderation)


def test_number_of_a_statement_is_not_negative():
    with refused("listening_statement_number_not_negative"):
        make_statement(number=-1)


def test_translation_of_a_statement_once_a_language():
    statement = make_statement()
    create(StatementTranslation, statement=statement, language="fr", text="De la lumière.")
    with refused("listening_statementtranslation_language_once"):
        create(StatementTranslation, statement=statement, language="fr", text="Lumière.")


def test_translation_of_a_statement_has_a_text():
    with refused("listening_statementtranslation_has_text"):
        create(StatementTranslation, statement=make_statement(), language="fr", text="")


@pytest.mark.parametrize("value", [-2, 2])
def test_value_of_a_vote_is_one_of_three(value: int):
    statement = make_statement()
    participant = create(Participant, conversation=statement.conversation)
    with refused("listening_vote_value"):
        create(Vote, participant=participant, statement=statement, value=value)


def test_participant_votes_once_on_a_statement():
    statement = make_statement()
    participant = create(Participant, conversation=statement.conversation)
    create(Vote, participant=participant, statement=statement, value=1)
    with act(), pytest.raises(IntegrityError):
        Vote.objects.bulk_create([Vote(participant=participant, statement=statement, value=-1)])


def test_one_result_a_conversation():
    conversation = make_conversation()
    values = {"conversation": conversation, "mode": "default", "version": "1", "document": {}}
    create(Result, computed_at="2026-03-01T12:00Z", **values)
    with refused("listening_result_one_a_conversation"):
        create(Result, computed_at="2026-03-02T12:00Z", **values)


def test_one_count_of_references_a_year():
    create(ReferenceCount, year=2026)
    with refused("listening_referencecount_one_a_year"):
        create(ReferenceCount, year=2026)


def test_count_of_references_begins_where_those_given_end():
    for slug, reference in (("a", "LIS-2025-0007"), ("b", "LIS-2026-10001"), ("c", "LIS-2026-9999"), ("d", "other")):
        make_conversation(slug=slug, reference=reference)
    migration = import_module("decapolis.understand.listening.migrations.0002_reference_counts")
    for _ in range(2):
        with act():
            migration.count_what_was_given(apps, None)
    assert dict(ReferenceCount.objects.values_list("year", "given")) == {2025: 7, 2026: 10_001}


def test_state_of_a_conversation_is_a_known_one():
    with refused("listening_conversation_state"):
        make_conversation(state="paused")


WHY = {
    "purpose": "To decide.",
    "paid_by": "The city",
    "what_happens_next": "It answers.",
    "opened_on": date(2026, 3, 1),
    "answer_due_on": date(2026, 6, 30),
}


@pytest.mark.parametrize("missing", [*WHY, None])
def test_a_conversation_says_why_before_it_opens(missing: str | None):
    given = {name: value for name, value in WHY.items() if name != missing}
    if missing is None:
        assert make_conversation(state="open", **given).state == "open"
        return
    with refused("listening_conversation_says_why_before_it_opens"):
        make_conversation(state="open", **given)


@pytest.mark.parametrize(("field", "name"), [
    ("token_hash", "listening_participant_token_once"), ("code_hash", "listening_participant_code_once"),
])  # fmt: skip
def test_tokens_and_codes_of_participants_are_there_once(field: str, name: str):
    conversation = make_conversation()
    create(Participant, conversation=conversation, **{field: b"x" * 32})
    with refused(name):
        create(Participant, conversation=conversation, **{field: b"x" * 32})


@pytest.mark.parametrize("chance", [0.0, -0.1, 1.1])
def test_probability_of_a_vote_is_a_chance(chance: float):
    statement = make_statement()
    participant = create(Participant, conversation=statement.conversation)
    with refused("listening_vote_probability"):
        create(Vote, participant=participant, statement=statement, value=1, probability=chance)


def test_every_named_constraint_is_broken_by_a_test_here():
    named = {constraint.name for model in MODELS for constraint in model._meta.constraints}
    here = Path(__file__).read_text(encoding="utf-8")
    tried = {name for name in named if name in here}
    by_parameter = {"listening_conversation_has_question", "listening_conversation_has_language"}
    assert named - tried - by_parameter == set()


@pytest.mark.parametrize("model", MODELS)
def test_every_field_has_a_fate(model: type[models.Model]):
    assert list(faults(model)) == []


@pytest.mark.parametrize("model", [Participant, Vote])
def test_everything_of_a_participant_is_erased(model: type[Participant] | type[Vote]):
    assert all(isinstance(fate, Erase) for fate in model.fates.values())


def test_a_result_is_public_record():
    assert all(isinstance(fate, Keep) for fate in Result.fates.values())


def test_a_participant_is_known_by_the_conversation_and_by_hashes():
    known = {"id", "conversation", "token_hash", "code_hash", "sealed_token"}
    assert {field.name for field in Participant._meta.fields} == known


def test_a_vote_has_a_day_and_no_time():
    assert {field.name: type(field).__name__ for field in Vote._meta.fields if field.name not in ("pk", "value")} == {
        "participant": "ForeignKey",
        "statement": "ForeignKey",
        "day": "DateField",
        "probability": "FloatField",
    }


def test_conversations_that_were_imported_before_are_closed_and_show_what_they_showed():
    migration = import_module("decapolis.understand.listening.migrations.0003_taking_part")
    added = [each for each in migration.Migration.operations if isinstance(each, AddField)]
    given = {each.name: each.field.default for each in added if each.name in ("state", "is_strict")}
    assert given == {"state": "closed", "is_strict": False}
