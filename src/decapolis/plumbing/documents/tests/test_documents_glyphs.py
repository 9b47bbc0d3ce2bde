"""Letters of a font, by a font made here and by ours."""

from pathlib import Path
from struct import pack

import pytest
from django.contrib.staticfiles import finders

from decapolis.plumbing.documents.glyphs import letters
from decapolis.plumbing.documents.pictures import FONTS


def font(*groups: tuple[int, int, int], kind: int = 12, tag: bytes = b"cmap") -> bytes:
    """A font with one table, which has one subtable with these groups (first, last, glyph of the first)."""
    subtable = pack(">HHIII", kind, 0, 16 + 12 * len(groups), 0, len(groups))
    subtable += b"".join(pack(">III", *group) for group in groups)
    table = pack(">HHHHI", 0, 1, 3, 10, 12) + subtable
    return pack(">IHHHH", 0x00010000, 1, 0, 0, 0) + pack(">4sIII", tag, 0, 28, len(table)) + table


def test_letters_are_those_of_all_groups() -> None:
    assert letters(font((65, 67, 1), (0x1F600, 0x1F600, 9))) == {65, 66, 67, 0x1F600}


def test_letters_leave_out_the_empty_box() -> None:
    assert letters(font((65, 66, 0))) == {66}


@pytest.mark.parametrize("broken", [font(kind=4), font(tag=b"glyf")])
def test_letters_of_a_font_that_does_not_say_are_an_error(broken: bytes) -> None:
    with pytest.raises(ValueError, match="the font has no"):
        letters(broken)


def test_letters_of_our_fonts_are_those_of_their_scripts() -> None:
    folder = finders.find(FONTS)
    if not isinstance(folder, str):
        pytest.skip("The assets are not built: run script/setup.")
    latin = letters((Path(folder) / "Inter_400Regular.ttf").read_bytes())
    arabic = letters((Path(folder) / "NotoSansArabic_400Regular.ttf").read_bytes())
    assert latin >= set(map(ord, "Aßéщ€…’"))
    assert arabic >= set(map(ord, "مرحبا؟٠"))
    assert ord("م") not in latin
    assert ord("我") not in latin | arabic
