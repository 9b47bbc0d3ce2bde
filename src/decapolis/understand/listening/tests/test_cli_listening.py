"""The command as it is typed: what it prints, what it stores, and with which status it ends."""

from collections.abc import Callable
from pathlib import Path

import pytest

from decapolis.__main__ import main
from decapolis.plumbing.acting import OPERATOR
from decapolis.plumbing.failures import Failure
from decapolis.understand.listening.actions import conversations
from decapolis.understand.listening.cli import listening
from decapolis.understand.listening.factories import ardenne_conversation
from decapolis.understand.listening.models import Conversation, Participant, Result, Vote
from decapolis.understand.listening.tests.exports import COMMENTS, LOG, WITH_LOG, WITH_MATRIX, write_export

pytestmark = pytest.mark.django_db
Export = Callable[..., str]
MODERATED = COMMENTS.replace(",1,1,0,", ",1,1,1,")
DAMAGES = {
    "missing column": {"votes.csv": LOG.replace("voter-id", "who")},
    "unknown vote": {"votes.csv": LOG.replace(",0,12,1\n", ",0,12,3\n")},
    "text missing": {"comments.csv": COMMENTS.replace("The quay needs light.", "")},
    "contradiction": {"comments.csv": COMMENTS.replace(",2,1,1,The", ",5,1,1,The")},
    "cut off": {"votes.csv": LOG[:-8]},
    "empty": {"votes.csv": ""},
    "zero byte": {"votes.csv": LOG + "\0"},
    "unknown statement": {"votes.csv": LOG.replace(",1,13,0", ",8,13,0")},
}


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def written(**files: str) -> str:
        changed = {name.replace("_csv", ".csv"): text for name, text in files.items()}
        return str(write_export(tmp_path / "Quay.2026", WITH_LOG | {"comments.csv": MODERATED} | changed))

    return written


def run(*arguments: str) -> int:
    return main(["listening", *arguments])


def stored() -> tuple[int, int, int, int]:
    return Conversation.objects.count(), Participant.objects.count(), Vote.objects.count(), Result.objects.count()


