"""What is due goes, with a certificate; what is not stays."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Q

from decapolis.city.access.factories import make_member
from decapolis.city.access.models import Membership
from decapolis.city.audit.models import Body
from decapolis.city.audit.queries import AtTheMachine, verify
from decapolis.city.people.factories import make_account
from decapolis.city.people.models import Account
from decapolis.city.retention import cli
from decapolis.city.retention.models import Certificate
from decapolis.city.retention.public import purge
from decapolis.plumbing.acting import OPERATOR, Actor, act
from decapolis.plumbing.failures import Failure
from decapolis.plumbing.jobs.models import Job
from decapolis.plumbing.jobs.public import enqueue
from decapolis.plumbing.jobs.worker import work_once

TODAY = date(2026, 3, 1)
TWO_YEARS = timedelta(days=730)
CANARY = "a reason nobody may read any more"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock")]


def make_old_member(name: str, *, ended: date, left: date | None = None) -> Membership:
    """Somebody whose role ended on a day, and who left the city's service on another."""
    with act():
        member = make_member(make_account(name), "facilitator").memberships.get()
        Membership.objects.filter(pk=member.pk).update(starts_on=ended, ends_on=ended, reason=CANARY)
        Account.objects.filter(pk=member.account_id).update(left_on=left)
    return member


def test_purge_without_anything_due_leaves_no_certificate():
    make_old_member("Mina", ended=TODAY - TWO_YEARS)

    assert purge(on=TODAY, by=OPERATOR) is None
    assert Membership.objects.exists()
    assert not Certificate.objects.exists()


def test_purge_erases_on_the_day_after_the_last_and_says_by_which_rule():
    make_old_member("Mina", ended=TODAY - TWO_YEARS - timedelta(days=1))

    certificate = purge(on=TODAY, by=OPERATOR)

    assert certificate is not None
    assert not Membership.objects.exists()
    line = certificate.lines.get()
    assert (line.rule, line.kind, line.days, line.count) == ("access.membership.erase", "access.membership", 730, 1)
    assert certificate.finished_on == TODAY
    assert Body.objects.filter(act="retention.purge", subject=f"retention.certificate:{certificate.pk}").count() == 1


def test_purge_twice_is_as_good_as_once():
    make_old_member("Mina", ended=TODAY - TWO_YEARS - timedelta(days=1))

    assert [purge(on=TODAY, by=OPERATOR) is None for _ in range(3)] == [False, True, True]
    assert Certificate.objects.count() == 1


def test_certificates_are_numbered_without_a_gap():
    numbers = []
    for ago in (3, 1):
        make_old_member(f"Mina {ago}", ended=TODAY - TWO_YEARS - timedelta(days=ago))
        purge(on=TODAY - timedelta(days=4), by=OPERATOR)  # nothing is due yet
        made = purge(on=TODAY, by=OPERATOR)
        assert made is not None
        numbers.append(made.pk)

    assert numbers[1] == numbers[0] + 1


def test_purge_counts_what_hung_on_a_row_as_its_own_kind():
    make_old_member("Mina", ended=TODAY - timedelta(days=400), left=TODAY - timedelta(days=400))

    certificate = purge(on=TODAY, by=OPERATOR)

    assert certificate is not None
    counts = dict(certificate.lines.filter(rule="people.account.erase").values_list("kind", "count"))
    assert counts == {"people.account": 1, "access.membership": 1}


def test_purge_broken_off_goes_on_under_its_own_certificate():
    make_old_member("Mina", ended=TODAY - TWO_YEARS - timedelta(days=1))
    make_old_member("Idris", ended=TODAY, left=TODAY - timedelta(days=400))

    def break_off(done: int, total: int) -> None:
        if done == total - 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        purge(on=TODAY, by=OPERATOR, tell=break_off)
    broken_off = Certificate.objects.get()
    certificate = purge(on=TODAY, by=OPERATOR)

    assert broken_off.finished_on is None
    assert certificate == broken_off
    assert dict(certificate.lines.values_list("rule", "count").filter(~Q(kind="mfa.authenticator"))) == {
        "access.membership.erase": 1,
        "people.account.erase": 1,
    }


def test_purge_is_not_for_people():
    with act():
        account = make_member(make_account("Mina"), "administrator")

    with pytest.raises(PermissionDenied):
        purge(on=TODAY, by=Actor("person", str(account.pk)))


