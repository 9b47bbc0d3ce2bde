"""PDF: read before it is kept; one that acts by itself, carries other files or is locked is refused."""

from collections.abc import Iterator
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject

from decapolis.plumbing.files.kinds import Checked, FileRefused, Kind

MOST_OBJECTS = 50_000
MOST_PAGES = 2_000
ACTING = {
    "/JS",
    "/JavaScript",
    "/Launch",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/RichMedia",
    "/XFA",
    "/AA",
    "/SubmitForm",
}
"""Names in a PDF by which it does more than to be read."""
BROKEN = _("This PDF cannot be read. Open it, print it to a new PDF, and send that.")
LOCKED = _("This PDF is locked by a password. Save it without one and send that.")
ACTS = _(
    "This PDF does more than to be read: it holds scripts, forms or other files. Print it to a new PDF and send that."
)


def checked(content: bytes) -> Checked:
    """PDF as it came, if nothing is wrong with it. It ends where it says, so that it is nothing else besides."""
    if not content.startswith(b"%PDF-") or not content.rstrip(b"\r\n \t\0").endswith(b"%%EOF"):
        raise FileRefused(BROKEN)
    try:
        _look_at(content)
    except FileRefused:
        raise
    except Exception:  # noqa: BLE001  # a parser of strangers' files fails in every way there is
        raise FileRefused(BROKEN) from None
    return Checked(Kind.PDF, content)


def _look_at(content: bytes) -> None:
    reader = PdfReader(BytesIO(content), strict=False)
    if reader.is_encrypted:
        raise FileRefused(LOCKED)
    if not 0 < len(reader.pages) <= MOST_PAGES:
        raise FileRefused(BROKEN)
    for number, each in enumerate(_objects(reader.trailer)):
        if number > MOST_OBJECTS:
            raise FileRefused(BROKEN)
        names = {str(key) for key in each} | {str(value) for value in each.values() if isinstance(value, NameObject)}
        if names & ACTING:
            raise FileRefused(ACTS)


def _objects(root: PdfObject) -> Iterator[DictionaryObject]:
    """All dictionaries that can be reached."""
    seen: set[int] = set()
    waiting: list[PdfObject | None] = [root]
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if each.idnum in seen:
                continue
            seen.add(each.idnum)
            each = each.get_object()
        if isinstance(each, DictionaryObject):
            yield each
            waiting.extend(each.raw_get(key) for key in each)
        elif isinstance(each, ArrayObject):
            waiting.extend(list.__iter__(each))
