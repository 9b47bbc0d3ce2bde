"""Turns a drawing (SVG) into a picture (PNG), with fonts of ours and no font of the machine."""

from functools import cache
from unicodedata import category, name

import typst
from django.contrib.staticfiles import finders

FONTS = "dist/fonts-ttf"
"""Where the build of the assets puts fonts that documents may use, among the static files."""
SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARABIC")
PIXELS_PER_INCH = 144

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
    made, warnings = typst.compile_with_warnings(
        PAGE.encode(), font_paths=_fonts(), format="png", ppi=PIXELS_PER_INCH, sys_inputs={"drawing": drawing}
    )
    if warnings:
        raise PictureError("; ".join(warning.message for warning in warnings))
    return made


def can_write(text: str) -> bool:
    """Whether our fonts have every letter of a text, so that no empty boxes are drawn."""
    return all(_is_in_our_scripts(letter) for letter in text)


@cache
def _is_in_our_scripts(letter: str) -> bool:
    kind = category(letter)
    if kind.startswith("L"):
        return name(letter, "").startswith(SCRIPTS)
    # Emoji and unassigned letters are not in our fonts; digits, signs and spaces are.
    return kind not in {"So", "Cn", "Co", "Cs"}


@cache
def _fonts() -> typst.Fonts:
    folder = finders.find(FONTS)
    if not isinstance(folder, str):
        raise PictureError("The fonts of documents are not there. Build the assets: run script/setup.")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
