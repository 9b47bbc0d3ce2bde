"""How a kept file is answered: as a download, or shown where it is a picture that was made anew."""

from django.core import signing
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from decapolis.plumbing.files.kinds import MEDIA, PICTURES, Kind
from decapolis.plumbing.files.models import StoredFile

SALT = "decapolis.plumbing.files"
LASTS = 3600
SANDBOX = "default-src 'none'; sandbox"


def answer(file: StoredFile, *, label: str = "file", inline: bool = False) -> HttpResponse:
    """Answer with a file, for a page that has asked for the permission. `label` names the download."""
    if inline and Kind(file.kind) not in PICTURES:
        raise ValueError("Only pictures that were made anew are shown inside a page.")
    try:
        with default_storage.open(file.path) as opened:
            made = HttpResponse(opened.read(), content_type=MEDIA[Kind(file.kind)])
    except FileNotFoundError:
        raise Http404 from None
    made.headers["Content-Disposition"] = str(content_disposition_header(not inline, f"{label}.{file.kind}"))
    made.headers["X-Content-Type-Options"] = "nosniff"
    made.headers["Content-Security-Policy"] = SANDBOX
    made.headers["Cache-Control"] = "private, no-store"
    return made


def ticket(file: StoredFile) -> str:
    """Ticket for a link that leads to this file for an hour, whoever follows it."""
    return signing.dumps(file.name, salt=SALT)


def ticketed(ticket: str) -> StoredFile:
    """File of a ticket; 404 where it is none, has lapsed, or the file is gone."""
    try:
        name = signing.loads(ticket, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        raise Http404 from None
    found = StoredFile.objects.filter(name=name).first()
    if found is None:
        raise Http404
    return found
