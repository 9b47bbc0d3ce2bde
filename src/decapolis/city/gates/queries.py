"""Where gates stand: public, but for the names of those who signed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from decapolis.city.access.public import Viewer
from decapolis.city.gates.declared import NAMES, SIGNERS, Gate, Requirement, Words, gate_of, gates
from decapolis.city.gates.models import Signature, Stop
from decapolis.plumbing import clock

State = Literal["missing", "signed", "lapsed", "refused"]
Last = Mapping[tuple[str, str], Signature]


@dataclass(frozen=True)
class Agreement:
    """One requirement of a gate and where it stands; `until` is the last day on which it counts."""

    requirement: Requirement
    state: State
    signature: Signature | None
    can_sign: bool

    @property
    def name(self) -> Words:
        """What it is called."""
        return NAMES[self.requirement.kind]

    @property
    def until(self) -> date | None:
        """Last day on which it counts, where it does."""
        return self.signature.valid_until if self.signature and self.state == "signed" else None


@dataclass(frozen=True)
class GateStatus:
    """A gate and where it stands: open where everything is signed and in date, and nothing is stopped."""

    gate: Gate
    subject: str
    agreements: tuple[Agreement, ...]
    stop: Stop | None

    @property
    def is_open(self) -> bool:
        """Whether what it guards may begin."""
        return self.stop is None and all(agreement.state == "signed" for agreement in self.agreements)


def statuses(viewer: Viewer, subjects: Iterable[str]) -> list[GateStatus]:
    """Where the gates of some subjects stand; two questions to the database, however many."""
    asked = list(subjects)
    steps = {subject: subject.partition(".")[0] for subject in asked}
    stops = {row.subject: row for row in Stop.objects.filter(subject__in={*steps, *steps.values()}, lifted_on=None)}
    last = _last(asked)
    return [_status(viewer, subject, last, stops.get(subject) or stops.get(steps[subject])) for subject in asked]


def status(viewer: Viewer, subject: str) -> GateStatus:
    """Where the gate of a subject stands."""
    return statuses(viewer, [subject])[0]


def modules(viewer: Viewer) -> list[GateStatus]:
    """Where the gates of whole steps stand."""
    return statuses(viewer, [gate.subject for gate in gates() if "." not in gate.subject])


def history(viewer: Viewer, subject: str) -> list[Signature | Stop]:  # noqa: ARG001  # public: the same for every viewer
    """Everything that was signed, refused, stopped and lifted, the last first."""
    signed: list[Signature | Stop] = [*Signature.objects.filter(subject=subject).order_by("-pk")]
    stopped = Stop.objects.filter(subject=subject).order_by("-pk")
    return sorted([*signed, *stopped], key=_day, reverse=True)


def _last(subjects: Iterable[str]) -> Last:
    """Last signature of each kind."""
    rows = Signature.objects.filter(subject__in=list(subjects)).order_by("pk")
    return {(row.subject, row.kind): row for row in rows}


def _status(viewer: Viewer, subject: str, last: Last, stop: Stop | None) -> GateStatus:
    gate = gate_of(subject)
    agreements = (_agreement(viewer, each, last.get((subject, each.kind))) for each in gate.requirements)
    return GateStatus(gate, subject, tuple(agreements), stop)


def _agreement(viewer: Viewer, requirement: Requirement, last: Signature | None) -> Agreement:
    return Agreement(requirement, _state(last), last, viewer.may(SIGNERS[requirement.kind]))


def _state(last: Signature | None) -> State:
    """Where an agreement stands by its last signature."""
    if last is None:
        return "missing"
    if last.is_refusal:
        return "refused"
    return "signed" if last.valid_until >= clock.today() else "lapsed"


def _day(row: Signature | Stop) -> date:
    return row.signed_on if isinstance(row, Signature) else row.lifted_on or row.stopped_on
