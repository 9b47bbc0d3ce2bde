import pytest
from django.db import IntegrityError, connection, transaction

from decapolis.city.audit.factories import make_entries
from decapolis.city.audit.models import Body, DeniedRequests, Entry
from decapolis.city.audit.tests.tampering import TABLES, triggers, unguarded
from decapolis.plumbing.acting import act

pytestmark = pytest.mark.django_db
NAMES = {
    "audit_entry_is_next",
    "audit_entry_is_not_changed",
    "audit_entry_is_not_deleted",
    "audit_body_is_of_last",
    "audit_body_is_not_changed",
    "audit_body_stays_its_time",
}
WRITTEN_ONCE = "written once"


def refused(reason):
    return pytest.raises(IntegrityError, match=reason)


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_trigger_stands_after_all_migrations():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid::regclass::text IN (%s, %s) "
                "AND NOT tgisinternal AND tgenabled = 'O'",
                TABLES,
            )
            standing = {name for (name,) in cursor.fetchall()}
        assert standing == NAMES | {"audit_entry_is_not_emptied", "audit_body_is_not_emptied"}
    else:
        assert set(triggers()) == NAMES


@pytest.mark.parametrize("column", ["number", "day", "body_hash", "chain"])
def test_entry_is_never_changed(column):
    make_entries(2)
    with refused("never changed"), act():
        Entry.objects.filter(number=2).update(**{column: "2020-01-01" if column == "day" else 9})


def test_entry_is_never_deleted():
    make_entries(2)
    with refused("never deleted"), act():
        run("DELETE FROM audit_entry WHERE number = 2")


@pytest.mark.parametrize("number", [1, 2, 4, 900])
def test_entry_is_added_at_the_end_only(number):
    make_entries(2)
    with refused("follows the last"), act():
        Entry.objects.create(number=number, day="2026-03-01", body_hash="a" * 64, chain="b" * 64)


@pytest.mark.parametrize("column", Body.PARTS)
def test_body_is_never_changed(column):
    make_entries(2)
    with refused("never changed"), act():
        Body.objects.filter(entry=2).update(**{column: "2020-01-01T00:00Z" if column == "at" else "read"})


def test_young_body_is_not_deleted():
    make_entries(1)
    with refused("730 days"), act():
        Body.objects.all().delete()


def test_old_body_is_deleted_and_its_entry_stays(freeze_clock, frozen_clock):
    freeze_clock(frozen_clock.replace(year=2020))
    make_entries(1)
    with act():
        Body.objects.all().delete()
    assert Entry.objects.count() == 1


def test_body_of_an_earlier_entry_is_not_written_again(freeze_clock, frozen_clock):
    freeze_clock(frozen_clock.replace(year=2020))
    make_entries(2)
    body = Body.objects.get(entry=1)
    with act():
        body.delete()
    body.entry_id = 1
    with refused(WRITTEN_ONCE), act():
        body.save(force_insert=True)


@pytest.mark.parametrize("table", TABLES)
def test_replacing_is_changing(table):
    if connection.vendor == "postgresql":
        pytest.skip("only SQLite has INSERT OR REPLACE, which deletes without asking the triggers of deletion")
    make_entries(2)
    key = "number" if table == "audit_entry" else "entry_id"
    with refused("follows the last|written once"), act():
        run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE {key} = 2")


def test_emptying_is_deleting():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE; its DELETE of all rows asks the triggers of deletion")
    make_entries(1)
    for tables in ("audit_body", "audit_entry, audit_body", "audit_entry CASCADE"):
        with refused("never emptied"), act():
            run("SET CONSTRAINTS ALL IMMEDIATE")
            run(f"TRUNCATE {tables}")


def test_unguarded_puts_the_triggers_back():
    make_entries(1)
    with unguarded():
        Entry.objects.filter(number=1).update(chain="c" * 64)
    with refused("never changed"), act():
        Entry.objects.filter(number=1).update(chain="d" * 64)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("audit_body_never_of_participants", {"actor_kind": "participant"}),
        ("audit_body_outcome", {"outcome": "maybe"}),
        ("audit_body_has_act", {"act": ""}),
    ],
)
def test_body_constraint(name, change):
    make_entries(1)
    with refused(name), unguarded():
        Body.objects.update(**change)


def test_entry_number_constraint():
    with refused("audit_entry_number_from_one"), unguarded():
        Entry.objects.create(number=0, day="2026-03-01", body_hash="a" * 64, chain="b" * 64)


def test_denied_count_constraint():
    with refused("audit_denied_count_from_one"), act():
        DeniedRequests.objects.create(day="2026-03-01", count=0)
