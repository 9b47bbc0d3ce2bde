"""Charts that stand alone: every line of text has its place, because a picture has no page around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from decapolis.plumbing.charts.clouds import DrawnCloud, Plane
from decapolis.plumbing.charts.lines import break_lines, plain, shorten
from decapolis.plumbing.charts.strips import Bar

Kind = Literal["title", "text", "small"]

WIDTH, MARGIN = 720, 28
SIZES: dict[Kind, int] = {"title": 22, "text": 16, "small": 13}
"""Sizes of text in pixels."""
LEADING = 1.4
LONGEST = 400
"""Characters of a text that are drawn: a picture is looked at, and the page has the whole text."""
BAR_HEIGHT, GAP = 28, 16
LEFT_TO_RIGHT, RIGHT_TO_LEFT, FIRST_STRONG, END = "\u2066", "\u2067", "\u2068", "\u2069"
ISOLATES = LEFT_TO_RIGHT + RIGHT_TO_LEFT + FIRST_STRONG + END
"""Marks of Unicode that keep the direction of one text from its neighbours."""


@dataclass(frozen=True)
class TextLine:
    """One line of text, the height of its feet, and its size."""

    text: str
    y: int
    kind: Kind
    size: int


@dataclass(frozen=True)
class PlacedBar:
    """A bar at a height."""

    bar: Bar
    y: int


@dataclass(frozen=True)
class Entry:
    """One row to be placed: what is said above the bar and below it."""

    text: str
    bar: Bar | None
    caption: str


@dataclass(frozen=True)
class Ink:
    """Colours of one voice, by day: lines and marks, and the surface inside an outline."""

    line: str
    surface: str


@dataclass(frozen=True)
class PlacedPlane:
    """A plane of clouds at a height, with the ink of each cloud."""

    plane: Plane
    y: int
    height: int

    @property
    def inked(self) -> tuple[tuple[DrawnCloud, Ink], ...]:
        """Each cloud with its ink."""
        return tuple((cloud, INKS.get(cloud.voice, UNDECIDED)) for cloud in self.plane.clouds)


@dataclass(frozen=True)
class Picture:
    """A chart that stands alone. `mirrored` where the reader's language is written from right to left."""

    height: int
    lines: tuple[TextLine, ...]
    bars: tuple[PlacedBar, ...]
    plane: PlacedPlane | None
    mirrored: bool
    width: int = WIDTH
    margin: int = MARGIN
    inner: int = WIDTH - 2 * MARGIN

    @property
    def edge(self) -> int:
        """Where text begins."""
        return WIDTH - MARGIN if self.mirrored else MARGIN

    @property
    def title(self) -> str:
        """First lines of text, without the marks of direction."""
        said = " ".join(line.text for line in self.lines if line.kind == "title")
        return said.translate(dict.fromkeys(map(ord, ISOLATES)))


class _Pen:
    """Puts lines and bars beneath each other; `mirrored` is the direction of what is not a quotation."""

    def __init__(self, *, mirrored: bool) -> None:
        self.y = MARGIN
        self.mirrored = mirrored
        self.lines: list[TextLine] = []
        self.bars: list[PlacedBar] = []

    def write(self, text: str, kind: Kind, *, is_quotation: bool = False) -> None:
        """Write a text in as many lines as it needs. A quotation keeps its own direction."""
        size = SIZES[kind]
        first = FIRST_STRONG if is_quotation else (RIGHT_TO_LEFT if self.mirrored else LEFT_TO_RIGHT)
        for line in break_lines(shorten(plain(text), LONGEST), (WIDTH - 2 * MARGIN) / size):
            self.y += round(size * LEADING)
            self.lines.append(TextLine(f"{first}{line}{END}", self.y - round(size * (LEADING - 1)), kind, size))

    def draw(self, bar: Bar) -> None:
        """Draw a bar beneath."""
        self.bars.append(PlacedBar(bar, self.y))
        self.y += BAR_HEIGHT

    def skip(self, height: int) -> int:
        """Leave a gap, and tell where it began."""
        self.y += height
        return self.y - height

    def picture(self, plane: PlacedPlane | None = None) -> Picture:
        """Close the picture."""
        return Picture(self.y + MARGIN, tuple(self.lines), tuple(self.bars), plane, self.mirrored)


def bars_picture(title: str, entries: Sequence[Entry], notes: Sequence[str], *, mirrored: bool) -> Picture:
    """Lay out bars as a picture: title, then each text with its bar and caption, then the notes."""
    pen = _Pen(mirrored=mirrored)
    pen.write(title, "title", is_quotation=True)
    for entry in entries:
        pen.skip(GAP)
        pen.write(entry.text, "text", is_quotation=True)
        if entry.bar is not None:
            pen.draw(entry.bar)
        pen.write(entry.caption, "small")
    return _with_notes(pen, notes)


def plane_picture(title: str, plane: Plane, notes: Sequence[str], *, mirrored: bool) -> Picture:
    """Lay out clouds as a picture: title, the plane, then the notes. The plane itself is never mirrored."""
    pen = _Pen(mirrored=mirrored)
    pen.write(title, "title", is_quotation=True)
    height = round(float(plane.height) * (WIDTH - 2 * MARGIN) / float(plane.width))
    placed = PlacedPlane(plane, pen.skip(height), height)
    return _with_notes(pen, notes, placed)


def _with_notes(pen: _Pen, notes: Sequence[str], plane: PlacedPlane | None = None) -> Picture:
    pen.skip(GAP)
    for note in notes:
        pen.write(note, "small")
    return pen.picture(plane)


INKS = {
    "a": Ink("#0d5c58", "#e0eeea"),
    "b": Ink("#a56d0f", "#faedcf"),
    "c": Ink("#7c4a71", "#f2e7ef"),
    "d": Ink("#40617e", "#e6ecf1"),
    "e": Ink("#47692f", "#e7efdc"),
}
"""The theme's voices by day: a picture knows no night."""
UNDECIDED = Ink("#5d5548", "#fffefb")
