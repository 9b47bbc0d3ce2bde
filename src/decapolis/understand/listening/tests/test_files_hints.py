"""Which statements look as if participants spoke of themselves; and that this is only ever said, never done."""

from collections.abc import Callable
from pathlib import Path

import pytest

from decapolis.__main__ import main
from decapolis.understand.listening.files import StatementRow, may_be_about_participants, read_conversation
from decapolis.understand.listening.models import Statement
from decapolis.understand.listening.tests.exports import COMMENTS, WITH_LOG, write_export
from tests.data import shared_data

OF_THEMSELVES = COMMENTS.replace("The quay needs light.", "I live by the quay.").replace(",1,1,0,", ",1,1,1,")


def numbers(*texts: str | None, moderation: int = 1, is_meta: bool = False) -> list[int]:
    rows = [
        StatementRow(number, moderation, is_meta=is_meta, line=number + 2, text=text)
        for number, text in enumerate(texts)
    ]
    return [row.statement for row in may_be_about_participants(rows)]


@pytest.mark.parametrize(
    "text",
    [
        "I am between 15 and 19 years old.",
        "I’m a student",
        "  i identify as female.",
        "I live in a rural area",
        "My ethnicity is Mixed (Multiple ethnic groups).",
        "English is my first language.",
        "I had at least one encounter (good or bad) in the street.",
        "J’habite dans le quartier du port.",
        "Ma langue maternelle est l’arabe.",
        "أنا طالب",
        "أسكن في المدينة القديمة",
    ],
)
def test_descriptions_of_oneself_are_named(text: str) -> None:
    assert numbers(text) == [0]


@pytest.mark.parametrize(
    "text",
    [
        "The quay needs light.",
        "I am worried about security issues with online voting.",
        "I am pleased with the current electoral system.",
        "I am more concerned that parties speak for themselves.",
        "I think we need to look into the role of the police",
        "My vote is wasted under the current electoral system.",
        "Je suis contre la fermeture du pont.",
        "أنا ضد إغلاق الجسر",
        "I live here and for twenty years nobody has ever come to ask me what this street would need to be safe",
        "Iamb and trochee",
        "",
        None,
    ],
)
def test_opinions_are_not_named(text: str | None) -> None:
    assert numbers(text) == []


def test_what_is_refused_or_marked_already_is_not_named() -> None:
    assert numbers("I live here.", moderation=-1) == numbers("I live here.", is_meta=True) == []


def test_statements_are_named_by_number() -> None:
    assert numbers("I live here.", "Light.", "I am 20.") == [0, 2]


def test_london_asked_fifteen_such_questions_and_nearly_all_are_named() -> None:
    read = read_conversation(shared_data("listening") / "london.youth.policing")
    found = {row.statement for row in may_be_about_participants(read.statements)}
    assert found <= set(range(15))
    shown = {row.statement for row in read.statements if row.moderation != -1} & set(range(15))
    assert len(shown - found) <= 2


@pytest.mark.django_db
class TestImport:
    @pytest.fixture
    def run(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
        def command(*arguments: str) -> str:
            folder = write_export(tmp_path / "quay", WITH_LOG | {"comments.csv": OF_THEMSELVES})
            self.status = main(["listening", "import", str(folder), "--bootstrap", "0", *arguments])
            written = capsys.readouterr()
            return written.out + written.err

        return command

    @pytest.mark.parametrize(("options", "status"), [((), 2), (("--no-analysis",), 2), (("--dry-run",), 0)])
    def test_import_names_them_and_stores_nothing(
        self, run: Callable[..., str], options: tuple[str, ...], status: int
    ) -> None:
        said = run(*options)
        assert "        0  I live by the quay." in said
        assert "Say --about-participants 0 to withhold these, or --about-participants none to release them all." in said
        assert self.status == status
        assert not Statement.objects.exists()

    @pytest.mark.parametrize("decided", ["none", "0"])
    def test_import_is_silent_where_it_is_decided(self, run: Callable[..., str], decided: str) -> None:
        assert "Look at these" not in run("--about-participants", decided)
        assert list(Statement.objects.filter(is_meta=True).values_list("number", flat=True)) == (
            [] if decided == "none" else [0]
        )
