"""Two imports at once, and one that is killed: either all of a conversation stands, or nothing of it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from decapolis.plumbing.acting import OPERATOR
from decapolis.understand.listening.actions import conversations
from decapolis.understand.listening.files import ConversationFiles
from decapolis.understand.listening.models import Conversation, Participant, Statement, Vote
from decapolis.understand.listening.tests.conftest import FACTS
from decapolis.understand.listening.tests.exports import wide

KILLED = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from decapolis.plumbing.acting import OPERATOR
from decapolis.understand.listening.actions import conversations
from decapolis.understand.listening.models import Conversation, Vote
from decapolis.understand.listening.tests.conftest import FACTS
from decapolis.understand.listening.tests.exports import wide

def die(stored):
    assert Vote.objects.count() == stored == 40
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[1] == "import":
    conversations.import_conversation(files=wide(40), facts=FACTS, by=OPERATOR, progress=die)
print(Conversation.objects.count(), Vote.objects.count())
"""


def attempt(files: ConversationFiles) -> str:
    """Import as a process of its own would, with a connection of its own."""
    try:
        return conversations.import_conversation(files=files, facts=FACTS, by=OPERATOR).reference
    except conversations.NotStored as refused:
        return str(refused)
    finally:
        connection.close()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_imports_of_one_slug_at_once_one_stands_whole_and_the_other_is_told():
    with ThreadPoolExecutor(2) as both:
        told = sorted(both.map(attempt, [wide(30), wide(30)]))
    assert told[1].startswith("LIS-") != told[0].startswith("LIS-")
    refusal = next(each for each in told if not each.startswith("LIS-"))
    assert "is here already" in refusal or "ran at the same time" in refusal
    counts = [model.objects.count() for model in (Conversation, Participant, Statement, Vote)]
    assert counts == [1, 1, 30, 30]


@pytest.mark.django_db
def test_an_import_that_was_overtaken_says_so(monkeypatch: pytest.MonkeyPatch, quay: Conversation):
    """What PostgreSQL can do, where both look before either writes: here the second one gets the first one's number."""
    monkeypatch.setattr(conversations, "_next_reference", lambda: quay.reference)
    mill = conversations.Facts("mill", FACTS.words, "en")
    with pytest.raises(conversations.NotStored, match="Another import ran at the same time"):
        conversations.import_conversation(files=wide(3), facts=mill, by=OPERATOR)
    assert [*Conversation.objects.values_list("slug", flat=True)] == ["quay"]


@pytest.fixture
def python(tmp_path: Path) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """A process beside this one, with a database file of its own."""
    environment = os.environ | {
        "DECAPOLIS_DATA": str(tmp_path),
        "DECAPOLIS_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "decapolis.web.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }

    def run(what: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", KILLED, what],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=90,
        )

    return run


@pytest.mark.slow
def test_an_import_that_is_killed_leaves_nothing_half(python: Callable[[str], subprocess.CompletedProcess[str]]):
    killed = python("import")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert python("count").stdout.split() == ["0", "0"]
