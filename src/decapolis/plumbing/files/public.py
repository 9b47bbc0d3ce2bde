"""What every other part may use of files."""

from decapolis.plumbing.files.kinds import PICTURES, FileRefused, Kind, Limits
from decapolis.plumbing.files.models import StoredFile
from decapolis.plumbing.files.serving import answer, ticket, ticketed
from decapolis.plumbing.files.store import discard, keep

__all__ = ["PICTURES", "FileRefused", "Kind", "Limits", "StoredFile", "answer", "discard", "keep", "ticket", "ticketed"]
