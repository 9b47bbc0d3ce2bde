"""What a step declares: its gates, and what each of them asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from decapolis.city.access.public import Permission
from decapolis.plumbing.declaring import modules

Words = str | Promise
YEAR = timedelta(days=365)


class Kind(StrEnum):
    """What an agreement is about."""

    MANDATE = "mandate"
    DATA_PROTECTION = "data_protection"
    EQUALITY = "equality"
    CHILDREN = "children"
    DO_NO_HARM = "do_no_harm"


NAMES: dict[Kind, Words] = {
    Kind.MANDATE: _("Mandate"),
    Kind.DATA_PROTECTION: _("Data-protection assessment"),
    Kind.EQUALITY: _("Equality assessment"),
    Kind.CHILDREN: _("Children’s rights assessment"),
    Kind.DO_NO_HARM: _("Do No Harm review"),
}
SIGNERS: dict[Kind, Permission] = {
    Kind.MANDATE: Permission.SIGN_MANDATE,
    Kind.DATA_PROTECTION: Permission.SIGN_DATA_PROTECTION,
    Kind.EQUALITY: Permission.SIGN_RIGHTS,
    Kind.CHILDREN: Permission.SIGN_RIGHTS,
    Kind.DO_NO_HARM: Permission.SIGN_RIGHTS,
}
"""Which permission signs an agreement of each kind."""


@dataclass(frozen=True)
class Requirement:
    """An agreement that a gate asks for.

    It lapses `valid` after its signature, by the clock alone. Whoever signs it is none of those whom the gate names
    under `differs_from` (like ``author``), and has not signed the requirements named there (like ``mandate``).
    `needs_document` asks for the title and address of what was agreed to.
    """

    kind: Kind
    valid: timedelta = YEAR
    differs_from: tuple[str, ...] = ()
    needs_document: bool = True


def _nobody(_subject: str) -> Mapping[str, int]:
    return {}


def _always(_subject: str) -> bool:
    return True


@dataclass(frozen=True)
class Gate:
    """A gate of a step: of the whole step, or of each of its records.

    `subject` is the step, like ``listening``, or the kind of record, like ``listening.conversation``. `people` answers
    the accounts behind names that requirements use, for one subject like ``listening.conversation:3``; `is_there`
    whether there is such a record.
    """

    subject: str
    name: Words
    why: Words
    requirements: tuple[Requirement, ...]
    people: Callable[[str], Mapping[str, int]] = _nobody
    is_there: Callable[[str], bool] = _always


_gates: dict[str, Gate] = {}


def declare(gate: Gate) -> Gate:
    """Declare a gate; a step does it once, in its ``declarations.py``.

    Raises
    ------
    ValueError
        Another gate has this subject, or two requirements are of one kind.
    """
    kinds = [requirement.kind for requirement in gate.requirements]
    if _gates.setdefault(gate.subject, gate) is not gate:
        raise ValueError(f"{gate.subject} has a gate already.")
    if len(set(kinds)) < len(kinds):
        raise ValueError(f"{gate.subject} asks for one kind of agreement twice.")
    return gate


def gates() -> tuple[Gate, ...]:
    """All gates, by their subjects."""
    modules()  # reading the declarations of every part is what declares them
    return tuple(_gates[subject] for subject in sorted(_gates))


def gate_of(subject: str) -> Gate:
    """Gate of a subject like ``listening`` or ``listening.conversation:3``.

    Raises
    ------
    KeyError
        There is none.
    """
    return {gate.subject: gate for gate in gates()}[subject.partition(":")[0]]
