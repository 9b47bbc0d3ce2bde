"""Signing, refusing, stopping and lifting; and the question that every other action may ask."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from decapolis.city.access.public import Permission, Viewer, require
from decapolis.city.audit.public import record
from decapolis.city.gates.declared import NAMES, SIGNERS, Gate, Kind, Requirement, gate_of
from decapolis.city.gates.models import Signature, Stop
from decapolis.city.gates.queries import Agreement, GateStatus, status
from decapolis.plumbing import clock
from decapolis.plumbing.acting import Actor, action

EVERYBODY = Viewer("anyone")


class GateClosed(ValidationError):  # noqa: N818  # says how it is, as a plain word
    """Something cannot begin yet: `messages` say what is missing, each in a sentence a person can read."""


@dataclass(frozen=True)
class Finding:
    """What somebody found who was asked to agree, and where it can be read."""

    reason: str = ""
    document: str = ""
    document_url: str = ""


@action
def sign(*, subject: str, kind: Kind, finding: Finding, by: Actor) -> Signature:
    """Agree to what a gate asks for."""
    requirement = _asked(subject, kind)
    _require_person(by, SIGNERS[kind])
    _refuse_whoever_may_not(subject, requirement, by)
    if requirement.needs_document and not (finding.document.strip() and finding.document_url.strip()):
        raise ValidationError(_("Say what was agreed to, and where it can be read."))
    return _write(subject, requirement, finding, by, is_refusal=False)


@action
def refuse(*, subject: str, kind: Kind, finding: Finding, by: Actor) -> Signature:
    """Refuse what a gate asks for, and say why: it is closed until somebody signs."""
    requirement = _asked(subject, kind)
    _require_person(by, SIGNERS[kind])
    if not finding.reason.strip():
        raise ValidationError(_("Say why."))
    return _write(subject, requirement, finding, by, is_refusal=True)


@action
def stop(*, subject: str, reason: str, by: Actor) -> Stop:
    """Stop a step or one of its records at once: only the overseer does, in public."""
    _require_person(by, Permission.STOP)
    _gate(subject)
    if not reason.strip():
        raise ValidationError(_("Say why."))
    if Stop.objects.filter(subject=subject, lifted_on=None).exists():
        raise ValidationError(_("This is stopped already."))
    today = clock.today()
    row = Stop.objects.create(subject=subject, reason=reason.strip(), stopped_by_id=_person(by), stopped_on=today)
    record(by=by, act="gates.stop", subject=f"gates.stop:{row.pk}")
    return row


@action
def lift(*, stopped: int, reason: str, by: Actor) -> Stop:
    """Lift a stop, and say why: only the overseer does."""
    _require_person(by, Permission.STOP)
    row = Stop.objects.select_for_update().get(pk=stopped, lifted_on=None)
    if not reason.strip():
        raise ValidationError(_("Say why."))
    row.lifted_by_id, row.lifted_on, row.lifted_because = _person(by), clock.today(), reason.strip()
    row.save(update_fields=["lifted_by", "lifted_on", "lifted_because"])
    record(by=by, act="gates.lift", subject=f"gates.stop:{row.pk}")
    return row


def require_open(*, subject: str) -> None:
    """Refuse to go on unless the gate of a subject is open, and that of its step where it has one.

    Raises
    ------
    GateClosed
        With a sentence for everything that is missing.
    """
    reasons = [reason for each in _with_step(subject) for reason in reasons_of(status(EVERYBODY, each))]
    if reasons:
        raise GateClosed(reasons)


def reasons_of(standing: GateStatus) -> list[str]:
    """Why a gate is closed, each in a sentence a person can read; empty where it is open."""
    found = [_said_of(agreement) for agreement in standing.agreements if agreement.state != "signed"]
    if standing.stop:
        found.insert(0, _("The overseer stopped this: %(reason)s") % {"reason": standing.stop.reason})
    return found


def _said_of(agreement: Agreement) -> str:
    words = {
        "missing": _("%(what)s: nobody has signed it yet."),
        "lapsed": _("%(what)s: it lapsed and has to be signed again."),
        "refused": _("%(what)s: it was refused."),
    }
    return words[agreement.state] % {"what": agreement.name}


def _with_step(subject: str) -> list[str]:
    """A subject, and before it its step where that has a gate."""
    step = subject.partition(".")[0]
    try:
        gate_of(step)
    except KeyError:
        return [subject]
    return [step, subject] if step != subject else [subject]


def _require_person(by: Actor, permission: Permission) -> None:
    """Refuse all but people who hold a permission: no machine agrees to anything, nor does whoever keeps it running."""
    if by.kind != "person":
        raise PermissionDenied(permission.value)
    require(by, permission)


def _gate(subject: str) -> Gate:
    try:
        gate = gate_of(subject)
    except KeyError:
        raise ValidationError(_("There is no such gate.")) from None
    if not gate.is_there(subject):
        raise ValidationError(_("There is no such gate."))
    return gate


def _asked(subject: str, kind: Kind) -> Requirement:
    found = next((requirement for requirement in _gate(subject).requirements if requirement.kind == kind), None)
    if found is None:
        raise ValidationError(_("This gate does not ask for that."))
    return found


def _refuse_whoever_may_not(subject: str, requirement: Requirement, by: Actor) -> None:
    """Refuse those who would agree to what is their own, or who signed what has to be signed by another."""
    people = gate_of(subject).people(subject)
    for other in requirement.differs_from:
        account = people.get(other) or _signer(subject, other)
        if account is not None and account == _person(by):
            what = NAMES[requirement.kind]
            raise ValidationError(_("%(what)s: somebody else has to sign it.") % {"what": what})


def _signer(subject: str, kind: str) -> int | None:
    """Account that signed another requirement of a gate last."""
    row = Signature.objects.filter(subject=subject, kind=kind, is_refusal=False).order_by("-pk").first()
    return row.signed_by_id if row else None


def _write(subject: str, requirement: Requirement, finding: Finding, by: Actor, *, is_refusal: bool) -> Signature:
    today = clock.today()
    row = Signature.objects.create(
        subject=subject,
        kind=requirement.kind,
        is_refusal=is_refusal,
        reason=finding.reason.strip(),
        document=finding.document.strip(),
        document_url=finding.document_url.strip(),
        signed_by_id=_person(by),
        signed_on=today,
        valid_until=today + requirement.valid,
    )
    record(by=by, act="gates.refuse" if is_refusal else "gates.sign", subject=f"gates.signature:{row.pk}")
    return row


def _person(by: Actor) -> int | None:
    return int(by.key) if by.kind == "person" else None
