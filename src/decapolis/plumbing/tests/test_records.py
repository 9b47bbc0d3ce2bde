"""Records: few sections stand below one another, many become tabs."""

import pytest
from django.http import QueryDict

from decapolis.plumbing.records import Section, sections_of

SECTIONS = tuple(Section(str(number), f"Section {number}", "part.html") for number in range(6))


def test_five_sections_are_shown_without_tabs():
    found = sections_of(QueryDict("tab=3"), SECTIONS[:5])

    assert (found.shown, found.tabs) == (SECTIONS[:5], ())


@pytest.mark.parametrize(("asked", "shown"), [("", 0), ("tab=4", 4), ("tab=none", 0), ("tab=%00", 0)])
def test_six_sections_are_tabs_of_which_one_is_shown(asked, shown):
    found = sections_of(QueryDict(asked), SECTIONS)

    assert (found.shown, found.tabs) == ((SECTIONS[shown],), SECTIONS)
