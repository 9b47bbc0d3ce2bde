"""What others may use of gates: to declare theirs, to ask whether one is open, to say where it stands."""

from decapolis.city.access.public import ANYONE
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
    "reason_of_stop",
    "reasons_of",
    "require_open",
    "status",
    "statuses",
    "where_not_stopped",
]


def reason_of_stop(subject: str) -> str:
    """Why the overseer stopped something, or its step; empty where nothing is stopped. The same for everybody."""
    stop = status(ANYONE, subject).stop
    return stop.reason if stop else ""


def where_not_stopped(kind: str, number: str) -> str:
    """Condition of SQL that neither a record nor its step is stopped; `number` is the SQL for the record's number.

    For statements that have to ask by themselves, so that a stop races nothing. Both arguments are texts of ours.
    """
    step = kind.partition(".")[0]
    theirs = f"'{step}', '{kind}:' || CAST({number} AS TEXT)"
    return f"NOT EXISTS (SELECT 1 FROM gates_stop g WHERE g.lifted_on IS NULL AND g.subject IN ({theirs}))"  # noqa: S608 - texts of ours
