"""Where files lie, how they are answered, and that nothing is left of them."""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404
from django.urls import reverse

from decapolis.plumbing.acting import act
from decapolis.plumbing.files import store
from decapolis.plumbing.files.models import StoredFile
from decapolis.plumbing.files.public import PICTURES, FileRefused, Kind, Limits, answer, discard, keep, ticket, ticketed
from decapolis.plumbing.files.tests import made

NAMES = ["../../etc/passwd", "/etc/passwd", "a\0b.png", "photo\u202egnp.exe", "C:\\x.png", "x" * 300, "..", "con.png"]
PAPERS = Limits(frozenset({Kind.PDF, Kind.CSV}))

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    options = {"location": tmp_path / "files"}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}
    return tmp_path / "files"


def given(content=None, name="logo.png"):
    return ContentFile(content or made.picture(), name=name)  # as a browser sends it, before Django makes it harmless


def kept(content=None, limits=None):
    with act():
        return keep(given(content), limits or Limits(PICTURES))


def lying(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", NAMES)
def test_a_file_lies_under_a_random_name_whatever_it_is_called(folder, name):
    with act():
        row = keep(given(name=name), Limits(PICTURES))

    (path,) = lying(folder)
    assert path == folder / row.name[:2] / f"{row.name}.png"
    assert len(row.name) == 32
    assert name not in str(StoredFile.objects.values())


def test_a_file_is_readable_by_its_owner_alone(folder):
    kept()

    (path,) = lying(folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_two_that_are_the_same_are_two_files(folder):
    assert kept().digest == kept().digest
    assert len(lying(folder)) == 2


def test_what_is_refused_is_not_written(folder):
    with pytest.raises(FileRefused), act():
        keep(given(b"MZ"), Limits(PICTURES))
    assert not folder.exists()


def test_a_file_is_kept_in_an_act_alone():
    with pytest.raises(RuntimeError, match="inside an act"):
        keep(given(), Limits(PICTURES))


@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_a_discarded_file_go_when_the_act_has_ended_well(folder):
    row = kept()
    with act():
        discard(row)
        assert lying(folder)
        transaction.set_rollback(True)
    assert lying(folder)

    with act():
        discard(StoredFile.objects.get())
    assert not lying(folder)


@pytest.mark.django_db(transaction=True)
def test_files_that_nobody_refers_to_are_swept_the_day_after(folder, freeze_clock):
    freeze_clock(datetime(2026, 3, 1, 12, tzinfo=UTC))
    kept()
    assert store.sweep() == (0, 0)

    freeze_clock(datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert store.sweep() == (1, 0)
    assert not lying(folder)


def test_bytes_that_belong_to_no_file_are_swept_unless_they_are_new(folder):
    row = kept()
    old, new = folder / "aa" / "old.png", folder / "aa" / "new.png"
    old.parent.mkdir(exist_ok=True)
    for path in (old, new):
        path.write_bytes(b"x")
    for path in (old, Path(default_storage.path(row.path))):
        os.utime(path, (0, 0))

    assert store.sweep() == (0, 1)
    assert {path.name for path in lying(folder)} == {"new.png", f"{row.name}.png"}


def test_a_file_is_answered_as_a_download_in_a_sandbox():
    response = answer(kept(b"a,b\n1,2\n", PAPERS), label="tableau")

    assert response["Content-Disposition"] == 'attachment; filename="tableau.csv"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(response) == b"a,b\n1,2\n"


def test_a_picture_may_be_shown_and_a_paper_may_not():
    assert answer(kept(), inline=True)["Content-Disposition"].startswith("inline")
    paper = kept(made.pdf(), PAPERS)
    with pytest.raises(ValueError, match="Only pictures"):
        answer(paper, inline=True)


def test_a_file_whose_bytes_are_gone_is_not_found():
    row = kept()
    default_storage.delete(row.path)

    with pytest.raises(Http404):
        answer(row)


def test_a_signed_link_leads_to_one_file(client):
    response = client.get(reverse("signed-file", args=[ticket(kept())]))

    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("change", [str.upper, lambda it: it[:-1], lambda it: "x" + it, lambda _: "../x"])
def test_a_link_that_was_changed_leads_nowhere(change):
    good = ticket(kept())

    with pytest.raises(Http404):
        ticketed(change(good))


def test_a_link_lapses(monkeypatch):
    good = ticket(kept())
    monkeypatch.setattr("decapolis.plumbing.files.serving.LASTS", -1)

    with pytest.raises(Http404):
        ticketed(good)