class TestImport:
    def test_import_stores_analyses_and_says_where_to_look(self, export: Export, capsys: pytest.CaptureFixture[str]):
        assert run("import", export(), "--bootstrap", "0") == 0
        assert stored() == (1, 3, 6, 1)
        said = capsys.readouterr().out
        assert (
            "(quay-2026): 3 participants, 3 statements (1 refused by moderators), 6 votes, 2014-06-18 to 2014-06-19."
            in said
        )
        assert "/listen/results/quay-2026/" in said

    def test_import_reports_what_was_not_taken_and_why(self, export: Export, capsys: pytest.CaptureFixture[str]):
        run("import", export(), "--no-analysis")
        said = capsys.readouterr().out
        assert "Not taken:" in said
        assert "        7  times of day: the day is enough" in said
        assert "        3  authors of statements and times: they could lead back to people" in said

    def test_import_without_analysis_stores_no_result(self, export: Export):
        assert run("import", export(), "--no-analysis") == 0
        assert stored() == (1, 3, 6, 0)

    def test_a_dry_run_says_the_same_and_stores_nothing(self, export: Export, capsys: pytest.CaptureFixture[str]):
        assert run("import", export(), "--dry-run") == 0
        dry = capsys.readouterr().out
        run("import", export(), "--no-analysis")
        real = capsys.readouterr().out
        assert "Nothing was stored" in dry
        assert dry.splitlines()[1:-1] == real.splitlines()[1:]

    def test_a_dry_run_leaves_the_database_as_it_was(self, export: Export):
        run("import", export(), "--dry-run")
        assert stored() == (0, 0, 0, 0)

    def test_a_dry_run_refuses_what_an_import_would(self, export: Export, capsys: pytest.CaptureFixture[str]):
        run("import", export(), "--no-analysis")
        assert run("import", export(), "--dry-run") == 2
        assert "is here already" in capsys.readouterr().err

    def test_import_takes_facts_from_its_options(self, export: Export):
        given = {
            "--slug": "evenings",
            "--question": "What now?",
            "--language": "fr",
            "--purpose": "To know.",
            "--asked-by": "Office",
            "--paid-by": "City",
            "--what-happens-next": "A meeting.",
            "--not-heard": "Night workers.",
            "--credit": "Somebody",
            "--credit-url": "https://example.org/source",
            "--licence": "CC BY 4.0",
        }
        run("import", export(), "--no-analysis", *(word for pair in given.items() for word in pair))
        conversation = Conversation.objects.get()
        assert [getattr(conversation, name.strip("-").replace("-", "_")) for name in given] == list(given.values())

    def test_import_asks_for_a_question_where_the_folder_has_none(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ):
        folder = str(write_export(tmp_path, WITH_MATRIX))
        assert run("import", folder) == 2
        assert "--question" in capsys.readouterr().err
        assert run("import", folder, "--slug", "quay", "--question", "What?", "--no-analysis") == 0

    def test_import_replaces_only_when_asked(self, export: Export, capsys: pytest.CaptureFixture[str]):
        assert [run("import", export(), "--no-analysis") for _ in range(2)] == [0, 2]
        assert "is here already" in capsys.readouterr().err
        assert run("import", export(), "--no-analysis", "--replace") == 0
        assert stored() == (1, 3, 6, 0)

    @pytest.mark.parametrize("damage", DAMAGES)
    def test_damage_gives_one_clear_sentence_and_stores_nothing(
        self, export: Export, capsys: pytest.CaptureFixture[str], damage: str
    ):
        files = {name.replace(".csv", "_csv"): text for name, text in DAMAGES[damage].items()}
        assert run("import", export(**files)) == 2
        told = capsys.readouterr()
        assert (told.out, told.err.count("\n")) == ("", 1)
        assert next(iter(DAMAGES[damage])) in told.err
        assert stored() == (0, 0, 0, 0)

    def test_damage_does_not_touch_the_conversation_that_was_to_be_replaced(self, export: Export):
        run("import", export(), "--bootstrap", "0")
        assert run("import", export(votes_csv=LOG[:-8]), "--replace") == 2
        assert stored() == (1, 3, 6, 1)

    def test_what_cannot_be_analysed_leaves_the_conversation_and_its_result(
        self, export: Export, capsys: pytest.CaptureFixture[str]
    ):
        run("import", export(), "--bootstrap", "0")
        before = Result.objects.values().get()
        assert run("import", export(), "--bootstrap", "0", "--replace", "--seed", "-1") == 2
        assert "--no-analysis" in capsys.readouterr().err
        assert (stored(), Result.objects.values().get()) == ((1, 3, 6, 1), before)

    def test_statements_that_nobody_looked_at_stay_out(self, export: Export, capsys: pytest.CaptureFixture[str]):
        assert run("import", export(comments_csv=COMMENTS), "--no-analysis") == 0
        assert stored() == (1, 3, 3, 0)
        said = capsys.readouterr().out
        assert "        1  statements: no moderator has looked at them" in said
        assert "        3  votes: they are on statements that no moderator has looked at" in said

    def test_statements_that_nobody_looked_at_are_shown_for_a_reason(self, export: Export):
        files = export(comments_csv=COMMENTS)
        assert run("import", files, "--no-analysis", "--show-unmoderated", "shown as in the source") == 0
        assert stored() == (1, 3, 6, 0)

    def test_a_conversation_that_nobody_moderated_is_refused(self, export: Export, capsys: pytest.CaptureFixture[str]):
        nobody = COMMENTS.replace(",2,1,1,", ",2,1,0,").replace(",0,1,-1,", ",0,1,0,")
        assert run("import", export(comments_csv=nobody), "--no-analysis") == 2
        assert "--show-unmoderated" in capsys.readouterr().err
        assert stored() == (0, 0, 0, 0)

    def test_statements_without_texts_have_nothing_to_moderate(self, tmp_path: Path):
        folder = str(write_export(tmp_path, {"votes.csv": LOG}))
        assert run("import", folder, "--slug", "quay", "--question", "What?", "--no-analysis") == 0
        assert stored() == (1, 3, 6, 0)

    def test_what_cannot_be_analysed_is_not_stored(self, export: Export):
        assert run("import", export(), "--bootstrap", "0", "--seed", "-1") == 2
        assert stored() == (0, 0, 0, 0)

    def test_an_import_finds_the_same_as_an_analysis_afterwards(self, export: Export):
        run("import", export(), "--bootstrap", "0")
        before = Result.objects.get().document
        run("analyse", "quay-2026", "--bootstrap", "0", "--again")
        assert Result.objects.get().document == before

    def test_more_votes_than_the_limit_are_refused(self, export: Export, capsys: pytest.CaptureFixture[str]):
        assert run("import", export(), "--limit", "6") == 2
        assert "line 8: There are more than 6 votes" in capsys.readouterr().err

    def test_a_folder_that_is_not_there_is_said(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
        assert run("import", str(tmp_path / "nowhere")) == 2
        assert "No such file" in capsys.readouterr().err


class TestWords:
    def test_import_refuses_a_question_of_spaces(self, export: Export, capsys: pytest.CaptureFixture[str]):
        assert run("import", export(), "--question", "   ") == 2
        assert "--question" in capsys.readouterr().err
        assert not Conversation.objects.exists()

    def test_import_refuses_a_language_that_nobody_knows(self, export: Export, capsys: pytest.CaptureFixture[str]):
        with pytest.raises(SystemExit) as stopped:
            run("import", export(), "--language", "klingon-ish")
        assert (stopped.value.code, "not the name of a language" in capsys.readouterr().err) == (2, True)

    def test_import_takes_a_language_with_its_script(self, export: Export):
        assert run("import", export(), "--language", "zh-Hant", "--no-analysis") == 0
        assert Conversation.objects.get().language == "zh-Hant"


class TestOthers:
    def test_analyse_makes_a_new_result(self, export: Export):
        run("import", export(), "--no-analysis")
        assert run("analyse", "quay-2026", "--bootstrap", "0", "--seed", "3") == 0
        assert Result.objects.get().document["seed"] == 3

    def test_analyse_again_only_when_asked(self, export: Export, capsys: pytest.CaptureFixture[str]):
        run("import", export(), "--bootstrap", "0")
        assert run("analyse", "quay-2026", "--bootstrap", "0", "--seed", "3") == 2
        assert "has a result" in capsys.readouterr().err
        assert run("analyse", "quay-2026", "--bootstrap", "0", "--seed", "3", "--again") == 0
        assert Result.objects.get().document["seed"] == 3

    def test_analyse_says_what_cannot_be_used(self, export: Export, capsys: pytest.CaptureFixture[str]):
        run("import", export(), "--no-analysis")
        assert run("analyse", "quay-2026", "--seed", "-1") == 2
        assert "cannot be analysed: seed" in capsys.readouterr().err

    @pytest.mark.parametrize("command", [("analyse", "mill"), ("delete", "mill", "--yes")])
    def test_an_unknown_conversation_is_said(self, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]):
        assert run(*command) == 2
        assert "There is no conversation “mill”" in capsys.readouterr().err

    def test_list_names_each_conversation_and_its_result(self, export: Export, capsys: pytest.CaptureFixture[str]):
        run("import", export(), "--no-analysis")
        run("import", export(), "--slug", "mill", "--bootstrap", "0")
        capsys.readouterr()
        assert run("list") == 0
        first, second = capsys.readouterr().out.splitlines()
        assert "quay-2026" in first
        assert first.endswith("(no result)")
        assert "mill" in second
        assert "result of" in second

    def test_delete_wants_a_yes(self, export: Export, capsys: pytest.CaptureFixture[str]):
        run("import", export(), "--no-analysis")
        assert run("delete", "quay-2026") == 2
        assert "--yes" in capsys.readouterr().err
        assert stored() == (1, 3, 6, 0)

    def test_delete_leaves_nothing(self, export: Export):
        run("import", export(), "--bootstrap", "0")
        assert run("delete", "quay-2026", "--yes") == 0
        assert stored() == (0, 0, 0, 0)

    @pytest.mark.slow
    def test_demo_stores_a_fictional_conversation_once(self, capsys: pytest.CaptureFixture[str]):
        assert run("demo", "--bootstrap", "0") == 0
        before = Result.objects.get()
        assert sorted(Conversation.objects.values_list("state", "is_fictional")) == [("closed", True), ("open", True)]
        assert run("demo", "--bootstrap", "0") == 0
        assert "is here already" in capsys.readouterr().out
        assert Result.objects.get().computed_at == before.computed_at

    @pytest.mark.slow
    def test_demo_mends_a_conversation_that_has_no_result(self):
        made = ardenne_conversation()
        conversations.import_conversation(files=made.files, facts=made.facts, by=OPERATOR)
        assert run("demo", "--bootstrap", "0") == 0
        assert Result.objects.count() == 1

    def test_without_a_command_the_usage_is_shown(self, capsys: pytest.CaptureFixture[str]):
        with pytest.raises(SystemExit) as ended:
            run()
        assert ended.value.code == 2
        assert "usage: decapolis listening" in capsys.readouterr().err

    def test_a_failure_called_from_elsewhere_is_a_failure(self):
        with pytest.raises(Failure):
            listening.main(["analyse", "mill"])
