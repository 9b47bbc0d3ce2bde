"""Tables and maps: CSV, GeoJSON, XLSX; read as far as is needed to know that they are what they seem."""

import csv
import json
import zipfile
from io import BytesIO, StringIO
from unicodedata import category
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from decapolis.plumbing.files.kinds import MEGABYTE, Checked, FileRefused, Kind

MOST_PARTS = 1_000
MOST_UNPACKED = 100 * MEGABYTE
LONGEST_FIELD = 100_000
BOOK = "xl/workbook.xml"
LISTING = "[Content_Types].xml"
SHAPES = {
    "FeatureCollection", "Feature", "GeometryCollection", "Point", "MultiPoint", "LineString", "MultiLineString",
    "Polygon", "MultiPolygon",
}  # fmt: skip
NO_TEXT = _("This file is not plain text in UTF-8. Save it as “CSV UTF-8” and send it again.")
NO_TABLE = _("This file is no table: its rows cannot be read. Save it as CSV again.")
NO_MAP = _("This file is no GeoJSON that can be read.")
NO_BOOK = _(
    "This is no workbook that can be read, or it holds macros or other files. Save it as plain .xlsx, or as CSV."
)
GROWS = _("This file grows too large when it is unpacked. Split it and send the parts.")


def checked_csv(content: bytes) -> Checked:
    """Table as text: UTF-8, no control characters, rows of the same number of fields."""
    text = _text(content)
    try:
        widths = {len(row) for row in csv.reader(StringIO(text, newline=""), strict=True) if row}
    except csv.Error:
        raise FileRefused(NO_TABLE) from None
    if len(widths) != 1:
        raise FileRefused(NO_TABLE)
    return Checked(Kind.CSV, content)


def checked_geojson(content: bytes) -> Checked:
    """Map: JSON that says of itself which shape it holds."""
    text = _text(content)
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise FileRefused(NO_MAP) from None
    features = read.get("features", []) if isinstance(read, dict) else None
    if not isinstance(features, list) or read.get("type") not in SHAPES:
        raise FileRefused(NO_MAP)
    return Checked(Kind.GEOJSON, content)


def checked_xlsx(content: bytes) -> Checked:
    """Workbook: an archive that begins and ends where it says, does not grow, and holds no macros."""
    if not content.startswith(b"PK\x03\x04"):
        raise FileRefused(NO_BOOK)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _look_into(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, expat.ExpatError):
        raise FileRefused(NO_BOOK) from None
    return Checked(Kind.XLSX, content)


def _look_into(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or len(set(names)) < len(names) or not {BOOK, LISTING} <= set(names):
        raise FileRefused(NO_BOOK)
    if archive.comment or any(_is_foreign(name) for name in names):
        raise FileRefused(NO_BOOK)
    left = MOST_UNPACKED
    for part in parts:
        left -= _unpacked(archive, part, left)


def _is_foreign(name: str) -> bool:
    """Whether a part is no part of a plain workbook: macros, other files, a path out of it."""
    lower = name.lower()
    is_path_out = ".." in lower or lower.startswith("/") or "\\" in lower
    return is_path_out or lower.endswith((".bin", ".exe", ".js", ".vbs")) or "/embeddings/" in lower


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Unpack a part, not further than is left, whatever size it says; read it where it is XML. Answers its size."""
    parser = _parser() if part.filename.endswith((".xml", ".rels")) else None
    size = 0
    with archive.open(part) as file:
        while piece := file.read(1 << 16):
            size += len(piece)
            if size > left:
                raise FileRefused(GROWS)
            if parser:
                parser.Parse(piece, False)  # noqa: FBT003  # as expat has it
    if parser:
        parser.Parse(b"", True)  # noqa: FBT003  # as expat has it
    return size


def _parser() -> expat.XMLParserType:
    """Reader of XML that takes no entities: a few of them grow to gigabytes."""
    made = expat.ParserCreate()
    made.StartDoctypeDeclHandler = _refuse
    return made


def _refuse(*_given: object) -> None:
    raise FileRefused(NO_BOOK)


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused(NO_TEXT) from None
    if not text.strip() or any(category(letter) == "Cc" and letter not in "\t\r\n" for letter in set(text)):
        raise FileRefused(NO_TEXT)
    return text
