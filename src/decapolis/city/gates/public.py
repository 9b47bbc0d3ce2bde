"""What others may use of gates: to declare theirs, to ask whether one is open, to say where it stands."""

from decapolis.city.gates.actions import GateClosed, reasons_of, require_open
from decapolis.city.gates.declared import Gate, Kind, Requirement, declare
from decapolis.city.gates.queries import GateStatus, status, statuses

__all__ = [
    "Gate",
    "GateClosed",
    "GateStatus",
    "Kind",
    "Requirement",
    "declare",
    "reasons_of",
    "require_open",
    "status",
    "statuses",
]
