"""Statements about the participants themselves: marked at import, and nothing of them ever shown."""

import json
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import override

from decapolis.__main__ import main
from decapolis.city.access.public import ANYONE
from decapolis.plumbing.acting import act
from decapolis.plumbing.failures import Failure
from decapolis.understand.listening import queries
from decapolis.understand.listening.files import StatementRow, mark_about_participants, read_conversation
from decapolis.understand.listening.models import Conversation, Moderation, Result, Statement
from decapolis.understand.listening.tests import sample_results as samples
from decapolis.understand.listening.tests.exports import WITH_LOG, write_export
from decapolis.understand.listening.tests.sample_results import store
from decapolis.understand.listening.views import sentences
from decapolis_methods.opinion.released import Released, Withheld
from tests.data import shared_data

LONDON = "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14"
"""What the young people of London were asked of themselves: age, gender, language, origin, the police."""
ADDRESSES = ("", "statements/", "statements/?q=My+ethnicity", "totals.csv", "totals.json", "bars.svg")
PAGES = ("", "statements/", "totals.csv", "totals.json", "bars.svg", "bars.png", "map.svg")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_export(tmp_path / "quay", WITH_LOG)


class TestMarks:
    def marked(self, folder: Path, numbers: set[int]) -> tuple[StatementRow, ...]:
        return mark_about_participants(folder, read_conversation(folder), numbers).statements

    def test_marks_change_those_named_and_no_other(self, folder: Path):
        before = read_conversation(folder).statements
        after = self.marked(folder, {1})
        assert [row.is_meta for row in after] == [False, True, False]
        assert [(row.text, row.moderation) for row in after] == [(row.text, row.moderation) for row in before]

    def test_marks_stand_beside_those_of_the_files(self, folder: Path):
        listed = "statement,moderated,meta,text\n0,1,1,I live by the quay.\n1,1,0,Light.\n2,1,0,Buses.\n"
        (folder / "comments.csv").unlink()
        (folder / "statements.csv").write_text(listed, encoding="utf-8")
        assert [row.is_meta for row in self.marked(folder, {2})] == [True, False, True]

    def test_unknown_numbers_are_named_all_at_once(self, folder: Path):
        with pytest.raises(Failure, match=r"no statement 7, 12 to be marked"):
            self.marked(folder, {12, 1, 7})


@pytest.mark.django_db
class TestImport:
    def run(self, folder: Path, *arguments: str) -> int:
        return main(["listening", "import", str(folder), "--bootstrap", "0", *arguments])

    def test_import_marks_what_it_is_told(self, folder: Path, capsys: pytest.CaptureFixture[str]):
        assert self.run(folder, "--about-participants", "1", "--show-unmoderated", "read by the youth team") == 0
        assert [*Statement.objects.filter(is_meta=True).values_list("number", flat=True)] == [1]
        assert "(1 refused by moderators, 1 about the participants)" in capsys.readouterr().out
        assert Result.objects.get().document["withheld"]["about_participants"] == 1

    @pytest.mark.parametrize("option", [[], ["--dry-run"]])
    def test_import_with_an_unknown_number_says_so_and_stores_nothing(
        self, folder: Path, capsys: pytest.CaptureFixture[str], option: list[str]
    ):
        assert self.run(folder, "--about-participants", "1,8", *option) == 2
        told = capsys.readouterr()
        assert (told.out, told.err.count("\n")) == ("", 1)
        assert "There is no statement 8" in told.err
        assert not Conversation.objects.exists()

    @pytest.mark.parametrize("numbers", ["", "one", "1;2", "1,,2", "-1", "²"])
    def test_import_wants_numbers_with_commas(self, folder: Path, capsys: pytest.CaptureFixture[str], numbers: str):
        with pytest.raises(SystemExit):
            self.run(folder, f"--about-participants={numbers}")
        assert "as in 4,7,12" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "15 statements are about the participants themselves"),
        ("fr", "15 énoncés portent sur les participants eux-mêmes"),
        ("ar", "15 عبارة عن المشاركين أنفسهم"),
    ],
)
def test_page_says_in_three_languages_what_is_withheld_of_participants(language: str, said: str):
    with override(language):
        (sentence,) = sentences.withheld(Withheld(0, 0, 0, 0, about_participants=15), 10)
    assert sentence.startswith(said)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "3 statements have no figures by group"),
        ("fr", "3 énoncés sont sans chiffres par groupe"),
        ("ar", "لا أرقام بحسب المجموعة لـ3 عبارات"),
    ],
)
def test_page_says_in_three_languages_what_is_withheld_by_group(language: str, said: str):
    with override(language):
        (sentence,) = sentences.withheld(Withheld(0, 0, 0, 0, by_group=3), 10)
    assert sentence.startswith(said)


