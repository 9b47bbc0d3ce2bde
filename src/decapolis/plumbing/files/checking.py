"""What a file is: said by its content, and held against what the caller takes."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from decapolis.plumbing.files import papers, pictures, tables
from decapolis.plumbing.files.kinds import PICTURES, Checked, FileRefused, Kind, Limits

BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"RIFF", Kind.WEBP),
    (b"%PDF-", Kind.PDF),
    (b"PK\x03\x04", Kind.XLSX),
)
READERS: dict[Kind, Callable[[bytes], Checked]] = {
    Kind.PDF: papers.checked,
    Kind.CSV: tables.checked_csv,
    Kind.GEOJSON: tables.checked_geojson,
    Kind.XLSX: tables.checked_xlsx,
}
EMPTY = _("This file is empty.")
NOT_TAKEN = _("Files of this kind are not taken here. Taken are: %(kinds)s.")
TOO_LARGE = _("This file is larger than the %(megabytes)s MB that are taken here.")


def check(content: bytes, limits: Limits) -> Checked:
    """Look at a file; answers what is to be kept of it, or raises `FileRefused` with the reason."""
    if not content:
        raise FileRefused(EMPTY)
    if len(content) > limits.size:
        raise FileRefused(TOO_LARGE % {"megabytes": f"{limits.size / 1e6:g}"})
    kind = _kind(content, limits)
    return pictures.remade(content, limits) if kind in PICTURES else READERS[kind](content)


def _kind(content: bytes, limits: Limits) -> Kind:
    """Kind by the first bytes. Text has none: it is what the caller takes of the two."""
    found = next((kind for beginning, kind in BEGINNINGS if content.startswith(beginning)), None)
    found = found or (Kind.GEOJSON if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else Kind.CSV)
    if found not in limits.kinds:
        kinds = ", ".join(sorted(kind.value.upper() for kind in limits.kinds))
        raise FileRefused(NOT_TAKEN % {"kinds": kinds})
    return found
