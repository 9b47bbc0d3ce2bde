"""The same rule at run time: the connection refuses what reading the code cannot see."""

import pytest
from django.db import connection

from decapolis.plumbing.acting import act
from tests.writes import WriteOutsideActError, our_tables, written_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    return min(our_tables())


@pytest.mark.parametrize(
    "statement", ["DELETE FROM {}", "delete from {} where 1=0", 'UPDATE "{}" SET id = 1 WHERE 1=0']
)
def test_a_planted_write_outside_of_an_act_is_refused(table, statement):
    with pytest.raises(WriteOutsideActError, match=table), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_a_write_inside_of_an_act_passes(table):
    with act(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE 1=0")

        assert cursor.rowcount == 0


def test_a_planted_write_after_an_act_is_refused(table):
    with act():
        pass

    with pytest.raises(WriteOutsideActError), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def test_reading_passes(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")

        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("INSERT INTO votes VALUES (1)", "votes"),
        ("INSERT OR IGNORE INTO votes VALUES (1)", "votes"),
        ('UPDATE "votes" SET x = 1', "votes"),
        ("WITH seen AS (SELECT 1) DELETE FROM votes", "votes"),
        ("TRUNCATE TABLE votes", "votes"),
        ("SELECT 1 FROM votes", ""),
        ("SELECT 1 FROM votes FOR UPDATE", ""),
    ],
)
def test_the_written_table_is_found(statement, table):
    assert written_table(statement) == table
