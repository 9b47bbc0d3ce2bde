"""Kinds of files, how large they may be, and what is said of one that is refused."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

MEGABYTE = 1_000_000
Words = str | Promise


class Kind(StrEnum):
    """What a file can be, named by its ending."""

    PNG = "png"
    JPEG = "jpg"
    WEBP = "webp"
    PDF = "pdf"
    CSV = "csv"
    GEOJSON = "geojson"
    XLSX = "xlsx"


PICTURES = frozenset({Kind.PNG, Kind.JPEG, Kind.WEBP})
MEDIA = {
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.WEBP: "image/webp",
    Kind.PDF: "application/pdf",
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.GEOJSON: "application/geo+json",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Limits:
    """What a caller takes: kinds, bytes, and for pictures the pixels read and the longest side kept."""

    kinds: frozenset[Kind]
    size: int = 5 * MEGABYTE
    pixels: int = 40 * MEGABYTE
    side: int = 2_400


@dataclass(frozen=True)
class Checked:
    """A file that was looked at: what it is, and the bytes to keep."""

    kind: Kind
    content: bytes
    width: int | None = None
    height: int | None = None


class FileRefused(Exception):  # noqa: N818  # a plain word, said to the person who handed it in
    """A file that is not taken; `reason` is a sentence for the person who handed it in."""

    def __init__(self, reason: Words) -> None:
        super().__init__(reason)
        self.reason = reason
