"""The one search of the workspace: pages that the viewer may open, and what parts offer besides; never persons.

It compares words, accents and capitals folded away, and always answers in the same order.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext

from decapolis.city.access.public import Viewer
from decapolis.plumbing.declaring import Found, declared
from decapolis.web.workspace.frame import pages_open_to

LONGEST = 100


@dataclass(frozen=True)
class Answer:
    """What was asked, as it was understood, and what was found."""

    asked: str
    found: list[Found]


def search(viewer: Viewer, asked: str) -> Answer:
    """Find what holds every word that is asked for: first by titles, then by what is said about them."""
    asked = " ".join(asked.split())[:LONGEST]
    words = folded(asked).split()
    if not words:
        return Answer(asked, [])
    sources = [_pages, *declared("search")]
    found = {each.url: each for source in sources for each in source(viewer, words)}
    return Answer(asked, sorted(found.values(), key=lambda each: _place(each, words)))


def folded(text: str) -> str:
    """Text as it is compared: lower case, without accents, vowel signs and punctuation."""
    for _round in range(2):  # some letters are capitals only once they are taken apart
        text = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in text if not unicodedata.combining(letter))
    return re.sub(r"[^\w]+", " ", letters).strip()


def holds(text: str, words: list[str]) -> bool:
    """Whether each word begins a word of the text."""
    there = folded(text).split()
    return all(any(each.startswith(word) for each in there) for word in words)


def _pages(viewer: Viewer, words: list[str]) -> list[Found]:
    read = ((url, *map(_translated, (post.title, post.about, post.keywords))) for post, url in pages_open_to(viewer))
    return [Found(title, url, about) for url, title, about, more in read if holds(f"{title} {about} {more}", words)]


def _place(found: Found, words: list[str]) -> tuple[bool, str, str]:
    return not holds(found.title, words), folded(found.title), found.url


def _translated(text: str) -> str:
    return gettext(text) if text else ""  # the translation of nothing is the head of the catalogue
