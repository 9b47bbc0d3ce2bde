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

ADJECTIVES = {
    "en": r"radical|radicali[sz](?:ed|ing)|extreme|extremist|suspect|suspected|suspicious|dangerous|deviant|risky|"
    r"threat|threatening|at[- ]risk|high[- ]risk|target(?:ed|ing)?|problem(?:atic)?|potential|presumed|"
    r"would[- ]be|flagged|criminal",
    "fr": r"radica(?:l|le|ux|les)|radicalisée?s?|extrémistes?|suspect(?:e|s|es)?|dangereu(?:x|se|ses)|déviante?s?|"
    r"menaçante?s?|à (?:haut )?risques?|ciblée?s?|problématiques?|potentiel(?:s|le|les)?|présumée?s?|signalée?s?",
    "ar": r"متطرف|متطرفة|متطرفين|متطرفون|راديكالي|راديكالية|مشبوه|مشبوهة|مشبوهين|خطر|خطير|خطرة|خطيرة|"
    r"خطرين|خطيرين|خطرون|مستهدف|مستهدفة|مستهدفين|مستهدفون|منحرف|منحرفين|محتملين",
}
PERSONS = {
    "en": r"people|persons?|individuals?|youths?|young people|residents?|citizens?|participants?|neighbou?rs?|"
    r"famil(?:y|ies)|m[ae]n|wom[ae]n|child|children|teenagers?|adolescents?|students?|pupils?|migrants?|refugees?|believers?|muslims?|"
    r"groups?|communit(?:y|ies)|attackers?|offenders?|perpetrators?|actors?|subjects?|cases?",
    "fr": r"personnes?|gens|individus?|jeunes?|jeunesse|habitante?s?|résidente?s?|citoyen(?:s|ne|nes)?|participante?s?|"
    r"voisine?s?|familles?|hommes?|femmes?|enfants?|adolescente?s?|élèves?|étudiante?s?|migrante?s?|réfugiée?s?|"
    r"groupes?|communautés?|auteurs?|assaillante?s?",
    "ar": r"شخص|أشخاص|فرد|أفراد|شباب|شاب|سكان|ساكن|مواطن|مواطنين|مواطنون|مشاركين|مشاركون|ناس|جماعات|مجتمعات|عائلات|أسر|"
    r"رجال|نساء|أطفال|مهاجرين|لاجئين",
}
ALONE = {
    "en": r"suspects?|radicals|extremists?|jihadis(?:t|ts|m)|terrorists?|deviants?|(?:persons?|people|subjects?) of "
    r"(?:interest|concern)|attackers|would-be \w+|(?:he|she|they|who|person|people|residents?|individuals?) "
    r"(?:is|are|was|were|may be|might be|becomes?|poses?) (?:an? |the )?(?:\w+ )?(?:threats?|dangers?|risks?|targets?)|"
    r"(?:people|persons?|residents?|individuals?|youths?) (?:who (?:is|are) )?(?:at risk of (?:radicali[sz]\w+|"
    r"(?:violent )?extremism|offending|violence)|(?:likely|about) to (?:offend|attack))",
    "fr": r"suspect(?:e|s|es)|radicalisée?s?|extrémistes|djihadistes?|terroristes?|fich(?:é|ée|és|ées) S|"
    r"(?:il|elle|ils|elles|personnes?) (?:est|sont) (?:une? |des )?(?:menaces?|dangers?|cibles?)",
    "ar": r"مشتبه|مشبوه|إرهابي|متطرفون|متطرفين|جهادي",
}
"""What is said of no person whatever stands beside it. French "suspect" alone is also an adjective of things."""
PREFIXES = r"(?:[وفبكل]?ال|[وفبكل]|لل)?"
"""What Arabic writes together with a word: the article, and small words before it."""
ALLOWED = {
    "potential participants": "whom an invitation may reach",
    "potential residents": "whom a new house may reach",
    "problem cases": "cases of software",
}
"""Whole expressions that the products below would find, each with what it means."""


def _pattern(language: str) -> str:
    """Every adjective beside every person, in the order of the language."""
    adjective, person = f"(?:{ADJECTIVES[language]})", f"(?:{PERSONS[language]})"
    if language == "en":
        between = r"(?:(?:young|local|male|female|adult|\w+ed) )?"
        pairs = rf"{adjective} {between}{person}|{person} (?:who )?(?:is|are|were|was) {adjective}"
    elif language == "fr":
        pairs = rf"{person} (?:\w+ )?{adjective}|{adjective} {person}|{person} (?:est|sont) {adjective}"
    else:
        pairs = rf"{PREFIXES}{person} {PREFIXES}{adjective}"
    return rf"(?<!\w)(?:{pairs}|{PREFIXES if language == 'ar' else ''}(?:{ALONE[language]}))(?!\w)"


WORDS = {language: re.compile(_pattern(language), re.IGNORECASE) for language in ALONE}
REMEDY = "say residents, participants, people or young people"
ENTRY = re.compile(r'^(?:msgid|msgstr(?:\[\d\])?|) ?"(?P<text>.*)"$')


def wrong_words(name: str, text: str, languages: tuple[str, ...] = ("en",)) -> Iterator[str]:
    """Complain of words that make residents into cases."""
    for number, line in enumerate(text.splitlines(), 1):
        for language in languages:
            for found in WORDS[language].findall(line):
                if found.lower() in ALLOWED:
                    continue
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
        ("radical people", "en"),
        ("a radical youth", "en"),
        ("suspected persons", "en"),
        ("persons of concern", "en"),
        ("he is a threat", "en"),
        ("They are a serious danger", "en"),
        ("dangerous residents", "en"),
        ("radicalised residents", "en"),
        ("potential attackers", "en"),
        ("high-risk residents", "en"),
        ("dangerous young people", "en"),
        ("residents who are dangerous", "en"),
        ("people at risk of radicalisation", "en"),
        ("les jeunes radicaux", "fr"),
        ("des habitants dangereux", "fr"),
        ("personnes présumées", "fr"),
        ("elle est une menace", "fr"),
        ("الشباب المتطرف", "ar"),
        ("السكان الخطرين", "ar"),
        ("أشخاص مستهدفين", "ar"),
        ("les personnes radicalisées", "fr"),
        ("un individu à risque", "fr"),
        ("قائمة مشتبه بهم", "ar"),
    ],
)
def test_a_planted_word_is_found(text, language):
    assert "x.html:2: " in str(list(wrong_words("x.html", f"<p>\n{text}</p>", (language,))))


@pytest.mark.parametrize(
    "text",
    [
        "The target for next year is 40 %.",
        "a shared understanding of the threat",
        "people at risk of debt",
        "the target size of a button",
        "potential participants",
        "prevents violent extremism",
        '<c-notice kind="danger">',
    ],
)
def test_words_for_things_are_not_found(text):
    assert not list(wrong_words("x.html", text))


def test_only_what_people_read_of_a_catalogue_is_looked_at():
    text = '#: src/suspects.html\nmsgid "people"\nmsgstr "personnes"\n"suspects"\n'

    assert list(wrong_words("x.po", spoken(text))) == [f"x.po:4: “suspects”: {REMEDY}."]
