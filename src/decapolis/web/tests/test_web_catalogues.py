"""Catalogues: what is gathered from code and templates, and what counts as a fault."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import write_po
from babel.support import Translations

from decapolis.web.catalogues import (
    CatalogueFile,
    catalogue_files,
    compiled,
    faults,
    sentences,
    updated,
)
from decapolis.web.commands import translations


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Make a package with a shell, and one application inside a folder that is none."""
    for name, content in {
        "web/apps.py": "",
        "web/templates/page.html": '<p title="{% translate "Read" %}">\n  {{ x|default:_("nobody") }}</p>',
        "part/step/apps.py": "",
        "part/step/views.py": 'a = _("Listen"), ngettext("one", "many", 2), pgettext("door", "Open")\n',
        "part/step/tests/test_it.py": '_("never shown")',
        "steps.py": '_("Step")',
    }.items():
        path = tmp_path / "city" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path / "city"


def _ids(catalogue: Catalog) -> list[object]:
    return sorted((message.id for message in catalogue if message.id), key=str)


def _translated(package: Path, language: str, *strings: tuple[str, str | tuple[str, ...]]) -> CatalogueFile:
    file = CatalogueFile(package / "part" / "step", language)
    catalogue = file.read()
    catalogue.update(sentences(package)[file.app])
    for message_id, string in strings:
        catalogue[message_id].string = string
    file.path.parent.mkdir(parents=True)
    file.path.write_bytes(_written(catalogue))
    return file


def _written(catalogue: Catalog) -> bytes:
    content = BytesIO()
    write_po(content, catalogue)
    return content.getvalue()


def test_sentences_go_to_the_application_around_them_or_to_the_shell(package: Path) -> None:
    gathered = sentences(package)

    assert _ids(gathered[package / "part" / "step"]) == [("one", "many"), "Listen", "Open"]
    assert _ids(gathered[package / "web"]) == ["Read", "Step", "nobody"]


def test_sentences_keep_their_context(package: Path) -> None:
    message = sentences(package)[package / "part" / "step"].get("Open", context="door")

    assert message is not None
    assert message.context == "door"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{% translate 'It’s here' %}", ["It’s here"]),
        ("{% blocktranslate %}Page {{ number }}{% endblocktranslate %}", ["Page %(number)s"]),
        ("{% blocktranslate trimmed %}\n  One\n    line\n{% endblocktranslate %}", ["One line"]),
        (
            "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
            [("%(n)s day", "%(n)s days")],
        ),
        ('<c-fact term="{% translate "Who" %}">\n      deep\n  shallow</c-fact>', ["Who"]),
        ("{% comment %}{% translate 'not shown' %}{% endcomment %}", []),
    ],
)
def test_sentences_are_found_in_templates_however_laid_out(
    package: Path, template: str, expected: list[object]
) -> None:
    (package / "web/templates/page.html").write_text(template, encoding="utf-8")

    assert [message for message in _ids(sentences(package)[package / "web"]) if message != "Step"] == expected


def test_updated_keeps_translations_and_drops_what_is_no_longer_used(package: Path) -> None:
    file = _translated(package, "fr", ("Listen", "Écouter"))
    (package / "part/step/views.py").write_text('_("Listen")', encoding="utf-8")

    written = updated(file, sentences(package)[file.app]).decode()

    assert 'msgstr "Écouter"' in written
    assert "Open" not in written


def test_updated_changes_nothing_the_second_time(package: Path) -> None:
    file = _translated(package, "ar", ("Listen", "نصغي"))
    wanted = sentences(package)[file.app]
    file.path.write_bytes(updated(file, wanted))

    assert updated(file, wanted) == file.path.read_bytes()


@pytest.mark.parametrize(
    ("strings", "fault"),
    [
        ((), "not translated: Listen"),
        ((("Listen", "Écouter"), ("one", ("un", ""))), "not translated: one"),
    ],
)
def test_faults_name_what_is_not_translated(
    package: Path, strings: tuple[tuple[str, str | tuple[str, ...]], ...], fault: str
) -> None:
    file = _translated(package, "fr", *strings)

    assert fault in faults(file, sentences(package)[file.app])


@pytest.mark.parametrize(
    ("source", "translation", "fault"),
    [
        ("%(people)s people", "%(gens)s personnes", "placeholder"),
        ("They agree: {quotes}.", "Ils sont d’accord.", "other places in braces"),
        ("They agree: {quotes}.", "Ils sont d’accord : {citations}.", "other places in braces"),
    ],
)
def test_faults_name_translations_with_other_placeholders(
    package: Path, source: str, translation: str, fault: str
) -> None:
    (package / "part/step/views.py").write_text(f'_("{source}")', encoding="utf-8")
    file = _translated(package, "fr", (source, translation))

    (found,) = faults(file, sentences(package)[file.app])

    assert fault in found


def test_faults_name_a_guessed_translation_and_one_that_nothing_uses(package: Path) -> None:
    file = _translated(package, "fr", ("Listen", "Écouter"))
    (package / "part/step/views.py").write_text('_("Listens")', encoding="utf-8")
    wanted = sentences(package)[file.app]

    assert "no longer used: Listen" in faults(file, wanted)
    file.path.write_bytes(updated(file, wanted))
    assert faults(file, wanted) == ["marked fuzzy, to be read again: Listens"]


@pytest.mark.parametrize(("given", "found"), [("Écouter", 1), ("استمع", 0)])
def test_faults_name_an_arabic_translation_that_is_not_arabic(package: Path, given: str, found: int) -> None:
    file = _translated(package, "ar", ("Listen", given))

    named = [fault for fault in faults(file, sentences(package)[file.app]) if "no Arabic letter" in fault]

    assert len(named) == found


def test_compiled_catalogue_has_the_six_plurals_of_arabic(package: Path) -> None:
    forms = ("zero", "one", "two", "few", "many", "other")
    file = _translated(package, "ar", ("one", forms))
    path = package / "ar.mo"
    path.write_bytes(compiled(file.path))

    with path.open("rb") as opened:
        catalogue = Translations(opened)

    found = [catalogue.ngettext("one", "many", count) for count in (0, 1, 2, 10, 11, 99, 100, 103)]
    assert found == ["zero", "one", "two", "few", "many", "many", "other", "few"]


@pytest.mark.slow
def test_every_sentence_of_every_application_is_translated() -> None:
    gathered = sentences()

    assert [
        f"{file}: {fault}" for file in catalogue_files(gathered) for fault in faults(file, gathered[file.app])
    ] == []


def test_command_checks_and_says_what_is_missing(
    package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(translations, "PACKAGE", package)

    assert translations.main(["check"]) == 1
    assert "city/web (fr): missing: Read" in capsys.readouterr().err


def test_command_updates_and_compiles_only_what_changed(
    package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(translations, "PACKAGE", package)

    assert translations.main(["update"]) == 0
    assert "city/web (fr): changed" in capsys.readouterr().out
    assert translations.main(["update"]) == 0
    assert capsys.readouterr().out == ""
    assert translations.main(["compile"]) == 0
    assert len(list(package.rglob("*.mo"))) == 4
