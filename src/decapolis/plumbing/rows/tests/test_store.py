import pytest
from django.apps.registry import Apps
from django.db import IntegrityError, connection, models, transaction

from decapolis.plumbing.acting import act
from decapolis.plumbing.rows import store
from decapolis.plumbing.rows.store import Row, insert_rows

pytestmark = pytest.mark.django_db
META = type("Meta", (), {"app_label": "examples", "apps": Apps(), "db_table": "visits"})
FIELDS = {
    "place": models.IntegerField(primary_key=True),
    "guests": models.IntegerField(db_column="how many"),
    "day": models.DateField(null=True),
}
Visit = type("Visit", (models.Model,), {"__module__": __name__, "Meta": META, **FIELDS})
ROWS: list[Row] = [(number, 10 * number, None if number % 2 else "2026-03-28") for number in range(7)]


@pytest.fixture(autouse=True)
def _table() -> None:
    with connection.cursor() as cursor:
        cursor.execute('CREATE TEMPORARY TABLE visits (day date, "how many" integer, place integer PRIMARY KEY)')


def stored() -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute('SELECT place, "how many", day FROM visits ORDER BY place')
        return [(place, guests, str(day) if day else None) for place, guests, day in cursor.fetchall()]


def test_insert_rows_writes_values_in_the_order_of_the_fields():
    with act():
        assert list(insert_rows(Visit, ("place", "guests", "day"), ROWS)) == [7]
    assert stored() == ROWS


def test_insert_rows_does_not_need_every_field():
    with act():
        list(insert_rows(Visit, ("guests", "place"), [(20, 2)]))
    assert stored() == [(2, 20, None)]


def test_insert_rows_goes_by_batches_and_says_how_many_are_in(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(store, "BATCH", 3)
    with act():
        assert list(insert_rows(Visit, ("place", "guests", "day"), iter(ROWS))) == [3, 6, 7]
    assert stored() == ROWS


def test_insert_rows_of_none_writes_none():
    with act():
        assert list(insert_rows(Visit, ("place", "guests", "day"), [])) == []
    assert stored() == []


def test_insert_rows_refuses_to_write_outside_of_an_act():
    with pytest.raises(RuntimeError, match="inside an action"):
        list(insert_rows(Visit, ("place", "guests", "day"), ROWS))
    assert stored() == []


def test_insert_rows_breaks_no_constraint():
    with pytest.raises(IntegrityError), transaction.atomic(), act():
        list(insert_rows(Visit, ("place", "guests"), [(1, 1), (1, 2)]))
    assert stored() == []


def test_insert_rows_takes_values_as_values_and_never_as_sql():
    with act(), pytest.raises(Exception, match=r"invalid input syntax|datatype mismatch"), transaction.atomic():
        list(insert_rows(Visit, ("place", "guests"), [("1); DROP TABLE visits; --", 1)]))
    assert stored() == []
