"""Words for persons: nobody who lives here is called a target, a suspect or a radical, in what people read.

Where it applies: templates, the catalogues in every language, the sentences of the steps, and the documents for users
(README, tutorials, how-to). "Target" and "threat" stay legitimate where no person is meant (an indicator's target, the
title of a step): the patterns look for persons.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from decapolis.steps import STEPS
from tests.architecture.reading import ROOT, SRC

NEVER = {
    "en": r"suspects?|radicals|extremists?|jihadis(?:t|ts|m)|terrorists?|deviants?|(?:persons?|subjects?) of interest|"
    r"would-be attackers?|(?:at-risk|risky|radicali[sz]ed|suspicious) (?:people|persons?|individuals?|youths?)|"
    r"target(?:ed|ing)? (?:people|persons?|individuals?|groups?|communit\w+)|threat (?:actors?|persons?|individuals?)",
    "fr": r"suspect(?:e|s|es)|radicalisée?s?|extrémistes|djihadistes?|terroristes?|personnes? (?:ciblée?s?|suspectes?)|"
    r"individus? (?:à risque|suspects?|dangereux)|fich(?:é|ée|és|ées) S",
    "ar": r"مشتبه|مشبوه|إرهابي|متطرفون|متطرفين|جهادي",
}
"""Patterns by language. French "suspect" alone is also an adjective of things and is left to a reader."""
WORDS = {language: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) for language, pattern in NEVER.items()}
REMEDY = "say residents, participants, people or young people"
ENTRY = re.compile(r'^(?:msgid|msgstr(?:\[\d\])?|) ?"(?P<text>.*)"$')


def wrong_words(name: str, text: str, languages: tuple[str, ...] = ("en",)) -> Iterator[str]:
    """Complain of words that make residents into cases."""
    for number, line in enumerate(text.splitlines(), 1):
        for language in languages:
            for found in WORDS[language].findall(line):
                yield f"{name}:{number}: “{found}”: {REMEDY}."


def pages() -> list[Path]:
    """Templates and documents for users."""
    templates = [path for path in (SRC / "decapolis").rglob("*.html") if "static" not in path.parts]
    return [*templates, ROOT / "README.md", *ROOT.glob("docs/tutorials/*.md"), *ROOT.glob("docs/how-to/*.md")]


def catalogues() -> list[tuple[Path, str]]:
    """Catalogues and their language."""
    return [(path, path.parts[-3]) for path in SRC.rglob("*.po")]


def spoken(catalogue: str) -> str:
    """What of a catalogue is read by people: its entries, without comments and places in the code."""
    return "\n".join(found["text"] if (found := ENTRY.match(line)) else "" for line in catalogue.splitlines())


def test_pages_and_documents_speak_of_people():
    found = [
        complaint
        for path in pages()
        for complaint in wrong_words(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
    ]

    assert len(pages()) > 10
    assert not found, "\n".join(found)


def test_catalogues_speak_of_people():
    found = [
        complaint
        for path, language in catalogues()
        for complaint in wrong_words(
            str(path.relative_to(ROOT)), spoken(path.read_text(encoding="utf-8")), ("en", language)
        )
    ]

    assert not found, "\n".join(found)


def test_steps_speak_of_people():
    assert not list(wrong_words("steps.py", "\n".join(f"{step.name} {step.sentence}" for step in STEPS)))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A list of suspects", "en"),
        ("The radicals among them", "en"),
        ("radicalised youth", "en"),
        ("Targeted communities", "en"),
        ("at-risk individuals", "en"),
        ("les personnes radicalisées", "fr"),
        ("un individu à risque", "fr"),
        ("قائمة مشتبه بهم", "ar"),
    ],
)
def test_a_planted_word_is_found(text, language):
    assert "x.html:2: " in str(list(wrong_words("x.html", f"<p>\n{text}</p>", (language,))))


@pytest.mark.parametrize(
    "text",
    ["The target for next year is 40 %.", "a shared understanding of the threat", "people at risk of debt"],
)
def test_words_for_things_are_not_found(text):
    assert not list(wrong_words("x.html", text))


def test_only_what_people_read_of_a_catalogue_is_looked_at():
    text = '#: src/suspects.html\nmsgid "people"\nmsgstr "personnes"\n"suspects"\n'

    assert list(wrong_words("x.po", spoken(text))) == [f"x.po:4: “suspects”: {REMEDY}."]
