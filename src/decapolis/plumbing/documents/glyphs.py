"""Which letters a font has, as the font itself says: its table `cmap` (OpenType 1.9, format 12).

Fonts are ours, made by the build of the assets; one without that table is a fault of the build.
"""

from collections.abc import Iterator
from itertools import chain
from struct import iter_unpack, unpack_from

FULL_UNICODE = 12


def letters(font: bytes) -> frozenset[int]:
    """Code points that a font in TrueType has a glyph for."""
    table = _table(font, b"cmap")
    (count,) = unpack_from(">H", font, table + 2)
    for place in range(count):
        (offset,) = unpack_from(">I", font, table + 8 + 8 * place)
        if unpack_from(">H", font, table + offset) == (FULL_UNICODE,):
            return frozenset(chain.from_iterable(_ranges(font, table + offset)))
    raise ValueError("the font has no cmap of format 12")


def _table(font: bytes, name: bytes) -> int:
    (count,) = unpack_from(">H", font, 4)
    for tag, _, offset, _ in iter_unpack(">4sIII", font[12 : 12 + 16 * count]):
        if tag == name:
            return int(offset)
    raise ValueError(f"the font has no table {name.decode()}")


def _ranges(font: bytes, start: int) -> Iterator[range]:
    """Groups of code points that follow each other; glyph 0 is the empty box."""
    (count,) = unpack_from(">I", font, start + 12)
    for first, last, glyph in iter_unpack(">III", font[start + 16 : start + 16 + 12 * count]):
        yield range(first if glyph else first + 1, last + 1)
