"""Turns a drawing (SVG) into a picture (PNG), with fonts of ours and no font of the machine."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from unicodedata import category

import typst
from django.contrib.staticfiles import finders

from decapolis.plumbing.documents.glyphs import letters

FONTS = "dist/fonts-ttf"
"""Where the build of the assets puts fonts that documents may use, among the static files."""
PIXELS_PER_INCH = 144
UNSEEN = {"Cc", "Cf", "Co"}
"""Controls, hidden marks and characters of private use: nobody knows what is drawn, or which way the rest is turned."""
ORTHOGRAPHIC = frozenset("\u200c\u200d\u200e\u200f")
"""Hidden marks that belong to how Persian and Arabic are written."""

# The text of this page is empty, but its fonts are asked for: one that is not there makes a warning.
PAGE = """
#set text(font: ("Inter", "Noto Sans Arabic"), fallback: false)
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg")
"""


class PictureError(RuntimeError):
    """A picture could not be made as it should look."""


def picture(drawing: str) -> bytes:
    """Draw an SVG as PNG. Anything the typesetter warns of, a missing font above all, is an error."""
    try:
        made, warnings = typst.compile_with_warnings(
            PAGE.encode(), font_paths=fonts(), format="png", ppi=PIXELS_PER_INCH, sys_inputs={"drawing": drawing}
        )
    except typst.TypstError as error:
        raise PictureError("The drawing is not one.") from error
    if warnings:
        raise PictureError("; ".join(warning.message for warning in warnings))
    return made


def fingerprint(drawing: str) -> str:
    """Name the picture that a drawing would become, without drawing it: the same name, the same picture."""
    return sha256(f"{_maker()}{drawing}".encode()).hexdigest()


@cache
def _maker() -> str:
    """What a picture depends on beside its drawing."""
    fonts = [(font.name, font.stat().st_size) for font in sorted(Path(_folder()).glob("*.ttf"))]
    return f"{version('typst')} {PAGE} {PIXELS_PER_INCH} {fonts}"


def can_write(text: str) -> bool:
    """Whether our fonts have every letter of a text, so that no empty boxes are drawn and nothing is hidden in it."""
    ours = _letters()
    seen = (letter for letter in text if not letter.isspace())
    return all(ord(each) in ours and (category(each) not in UNSEEN or each in ORTHOGRAPHIC) for each in seen)


@cache
def _letters() -> frozenset[int]:
    """Letters that any of our fonts has: where one lacks a letter, it is taken from another."""
    return frozenset().union(*(letters(font.read_bytes()) for font in sorted(Path(_folder()).glob("*.ttf"))))


@cache
def fonts() -> typst.Fonts:
    """Our fonts, and none of the machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_folder()])


def _folder() -> str:
    folder = finders.find(FONTS)
    if not isinstance(folder, str):
        raise PictureError("The fonts of documents are not there. Build the assets: run script/setup.")
    return folder
