"""What the tests of listening share: a small conversation to import, and one that is in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from decapolis.plumbing.acting import OPERATOR
from decapolis.understand.listening.actions.conversations import Facts, Words, import_conversation
from decapolis.understand.listening.files import ConversationFiles, read_conversation
from decapolis.understand.listening.models import Conversation
from decapolis.understand.listening.tests.exports import WITH_LOG, write_export

FACTS = Facts("quay", Words("What would make evenings better?", asked_by="Prevention office"), "en")


@pytest.fixture
def quay_files(tmp_path: Path) -> ConversationFiles:
    """Three people, three statements (one refused), six votes."""
    return read_conversation(write_export(tmp_path / "quay", WITH_LOG))


@pytest.fixture
def store(db: None) -> Callable[..., Conversation]:
    """Import files and answer the conversation."""

    def stored(files: ConversationFiles, facts: Facts = FACTS) -> Conversation:
        import_conversation(files=files, facts=facts, by=OPERATOR)
        return Conversation.objects.get(slug=facts.slug)

    return stored


@pytest.fixture
def quay(store: Callable[..., Conversation], quay_files: ConversationFiles) -> Conversation:
    """The small conversation, stored."""
    return store(quay_files)
