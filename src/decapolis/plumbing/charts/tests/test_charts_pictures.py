"""Charts that stand alone: every line has its place."""

from itertools import pairwise
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decapolis.plumbing.charts.clouds import Cloud, plane
from decapolis.plumbing.charts.pictures import (
    END,
    FIRST_STRONG,
    INKS,
    LONGEST,
    MARGIN,
    RIGHT_TO_LEFT,
    WIDTH,
    Entry,
    bars_picture,
    plane_picture,
)
from decapolis.plumbing.charts.strips import MARKS, Reading, bar

BAR = bar(Reading(60, 50, 70))
entries = st.lists(
    st.builds(Entry, st.text(max_size=200), st.sampled_from([BAR, None]), st.text(max_size=80)), max_size=6
)


@given(entries)
def test_bars_picture_puts_everything_beneath_each_other(given_entries: list[Entry]) -> None:
    picture = bars_picture("What did people say?", given_entries, ["n 20"], mirrored=False)

    heights = [line.y for line in picture.lines]
    assert all(above < below for above, below in pairwise(heights))
    assert all(MARGIN <= y <= picture.height - MARGIN for y in heights)
    assert len(picture.bars) == sum(entry.bar is not None for entry in given_entries)


def test_bars_picture_draws_the_bar_between_text_and_caption() -> None:
    picture = bars_picture("Title", [Entry("Light on the quay.", BAR, "60 % agree")], [], mirrored=False)

    (placed,) = picture.bars
    said, caption = picture.lines[1:]
    assert said.y < placed.y < caption.y


def test_bars_picture_shortens_a_text_at_the_end_of_a_word() -> None:
    entry = Entry("light " * 10_000, BAR, "caption")

    picture = bars_picture("Title", [entry], [], mirrored=False)

    said = [line.text for line in picture.lines if line.kind == "text"]
    assert said[-1].removesuffix(END).endswith("light…")
    assert sum(map(len, said)) <= LONGEST + 2 * len(said)


@given(st.text(st.characters(), max_size=40))
def test_bars_picture_holds_no_character_that_breaks_a_drawing(text: str) -> None:
    picture = bars_picture(text, [Entry(text, None, text)], [text], mirrored=False)

    drawn = "".join(escape(line.text) for line in picture.lines)
    assert ET.fromstring(f"<text>{drawn}</text>").tag == "text"  # noqa: S314  # our own


def test_mirrored_picture_begins_at_the_right_and_keeps_quotations() -> None:
    picture = bars_picture("Title?", [Entry("Light.", BAR, "caption")], ["note"], mirrored=True)

    assert picture.edge == WIDTH - MARGIN
    assert [line.text[0] for line in picture.lines] == [FIRST_STRONG, FIRST_STRONG, RIGHT_TO_LEFT, RIGHT_TO_LEFT]


def test_title_is_plain_text() -> None:
    long_title = "What would make evenings better in Mill and Harbour, and who should pay for it?"

    assert bars_picture(long_title, [], [], mirrored=False).title == long_title


def test_plane_picture_gives_the_plane_its_room() -> None:
    laid_out = plane([Cloud("a", "Group A", ((0.1, 0.1), (0.9, 0.9)))])

    picture = plane_picture("Title", laid_out, ["note"], mirrored=False)

    assert picture.plane is not None
    title, note = picture.lines
    assert title.y <= picture.plane.y
    assert picture.plane.y + picture.plane.height < note.y


@pytest.mark.parametrize("voice", sorted(MARKS))
def test_every_voice_has_ink(voice: str) -> None:
    assert INKS[voice].line != INKS[voice].surface
