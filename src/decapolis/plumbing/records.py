"""Records: what can be done with one, what cannot, why and who can; its sections, in tabs where they are many."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise

ON_ONE_PAGE = 5
"""So many sections stand below one another; more become tabs."""

Text = str | Promise


@dataclass(frozen=True)
class Deed:
    """Something that is done with a record. Without `address` it cannot be done now: `why` says why, and who can."""

    label: Text
    address: str = ""
    why: Text = ""
    is_posted: bool = False


@dataclass(frozen=True)
class Section:
    """One section of a record: its key in the address, its heading, and the template that shows it."""

    key: str
    label: Text
    template: str


@dataclass(frozen=True)
class Sections:
    """Sections that are shown, and the tabs that lead to the others; no tabs where all are shown."""

    shown: tuple[Section, ...]
    tabs: tuple[Section, ...] = ()


def sections_of(asked: QueryDict, sections: Sequence[Section]) -> Sections:
    """Sections that the address asks for: all, as long as they are few; else one, the first if it names none."""
    if len(sections) <= ON_ONE_PAGE:
        return Sections(tuple(sections))
    current = next((each for each in sections if each.key == asked.get("tab")), sections[0])
    return Sections((current,), tuple(sections))