def test_purge_lets_old_bodies_of_the_audit_go_and_the_chain_holds(freeze_clock: Callable[[datetime], None]):
    freeze_clock(datetime(2015, 1, 1, tzinfo=UTC))  # so early that the database, with its own clock, lets the body go
    make_old_member("Mina", ended=date(2010, 1, 1))
    purge(on=date(2015, 1, 1), by=OPERATOR)
    freeze_clock(datetime(2026, 3, 1, tzinfo=UTC))

    certificate = purge(on=TODAY, by=OPERATOR)

    assert certificate is not None
    assert certificate.lines.get().kind == "audit.body"
    assert verify(AtTheMachine()).state == "intact"


def test_purge_keeps_the_last_job_of_a_schedule(freeze_clock: Callable[[datetime], None]):
    slots = [datetime(2025, 1, day, tzinfo=UTC) for day in (1, 2)]
    with act():
        Job.objects.bulk_create(
            Job(
                name="retention.purge",
                state="done",
                slot=slot,
                started_by_kind="job",
                enqueued_at=slot,
                not_before=slot,
                finished_at=slot,
            )
            for slot in slots
        )

    certificate = purge(on=TODAY, by=OPERATOR)

    assert certificate is not None
    assert certificate.lines.get().count == 1
    assert Job.objects.get().slot == slots[1]


def test_a_worker_purges_what_is_due():
    make_old_member("Mina", ended=TODAY - TWO_YEARS - timedelta(days=1))
    with act():
        enqueue("retention.purge", by=OPERATOR)

    assert work_once()
    assert not Membership.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_went_is_gone_from_the_file_and_its_log():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL frees what is vacuumed, and overwrites it later.")
    make_old_member("Mina", ended=TODAY - TWO_YEARS - timedelta(days=1))
    before = bytes_of_database()

    certificate = purge(on=TODAY, by=OPERATOR)

    assert certificate is not None
    assert certificate.is_settled
    assert CANARY.encode() in before  # the test sees what is there
    assert CANARY.encode() not in bytes_of_database()


@pytest.mark.django_db(transaction=True)
def test_a_purge_on_postgresql_vacuums_what_it_changed():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite overwrites what it deletes.")
    make_old_member("Mina", ended=TODAY - TWO_YEARS - timedelta(days=1))

    purge(on=TODAY, by=OPERATOR)

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('access_membership')")
        assert cursor.fetchone() == (0,)  # a table without rows is cut to nothing by the vacuum


def bytes_of_database() -> bytes:
    """The database as it lies on the disk, with its log."""
    path = Path(connection.settings_dict["NAME"])
    parts = [path, path.with_name(path.name + "-wal")]
    return b"".join(part.read_bytes() for part in parts if part.exists())


class TestCommandLine:
    def test_purge_at_a_day_with_its_certificate(self, capsys: pytest.CaptureFixture[str]):
        make_old_member("Mina", ended=TODAY - TWO_YEARS - timedelta(days=1))

        assert cli.main([]) == 0

        written = capsys.readouterr().out
        assert "1  access.membership  (access.membership.erase, after 730 days)" in written
        assert f"Certificate {Certificate.objects.get().pk}." in written
        assert not Membership.objects.exists()

    def test_dry_run_looks_ahead_and_erases_nothing(self, capsys: pytest.CaptureFixture[str]):
        make_old_member("Mina", ended=TODAY)

        assert cli.main(["--dry-run", "--at", "2030-01-01"]) == 0

        assert "1  access.membership.erase" in capsys.readouterr().out
        assert Membership.objects.exists()

    def test_a_day_that_has_not_come_is_refused(self):
        with pytest.raises(Failure, match="has not come yet"):
            cli.main(["--at", "2030-01-01"])

    def test_what_is_no_day_is_told(self, capsys: pytest.CaptureFixture[str]):
        with pytest.raises(SystemExit):
            cli.main(["--at", "tomorrow"])
        assert '"tomorrow" is no day; write it like 2027-01-31' in capsys.readouterr().err

    def test_nothing_due_is_said(self, capsys: pytest.CaptureFixture[str]):
        assert cli.main(["--at", "2026-01-01"]) == 0
        assert capsys.readouterr().out == "Nothing was due on 2026-01-01.\n"
