"""What every other part may use of the audit."""

from decapolis.city.audit.actions import NotRecordable, note_denial, note_reading, record
from decapolis.city.audit.queries import (
    Filters,
    Happening,
    Line,
    Page,
    deeds,
    denied_requests,
    entries,
    happenings,
    readings,
)

__all__ = [
    "Filters",
    "Happening",
    "Line",
    "NotRecordable",
    "Page",
    "deeds",
    "denied_requests",
    "entries",
    "happenings",
    "note_denial",
    "note_reading",
    "readings",
    "record",
]
