"""Documents that are made from the code are what the code says, and links between documents lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from decapolis.web.commands.docs import DOCUMENTS, FOLDER, stale
from tests.architecture.reading import ROOT

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def dead_links(document: Path, text: str) -> Iterator[str]:
    """Complain of links to files that are not there."""
    for target in LINK.findall(text):
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


def test_a_planted_dead_link_is_found():
    text = "[here](README.md) [there](nowhere.md) [away](https://example.org) [below](#below)"

    assert list(dead_links(ROOT / "x.md", text)) == ["x.md: there is no nowhere.md."]
