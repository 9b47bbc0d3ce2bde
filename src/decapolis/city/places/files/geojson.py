"""GeoJSON feature by feature: however large the file is, no more than one feature of it is text in memory."""

import codecs
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from decapolis.city.places.files.faults import PlaceFault

LARGEST_FILE = 256 * 2**20
LARGEST_FEATURE = 16 * 2**20
CHUNK = 2**16
WGS84 = {"crs84", "4326"}
EXPORT_AGAIN = gettext_noop("Export it again as GeoJSON (RFC 7946).")
BLANK = " \t\n\r"
AFTER_A_VALUE = f"{BLANK},:]}}"


class Reader:
    """Walks through the members of a collection; `feature` is the number of the one that is being read."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self.feature: int | None = None
        self._file = file
        self._text = ""
        self._at = 0
        self._is_all = False
        self._letters = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder()

    def members(self) -> Iterator[tuple[str, object]]:
        """Name and value of each member of the file; "features" comes once for each of them."""
        self._expect("{")
        while self._next() != "}":
            name = self._value()
            self._expect(":")
            if name == "features":
                yield from ((name, feature) for feature in self._features())
            else:
                yield str(name), self._value()
            if self._next() != "}":
                self._expect(",")
        self._expect("}")
        if self._next():
            raise self._damaged()

    def _features(self) -> Iterator[object]:
        number = 0
        self._expect("[")
        while self._next() != "]":
            number += 1
            self.feature = number
            yield self._value()
            if self._next() != "]":
                self._expect(",")
        self.feature = None
        self._expect("]")

    def _value(self) -> object:
        """Read the value that begins here; take in twice as much text until it is whole: the work stays linear."""
        self._next()
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except (ValueError, RecursionError):
                end = -1
            if end >= 0 and self._ends(end):
                self._at = end
                return value
            if self._is_all:
                raise self._damaged()
            self._more()

    def _ends(self, at: int) -> bool:
        """Whether a value ends here: of a number, the rest may not have been read yet."""
        sign = self._text[at : at + 1]
        return sign in AFTER_A_VALUE if sign else self._is_all

    def _next(self) -> str:
        """Show the next sign that is not blank; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in BLANK:
                self._at += 1
            if self._at < len(self._text) or self._is_all:
                return self._text[self._at : self._at + 1]
            self._more()

    def _expect(self, sign: str) -> None:
        if self._next() != sign:
            raise self._damaged()
        self._at += 1

    def _more(self) -> None:
        """Read on: as much again as is waiting."""
        waiting = self._text[self._at :]
        if len(waiting) > LARGEST_FEATURE:
            what = _("It has more than %(megabytes)s MB in one piece, or is damaged.")
            remedy = _("Simplify its outline, or export the file again.")
            raise PlaceFault(self.path, self.feature, what % {"megabytes": LARGEST_FEATURE // 2**20}, remedy)
        data = self._file.read(max(CHUNK, len(waiting)))
        self._is_all = not data
        try:
            self._text, self._at = waiting + self._letters.decode(data, final=self._is_all), 0
        except UnicodeDecodeError:
            what = _("The file is not text in UTF-8.")
            raise PlaceFault(self.path, self.feature, what, _("Export it as GeoJSON in UTF-8.")) from None

    def _damaged(self) -> PlaceFault:
        is_end = self._is_all and self._at >= len(self._text)
        what = _("Here the file ends.") if is_end else _("The file is not GeoJSON here.")
        return PlaceFault(self.path, self.feature, what, _(EXPORT_AGAIN))


def features(path: Path, content: bytes | None = None) -> Iterator[tuple[int, dict[str, object]]]:
    """Number and content of each feature of a file, or of `content` that was handed in under its name.

    Whether the file says that it is a collection in longitudes and latitudes is known only at its end: keep nothing
    before.
    """
    seen: dict[str, object] = {}
    with _opened(path) if content is None else BytesIO(content) as file:
        reader = Reader(path, file)
        for name, value in reader.members():
            if name == "features":
                yield reader.feature or 0, _feature(path, reader.feature, value)
            else:
                seen[name] = _checked(path, name, value)
    if seen.get("type") != "FeatureCollection":
        raise _no_collection(path, seen.get("type"))


def _opened(path: Path) -> BinaryIO:
    try:
        size = path.stat().st_size
        file = path.open("rb")
    except OSError as error:
        what = _("The file cannot be read (%(reason)s).") % {"reason": error.strerror}
        raise PlaceFault(path, None, what, _("Check its name and its rights.")) from error
    if size > LARGEST_FILE:
        file.close()
        sizes = {"megabytes": f"{size / 2**20:,.0f}", "most": LARGEST_FILE // 2**20}
        what = _("The file has %(megabytes)s MB, at most %(most)s are read.") % sizes
        raise PlaceFault(path, None, what, _("Simplify the outlines: two metres are fine enough for a city."))
    return file


def _feature(path: Path, number: int | None, value: object) -> dict[str, object]:
    if isinstance(value, dict) and value.get("type") == "Feature":
        return value
    raise PlaceFault(path, number, _("This is no feature."), _(EXPORT_AGAIN))


def _checked(path: Path, name: str, value: object) -> object:
    if name == "type" and value != "FeatureCollection":
        raise _no_collection(path, value)
    if name == "crs" and value is not None:
        _check_crs(path, value)
    return value


def _no_collection(path: Path, kind: object) -> PlaceFault:
    what = _("It does not say what it is: a FeatureCollection is needed.")
    if isinstance(kind, str):
        what = _("It is a %(kind)s, not a FeatureCollection.") % {"kind": kind[:40]}
    return PlaceFault(path, None, what, _(EXPORT_AGAIN))


def _check_crs(path: Path, crs: object) -> None:
    """Take longitudes and latitudes of WGS 84 only: old files may name another system, new ones name none."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name") if isinstance(properties, dict) else crs)
    if re.split("[:/]", name)[-1].lower() not in WGS84:
        what = _("Its coordinates are in %(system)s, not in longitudes and latitudes of WGS 84.") % {
            "system": name[:80]
        }
        remedy = _("Transform it to EPSG:4326, for example: ogr2ogr -t_srs EPSG:4326 new old.")
        raise PlaceFault(path, None, what, remedy)
