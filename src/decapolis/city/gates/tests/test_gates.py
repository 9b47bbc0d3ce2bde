"""Gates open when everything is signed, lapse by the clock, and close at a word of the overseer."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from decapolis.city.access.public import ANYONE
from decapolis.city.audit.models import Body
from decapolis.city.gates.actions import Finding, GateClosed, lift, refuse, require_open, sign, stop
from decapolis.city.gates.declared import Gate, Kind, Requirement, declare
from decapolis.city.gates.models import Signature, Stop
from decapolis.city.gates.queries import history, status, statuses
from decapolis.city.gates.tests.toys import AUTHORS, TOY, make_actor
from decapolis.plumbing.acting import OPERATOR, Actor, act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock")]

PAPER = Finding(document="Assessment of 1 March", document_url="https://example.org/assessment")


def states(subject: str = TOY) -> dict[str, str]:
    return {agreement.requirement.kind: agreement.state for agreement in status(ANYONE, subject).agreements}


def sign_all(officer: Actor, councillor: Actor) -> None:
    """Sign all that a toy needs; rights by two people."""
    sign(subject="toys", kind=Kind.MANDATE, finding=PAPER, by=councillor)
    sign(subject=TOY, kind=Kind.DATA_PROTECTION, finding=PAPER, by=officer)
    sign(subject=TOY, kind=Kind.EQUALITY, finding=Finding(), by=make_actor("Bo", "overseer"))
    sign(subject=TOY, kind=Kind.DO_NO_HARM, finding=Finding(), by=make_actor("Cleo", "overseer"))


class TestOpening:
    def test_a_gate_names_everything_that_is_missing_also_for_its_step(self):
        with pytest.raises(GateClosed) as caught:
            require_open(subject=TOY)
        assert caught.value.messages == [
            "Mandate: nobody has signed it yet.",
            "Data-protection assessment: nobody has signed it yet.",
            "Do No Harm review: nobody has signed it yet.",
            "Equality assessment: nobody has signed it yet.",
        ]

    def test_it_is_open_when_everything_is_signed(self, officer, councillor):
        sign_all(officer, councillor)

        require_open(subject=TOY)
        assert status(ANYONE, TOY).is_open
        assert {body.act for body in Body.objects.filter(act__startswith="gates.")} == {"gates.sign"}

    def test_it_lapses_by_the_clock(self, officer, councillor, freeze_clock, frozen_clock):
        sign_all(officer, councillor)

        freeze_clock(frozen_clock + timedelta(days=180))
        require_open(subject=TOY)
        freeze_clock(frozen_clock + timedelta(days=181))

        assert states() == {"data_protection": "signed", "do_no_harm": "lapsed", "equality": "signed"}
        with pytest.raises(GateClosed, match="Do No Harm review: it lapsed"):
            require_open(subject=TOY)

    def test_a_new_signature_takes_the_place_of_the_last(self, officer, freeze_clock, frozen_clock):
        for ago in (0, 400):
            freeze_clock(frozen_clock + timedelta(days=ago))
            sign(subject=TOY, kind=Kind.DATA_PROTECTION, finding=PAPER, by=officer)

        (agreement, *_) = status(ANYONE, TOY).agreements
        assert agreement.until == date(2026, 3, 1) + timedelta(days=765)
        assert len(history(ANYONE, TOY)) == 2

    def test_a_refusal_closes_it_and_says_why(self, officer, councillor):
        sign_all(officer, councillor)

        refuse(subject=TOY, kind=Kind.DATA_PROTECTION, finding=Finding("It asks for names."), by=officer)

        assert states()["data_protection"] == "refused"
        with pytest.raises(GateClosed, match="it was refused"):
            require_open(subject=TOY)
        assert Signature.objects.get(is_refusal=True).reason == "It asks for names."

    def test_gates_of_one_record_say_nothing_of_another(self, officer):
        sign(subject=TOY, kind=Kind.DATA_PROTECTION, finding=PAPER, by=officer)

        assert states("toys.toy:4")["data_protection"] == "missing"

    def test_statuses_take_two_questions_however_many(self, django_assert_num_queries):
        with django_assert_num_queries(2):
            assert len(statuses(ANYONE, [f"toys.toy:{number}" for number in range(50)])) == 50


class TestSigning:
    @pytest.mark.parametrize("role", ["coordinator", "administrator", "auditor", "overseer"])
    def test_only_who_may_signs(self, role):
        with pytest.raises(PermissionDenied):
            sign(subject=TOY, kind=Kind.DATA_PROTECTION, finding=PAPER, by=make_actor("Mina", role))

    @pytest.mark.parametrize("machine", [OPERATOR, Actor("job", "toys.play"), Actor("participant")])
    def test_no_machine_signs_refuses_or_stops(self, machine):
        for deed in (
            lambda: sign(subject=TOY, kind=Kind.DATA_PROTECTION, finding=PAPER, by=machine),
            lambda: refuse(subject=TOY, kind=Kind.DATA_PROTECTION, finding=Finding("no"), by=machine),
            lambda: stop(subject=TOY, reason="no", by=machine),
        ):
            with pytest.raises(PermissionDenied):
                deed()
        assert not Signature.objects.exists()
        assert not Stop.objects.exists()

    def test_nobody_signs_what_is_their_own(self, officer):
        AUTHORS[TOY] = int(officer.key)

        with pytest.raises(ValidationError, match="somebody else has to sign it"):
            sign(subject=TOY, kind=Kind.DATA_PROTECTION, finding=PAPER, by=officer)

    def test_two_agreements_that_need_two_people_get_two(self, overseer):
        sign(subject=TOY, kind=Kind.EQUALITY, finding=Finding(), by=overseer)

        with pytest.raises(ValidationError, match="somebody else has to sign it"):
            sign(subject=TOY, kind=Kind.DO_NO_HARM, finding=Finding(), by=overseer)

    @pytest.mark.parametrize(
        ("subject", "kind", "finding", "why"),
        [
            (TOY, Kind.DATA_PROTECTION, Finding(), "where it can be read"),
            (TOY, Kind.DATA_PROTECTION, Finding(document="Paper", document_url=" "), "where it can be read"),
            (TOY, Kind.MANDATE, PAPER, "does not ask for that"),
            ("games.game:1", Kind.DATA_PROTECTION, PAPER, "no such gate"),
            ("toys.toy:404", Kind.DATA_PROTECTION, PAPER, "no such gate"),
        ],
    )
    def test_what_cannot_be_signed(self, officer, subject, kind, finding, why):
        with pytest.raises(ValidationError, match=why):
            sign(subject=subject, kind=kind, finding=finding, by=officer)

    def test_a_refusal_says_why(self, officer):
        with pytest.raises(ValidationError, match="Say why"):
            refuse(subject=TOY, kind=Kind.DATA_PROTECTION, finding=Finding(" "), by=officer)


class TestStop:
    def test_the_overseer_stops_a_step_with_all_its_records_and_lifts_it(self, officer, councillor, overseer):
        sign_all(officer, councillor)

        stopped = stop(subject="toys", reason="Children were filmed.", by=overseer)
        with pytest.raises(GateClosed, match="The overseer stopped this: Children were filmed"):
            require_open(subject=TOY)
        lift(stopped=stopped.pk, reason="The cameras are gone.", by=overseer)

        require_open(subject=TOY)
        assert [(event.said, event.reason) for event in history(ANYONE, "toys") if "signed" not in event.said] == [
            ("stopped", "Children were filmed."),
            ("lifted", "The cameras are gone."),
        ]

    @pytest.mark.parametrize("role", ["coordinator", "administrator", "data_protection_officer", "elected_member"])
    def test_nobody_else_stops_or_lifts(self, overseer, role):
        stopped = stop(subject=TOY, reason="Wait.", by=overseer)
        other = make_actor("Mina", role)

        for deed in (
            lambda: stop(subject="toys", reason="Wait.", by=other),
            lambda: lift(stopped=stopped.pk, reason="Go on.", by=other),
        ):
            with pytest.raises(PermissionDenied):
                deed()

    def test_stops_and_lifts_say_why_and_stand_once(self, overseer):
        with pytest.raises(ValidationError, match="Say why"):
            stop(subject=TOY, reason=" ", by=overseer)
        stopped = stop(subject=TOY, reason="Wait.", by=overseer)
        with pytest.raises(ValidationError, match="stopped already"):
            stop(subject=TOY, reason="Wait.", by=overseer)
        with pytest.raises(ValidationError, match="Say why"):
            lift(stopped=stopped.pk, reason="", by=overseer)


class TestDatabase:
    @pytest.mark.parametrize(
        "values",
        [
            {"subject": ""},
            {"kind": ""},
            {"is_refusal": True},
            {"valid_until": date(2026, 2, 1)},
        ],
    )
    def test_it_refuses_a_signature_that_cannot_be(self, values):
        facts = {"subject": TOY, "kind": "equality", "signed_on": date(2026, 3, 1), "valid_until": date(2027, 3, 1)}
        with pytest.raises(IntegrityError), act(), transaction.atomic():
            Signature.objects.create(**(facts | values))

    @pytest.mark.parametrize(
        "values",
        [{"subject": ""}, {"reason": ""}, {"lifted_on": date(2026, 3, 1)}, {"lifted_because": "It was."}],
    )
    def test_it_refuses_a_stop_that_cannot_be(self, values):
        facts = {"subject": TOY, "reason": "Wait.", "stopped_on": date(2026, 3, 1)}
        with pytest.raises(IntegrityError), act(), transaction.atomic():
            Stop.objects.create(**(facts | values))


class TestDeclaring:
    def test_a_subject_has_one_gate(self):
        with pytest.raises(ValueError, match="has a gate already"):
            declare(Gate("toys", "Other toys", "", ()))

    def test_a_gate_asks_for_a_kind_once(self):
        with pytest.raises(ValueError, match="twice"):
            declare(Gate("games", "Games", "", (Requirement(Kind.MANDATE), Requirement(Kind.MANDATE))))