@pytest.mark.data
@pytest.mark.django_db
@pytest.mark.slow
class TestLondon:
    """Real answers of 26 young people, of whom it was asked who they are."""

    @pytest.fixture
    def released(self) -> Released:
        folder = str(shared_data("listening") / "london.youth.policing")
        arguments = ["--slug", "london", "--question", "What?", "--bootstrap", "0", "--about-participants", LONDON]
        assert main(["listening", "import", folder, *arguments]) == 0
        return queries.result(viewer=ANYONE, slug="london").released

    def test_london_counts_them_and_shows_none(self, released: Released):
        about = set(map(int, LONDON.split(",")))
        assert about & {each.statement for each in released.totals} == set()
        assert about & {each.statement for each in released.common} == set()
        assert (released.withheld.about_participants, released.withheld.refused, released.statements) == (12, 3, 24)

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_london_says_nowhere_how_many_say_who_they_are(self, client: Client, released: Released, address: str):
        assert released.withheld.about_participants == 12
        shown = unescape(client.get(f"/listen/results/london/{address}").content.decode("utf-8-sig"))
        for words in ("ethnicity is", "identify as", "years old", "first language", "changed since birth"):
            assert words not in shown

    def test_london_texts_of_such_statements_are_not_in_the_file_either(self, client: Client, released: Released):
        document = json.loads(client.get("/listen/results/london/totals.json").content)
        assert {int(number) for number in document["statements"]} & set(map(int, LONDON.split(","))) == set()
        assert len(document["statements"]) == len(released.totals) < released.statements


@pytest.mark.django_db
@pytest.mark.slow
class TestSince:
    """What happens to a statement after the result was computed counts at once."""

    @pytest.fixture
    def change(self) -> Callable[..., None]:
        def changed(**values: object) -> None:
            store(samples.THREE_GROUPS)
            with act():
                Statement.objects.filter(number__in=(1, 5, 8)).update(**values)

        return changed

    @pytest.mark.parametrize("values", [{"moderation": Moderation.REFUSED}, {"is_meta": True}])
    @pytest.mark.parametrize("name", PAGES)
    def test_a_statement_refused_or_marked_since_is_gone_from_every_page(
        self, client: Client, change: Callable[..., None], values: dict[str, object], name: str
    ):
        change(**values)
        answer = client.get(f"/listen/results/evenings/{name}")
        assert answer.status_code == 200
        shown = unescape(answer.content.decode("utf-8", "replace"))
        for text in ("The quay needs light", "Under-18s should leave", "A door that is"):
            assert text not in shown

    def test_the_list_of_results_does_not_quote_it(self, client: Client, change: Callable[..., None]):
        change(moderation=Moderation.REFUSED)
        shown = client.get("/listen/results/").content.decode()
        assert "The quay needs light" not in shown
        assert "people agree: “<bdi" in shown

    def test_the_other_rows_stay_as_they_were(self, change: Callable[..., None]):
        change(moderation=Moderation.REFUSED)
        released = queries.result(viewer=ANYONE, slug="evenings").released
        kept = tuple(each for each in samples.THREE_GROUPS.totals if each.statement not in (1, 5, 8))
        assert (released.totals, released.participants, released.slate) == (kept, 643, ())

    def test_every_statement_refused_leaves_a_page_that_says_so(self, client: Client):
        store(samples.THREE_GROUPS)
        with act():
            Statement.objects.update(moderation=Moderation.REFUSED)
        shown = client.get("/listen/results/evenings/").content.decode()
        assert "No statement stands out" in shown
        assert client.get("/listen/results/evenings/bars.svg").status_code == 404
