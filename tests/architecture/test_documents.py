"""Documents that are made from the code are what the code says, and links between documents lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from decapolis.web.commands.docs import DOCUMENTS, FOLDER, stale
from tests.architecture.reading import ROOT

ELSEWHERE = r"(?!https?:|mailto:|data:|#)"
LINK = re.compile(
    rf"""\]\(<?{ELSEWHERE}([^)>#\s]+)|^\[[^\]]+\]:\s*{ELSEWHERE}([^#\s]+)"""
    rf"""|<(?:img|a|source|video)\b[^>]*?\s(?:src|href|srcset)\s*=\s*["']?{ELSEWHERE}([^"'>#?\s]+)""",
    re.IGNORECASE | re.MULTILINE,
)
"""Targets in Markdown, behind a name below the text, and in HTML."""


def dead_links(document: Path, text: str) -> Iterator[str]:
    """Complain of links to files that are not there."""
    for target in map("".join, LINK.findall(text)):
        if not (document.parent / target).exists():
            yield f"{document.relative_to(ROOT)}: there is no {target}."


def documents() -> list[Path]:
    """All documents of the repository."""
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("src/**/README.md")])


def test_generated_documents_are_current():
    assert stale(FOLDER) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_planted_change_makes_a_document_stale(name, tmp_path):
    for other, write in DOCUMENTS.items():
        (tmp_path / other).write_text(write() + ("one more line\n" if other == name else ""), encoding="utf-8")

    assert stale(tmp_path) == [name]


def test_links_lead_somewhere():
    found = [fault for path in documents() for fault in dead_links(path, path.read_text(encoding="utf-8"))]

    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "[here](README.md) [there](nowhere.md) [away](https://example.org) [below](#below)",
        "![a picture](nowhere.md)",
        "see [there][1]\n\n[1]: nowhere.md",
        '<img src="nowhere.md" alt="">',
        "<img alt='a' width=20\n  src='nowhere.md'>",
        '<p><a class="go" href="nowhere.md#below">there</a>',
        "<A HREF=nowhere.md>there</A>",
    ],
)
def test_a_planted_dead_link_is_found(text):
    assert list(dead_links(ROOT / "x.md", text)) == ["x.md: there is no nowhere.md."]


@pytest.mark.parametrize(
    "text", ['<img src="https://example.org/a.png">', '<a href="#below">', '<img src="README.md">', "[a]: README.md"]
)
def test_links_that_lead_somewhere_or_away_are_not_found(text):
    assert not list(dead_links(ROOT / "x.md", text))
