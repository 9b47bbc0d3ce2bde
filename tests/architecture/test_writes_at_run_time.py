"""The same rule at run time: the connection refuses what reading the code cannot see."""

import pytest
from django.db import connection

from decapolis.plumbing.acting import act
from tests.writes import WriteOutsideActError, our_tables, written_tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    return min(our_tables())


SCHEMA = {"sqlite": "main", "postgresql": "public"}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM {table}",
        "delete from {table} where 1=0",
        'UPDATE "{table}" SET id = 1 WHERE 1=0',
        'DELETE FROM "{schema}"."{table}"',
        "DELETE FROM {schema} . {table}",
        "DELETE /* all */ FROM\n{table}",
        "-- all\nDELETE FROM {table}",
    ],
)
def test_a_planted_write_outside_of_an_act_is_refused(table, statement):
    with pytest.raises(WriteOutsideActError, match=table), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table, schema=SCHEMA[connection.vendor]))


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
    ("statement", "tables"),
    [
        ("INSERT INTO votes VALUES (1)", {"votes"}),
        ("INSERT OR IGNORE INTO votes VALUES (1)", {"votes"}),
        ("INSERT INTO VOTES VALUES (1) ON CONFLICT DO UPDATE SET x = 1", {"votes"}),
        ('UPDATE "votes" SET x = 1', {"votes"}),
        ("UPDATE OR IGNORE votes SET x = 1", {"votes"}),
        ("UPDATE ONLY votes SET x = 1", {"votes"}),
        ('DELETE FROM "public"."votes"', {"votes"}),
        ('DELETE FROM ONLY public."votes"', {"votes"}),
        ("DELETE FROM main.votes", {"votes"}),
        ("DELETE FROM [main].[votes]", {"votes"}),
        ("DELETE FROM `votes`", {"votes"}),
        ('DELETE FROM "Votes of, all"', {"Votes of, all"}),
        ("WITH seen AS (SELECT 1) DELETE FROM votes", {"votes"}),
        ("WITH seen AS (DELETE FROM votes RETURNING *) INSERT INTO kept SELECT * FROM seen", {"votes", "kept"}),
        ("TRUNCATE TABLE votes", {"votes"}),
        ('TRUNCATE votes, "public"."people"', {"votes", "people"}),
        ("SELECT 1; DELETE FROM votes", {"votes"}),
        ("MERGE INTO votes USING others ON 1 = 1", {"votes"}),
        ("COPY votes (value) FROM STDIN", {"votes"}),
        ("DROP TABLE IF EXISTS votes", {"votes"}),
        ("SELECT 1 FROM votes", set()),
        ("SELECT 1 FROM votes FOR UPDATE", set()),
        ("SELECT 1 FROM votes FOR UPDATE OF votes", set()),
        ("SELECT 'DELETE FROM votes'", set()),
        ("SELECT 1 -- DELETE FROM votes", set()),
    ],
)
def test_the_written_tables_are_found(statement, tables):
    assert written_tables(statement) == tables
