"""The page for the machine that watches: one word, and nothing for strangers."""

import pytest
from django.db import DatabaseError
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db


def test_a_site_that_works_says_ok(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_a_database_that_does_not_answer_is_told_without_detail(client, monkeypatch):
    def fail(self, connection):
        raise DatabaseError("password of db.internal is wrong")

    monkeypatch.setattr(MigrationExecutor, "__init__", fail)

    response = client.get("/healthz")

    assert (response.status_code, response.content) == (503, b"not ready\n")


def test_a_migration_that_is_missing_is_told(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: [("0002_new", False)])

    assert client.get("/healthz").status_code == 503


def test_only_reading_is_allowed(client):
    assert client.post("/healthz").status_code == 405
