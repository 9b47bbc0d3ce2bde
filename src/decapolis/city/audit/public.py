"""What every other part may use of the audit."""

from decapolis.city.audit.actions import NotRecordable, note_denial, note_reading, record
from decapolis.city.audit.queries import Filters, Line, Page, denied_requests, entries, readings

__all__ = [
    "Filters",
    "Line",
    "NotRecordable",
    "Page",
    "denied_requests",
    "entries",
    "note_denial",
    "note_reading",
    "readings",
    "record",
]
