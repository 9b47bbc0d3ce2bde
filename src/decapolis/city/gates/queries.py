"""Where gates stand: public, but for the names of those who signed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.http import Http404
from django.utils.translation import gettext as _

from decapolis.city.access.public import Viewer
from decapolis.city.gates.declared import NAMES, SIGNERS, Gate, Kind, Requirement, Words, gate_of, gates
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
    def kind(self) -> Kind:
        """What it is about."""
        return self.requirement.kind

    @property
    def name(self) -> Words:
        """What it is called."""
        return NAMES[self.requirement.kind]

    @property
    def until(self) -> date | None:
        """Last day on which it counts, where it does."""
        return self.signature.valid_until if self.signature and self.state == "signed" else None


@dataclass(frozen=True)
class Event:
    """Something that was signed, refused, stopped or lifted, in words and without name."""

    day: date
    said: str
    reason: str


@dataclass(frozen=True)
class GateStatus:
    """A gate and where it stands: open where everything is signed and in date, and nothing is stopped."""

    gate: Gate
    subject: str
    agreements: tuple[Agreement, ...]
    stop: Stop | None

    @property
    def name(self) -> str:
        """What it is called; a record with its number."""
        number = self.subject.partition(":")[2]
        return f"{self.gate.name} {number}" if number else str(self.gate.name)

    @property
    def is_open(self) -> bool:
        """Whether what it guards may begin."""
        return self.stop is None and all(agreement.state == "signed" for agreement in self.agreements)


def listed(viewer: Viewer) -> list[GateStatus]:
    """Where every gate stands: of whole steps, and of each record that somebody signed, refused or stopped."""
    steps = [gate.subject for gate in gates() if _is_step(gate)]
    records = {*_subjects(Signature), *_subjects(Stop)} - set(steps)
    return statuses(viewer, [*steps, *sorted(subject for subject in records if _has_gate(subject))])


def asked(viewer: Viewer, subject: str, kind: str) -> Agreement:
    """One requirement of a gate, for whoever is to sign it."""
    found = next((each for each in status(viewer, subject).agreements if each.requirement.kind == kind), None)
    if found is None or not found.can_sign:
        raise Http404
    return found


def statuses(viewer: Viewer, subjects: Iterable[str]) -> list[GateStatus]:
    """Where the gates of some subjects stand; two questions to the database, however many."""
    asked = list(subjects)
    steps = {subject: subject.partition(".")[0] for subject in asked}
    stops = {row.subject: row for row in Stop.objects.filter(subject__in={*steps, *steps.values()}, lifted_on=None)}
    last = _last(asked)
    return [_status(viewer, subject, last, stops.get(subject) or stops.get(steps[subject])) for subject in asked]


def status(viewer: Viewer, subject: str) -> GateStatus:
    """Where the gate of a subject stands."""
    if not _has_gate(subject) or not gate_of(subject).is_there(subject):
        raise Http404
    return statuses(viewer, [subject])[0]


def history(viewer: Viewer, subject: str) -> list[Event]:  # noqa: ARG001  # public: the same for every viewer
    """Everything that was signed, refused, stopped and lifted, the last first."""
    events = [_signed(row) for row in Signature.objects.filter(subject=subject).order_by("-pk")]
    for row in Stop.objects.filter(subject=subject).order_by("-pk"):
        events.append(Event(row.stopped_on, _("stopped"), row.reason))
        if row.lifted_on:
            events.append(Event(row.lifted_on, _("lifted"), row.lifted_because))
    return sorted(events, key=lambda event: event.day, reverse=True)


def _is_step(gate: Gate) -> bool:
    return "." not in gate.subject


def _has_gate(subject: str) -> bool:
    """Whether a subject is a step that has a gate, or a numbered record of a kind that has one."""
    kind, __, number = subject.partition(":")
    return any(gate.subject == kind and (_is_step(gate) != number.isdecimal()) for gate in gates())


def _subjects(model: type[Signature | Stop]) -> set[str]:
    return set(model.objects.values_list("subject", flat=True).distinct())


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


def _signed(row: Signature) -> Event:
    said = _("%(what)s: refused") if row.is_refusal else _("%(what)s: signed")
    return Event(row.signed_on, said % {"what": NAMES[Kind(row.kind)]}, row.reason)
