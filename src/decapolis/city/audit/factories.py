"""Entries for tests and for the demo."""

from decapolis.city.audit.actions import record
from decapolis.plumbing.acting import OPERATOR, Actor, act


def make_entries(number: int, by: Actor = OPERATOR) -> list[int]:
    """Record acts on the conversations 1, 2, 3 …, each in an act of its own; answers the numbers of the entries."""
    numbers = []
    for conversation in range(1, number + 1):
        with act():
            numbers.append(_record(by, conversation))
    return numbers


def _record(by: Actor, conversation: int) -> int:
    return record(by=by, act="listening.close_conversation", subject=f"listening.conversation:{conversation}")
