"""Catalogues of translations: found, gathered from code and templates, brought up to date, compiled and judged.

A sentence belongs to the catalogue of the innermost folder with an ``apps.py``; what has none belongs to the shell.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message, TranslationError
from babel.messages.checkers import python_format
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
SHELL = PACKAGE / "web"
LANGUAGES = ("fr", "ar")
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}
NEW_CATALOGUE = r"""
msgid ""
msgstr ""
"Project-Id-Version: Decapolis 1\n"
"Report-Msgid-Bugs-To: see CONTRIBUTING.md\n"
"POT-Creation-Date: 2026-11-22 12:00+0000\n"
"PO-Revision-Date: 2026-11-22 12:00+0000\n"
"Last-Translator: a machine\n"
"Language-Team: not reviewed\n"
"Language: %s\n"
"Plural-Forms: %s\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"""
SKIPPED = {"tests", "migrations", "static", "locale", "__pycache__"}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass(frozen=True)
class CatalogueFile:
    """The sentences of one application in one language."""

    app: Path
    language: str

    @property
    def path(self) -> Path:
        """Where the catalogue is kept."""
        return self.app / "locale" / self.language / "LC_MESSAGES" / "django.po"

    def read(self) -> Catalog:
        """Read the catalogue, or make an empty one."""
        if not self.path.exists():
            return read_po(StringIO(NEW_CATALOGUE % (self.language, PLURALS[self.language])), locale=self.language)
        with self.path.open("rb") as file:
            return read_po(file, locale=self.language)

    def __str__(self) -> str:
        return f"{'/'.join(self.app.parts[-2:])} ({self.language})"


def catalogue_files(gathered: Iterable[Path]) -> list[CatalogueFile]:
    """List the catalogues of applications that have sentences, in every language but the source."""
    return [CatalogueFile(app, language) for app in gathered for language in LANGUAGES]


def written_catalogues(package: Path = PACKAGE) -> list[Path]:
    """List the catalogues that are there, whatever the code says."""
    return sorted(package.rglob("locale/*/LC_MESSAGES/django.po"))


def sentences(package: Path = PACKAGE) -> dict[Path, Catalog]:
    """Gather what is marked for translation, by application."""
    gathered: dict[Path, Catalog] = {}
    for path in _sources(package):
        for _line, words, comments, context in _marked(path):
            catalogue = gathered.setdefault(_application(path, package), Catalog(project="Decapolis"))
            place = [(path.relative_to(package.parent).as_posix(), 0)]
            catalogue.add(words, locations=place, auto_comments=comments, context=context)
    return gathered


def updated(file: CatalogueFile, wanted: Catalog) -> bytes:
    """Write the catalogue anew with all wanted sentences; a changed one is marked fuzzy, one no longer used goes."""
    catalogue = file.read()
    catalogue.update(wanted, update_creation_date=False)
    catalogue.obsolete.clear()
    written = BytesIO()
    write_po(written, catalogue, width=119, sort_output=True, include_lineno=False, omit_header=False)
    return written.getvalue()


def compiled(path: Path) -> bytes:
    """Turn a catalogue into the form that is read at run time."""
    written = BytesIO()
    with path.open("rb") as file:
        write_mo(written, read_po(file))
    return written.getvalue()


def faults(file: CatalogueFile, wanted: Catalog) -> list[str]:
    """Say what is wrong with a catalogue: sentences missing, unsure, incomplete, broken or no longer used."""
    catalogue = file.read()
    found = [fault for message in wanted if message.id for fault in _faults_of(message, catalogue)]
    unused = [message for message in catalogue if message.id and wanted.get(message.id, message.context) is None]
    return found + [f"no longer used: {_shown(message)}" for message in unused]


def _faults_of(wanted: Message, catalogue: Catalog) -> Iterator[str]:
    message = catalogue.get(wanted.id, wanted.context)
    if message is None:
        yield f"missing: {_shown(wanted)}"
        return
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if not all(strings):
        yield f"not translated: {_shown(wanted)}"
    elif message.fuzzy:
        yield f"marked fuzzy, to be read again: {_shown(wanted)}"
    else:
        yield from _broken_places(message, catalogue)
        yield from _wrong_letters(message, catalogue)


def _wrong_letters(message: Message, catalogue: Catalog) -> Iterator[str]:
    """An Arabic translation has Arabic letters: one without was filled in from another language."""
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    words = re.sub(r"%\(\w+\)s|\{\w*\}", "", "".join(string or "" for string in strings))
    if str(catalogue.locale) == "ar" and re.search("[a-z]{3}", words) and not re.search("[\u0600-\u06ff]", words):
        yield f"no Arabic letter in it: {_shown(message)}"


def _broken_places(message: Message, catalogue: Catalog) -> Iterator[str]:
    """Placeholders of a sentence and of its translation are the same, in both styles."""
    try:
        python_format(catalogue, message)
    except TranslationError as error:
        yield f"{error}: {_shown(message)}"
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if any(_fields(string or "") != _fields(_shown(message)) for string in strings):
        yield f"other places in braces: {_shown(message)}"


def _fields(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


def _shown(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def _sources(package: Path) -> Iterator[Path]:
    for path in sorted(package.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and not SKIPPED.intersection(path.relative_to(package).parts):
            yield path


def _application(path: Path, package: Path) -> Path:
    for folder in path.parents:
        if (folder / "apps.py").exists():
            return folder
        if folder == package:
            break
    return package / "web"


def _marked(path: Path) -> Iterator[tuple[int, Any, list[str], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Django writes a template as Python whose layout means nothing: brackets make the layout of no account.
        text = f"({templatize(text, origin=str(path))}\n)"
    return extract("python", BytesIO(text.encode()), keywords=KEYWORDS, comment_tags=("Translators:",))
