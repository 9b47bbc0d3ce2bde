"""A site that is worked on: one page in the look of the city, for pages, monitor, workers and commands alike."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as ours
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decapolis.__main__ import main
from decapolis.city.appearance.published import Look, publish
from decapolis.plumbing import maintenance
from decapolis.plumbing.acting import OPERATOR, act
from decapolis.plumbing.clock import now
from decapolis.plumbing.failures import Failure
from decapolis.plumbing.jobs.models import Job, State
from decapolis.plumbing.jobs.public import enqueue
from decapolis.plumbing.jobs.worker import Worker
from decapolis.plumbing.maintenance import Maintenance
from decapolis.web.commands.database import make_ready

WHY = "We move to a larger machine <now>."


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def closed(folder):
    maintenance.begin(folder, Maintenance(WHY))


@pytest.mark.parametrize("path", ["/", "/fr/", "/sign-in/", "/no/such/page/", "/workspace/"])
def test_every_page_says_that_the_site_is_worked_on(client, closed, path):
    response = client.get(path)

    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "600", "no-store")
    assert "We move to a larger machine &lt;now&gt;." in response.content.decode()
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_the_page_needs_no_database(client, closed):
    """Without the mark for the database, a test that asks it fails."""
    assert client.get("/ar/").status_code == 503


def test_the_page_has_the_look_and_the_languages_of_the_city(client, closed):
    publish(Look("Mons-sur-Lys", "#12467b", languages=("ar", "en")))

    text = client.get("/ar/").content.decode()

    assert '<html lang="ar" dir="rtl"' in text
    assert "We are working" not in text
    assert "<bdi>Mons-sur-Lys</bdi>" in text
    assert 'hreflang="fr"' not in text
    address = text.partition('<link rel="stylesheet" href="/ar/appearance/')[2].partition('"')[0]
    assert client.get(f"/ar/appearance/{address}").status_code == 200


def test_the_monitor_is_told_in_one_word(client, closed):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (503, b"maintenance\n")


@pytest.mark.parametrize(("ahead", "seconds"), [(-60, 60), (5, 60), (3_000, 3_000), (900_000, 86_400)])
def test_retry_after_is_the_time_that_is_left_within_reason(frozen_clock, ahead, seconds):
    assert Maintenance("x", frozen_clock + timedelta(seconds=ahead)).retry_after == seconds


def test_the_page_says_until_when(client, folder):
    maintenance.begin(folder, Maintenance(WHY, datetime(2026, 3, 1, 18, 30, tzinfo=UTC)))

    assert "1 March 2026, 18:30 (UTC)" in client.get("/").content.decode()
    assert "1 mars 2026, 18:30 (UTC)" in client.get("/fr/").content.decode()


def test_a_file_that_cannot_be_read_keeps_the_site_closed(client, folder):
    (folder / "maintenance.json").write_text("{")

    assert client.get("/").status_code == 503


@pytest.mark.django_db
def test_an_open_site_asks_the_database_nothing_more(client):
    client.get("/accessibility/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/accessibility/").status_code == 200
    assert len(asked) == 0


@pytest.mark.django_db
def test_a_worker_takes_no_job_until_the_site_is_open(folder, closed):
    with act():
        enqueue("retention.purge", by=OPERATOR)

    Worker().work_off()
    waited = Job.objects.get(slot=None).state
    maintenance.end(folder)
    Worker().work_off()

    assert (waited, Job.objects.get(slot=None).state) == (State.WAITING, State.DONE)


@pytest.mark.django_db
def test_a_command_that_writes_waits_and_one_that_reads_does_not(closed):
    make_ready()
    with pytest.raises(Failure, match=r"being worked on.*decapolis maintenance off"):
        make_ready(is_held=True)


def test_the_command_closes_and_opens_the_site(capsys, folder):
    later = (now() + timedelta(hours=1)).isoformat()

    assert main(["maintenance", "on", " A   larger machine. ", "--until", later]) == 0
    work = maintenance.current(folder) or Maintenance("")
    assert (work.reason, work.retry_after > 3_500) == ("A larger machine.", True)
    main(["maintenance", "status"])
    assert "closed: A larger machine., until" in capsys.readouterr().out
    main(["maintenance", "off"])
    assert maintenance.current(folder) is None
    main(["maintenance", "status"])
    assert "The site is open." in capsys.readouterr().out


@pytest.mark.parametrize("words", [[""], ["x" * 301], ["x", "--until", "2020-01-01T00:00"]])
def test_the_command_refuses_what_residents_could_not_use(capsys, folder, words):
    assert main(["maintenance", "on", *words]) == 2
    assert maintenance.current(folder) is None
    assert capsys.readouterr().err.strip().endswith(".")


def test_a_time_that_is_none_is_refused(capsys):
    with pytest.raises(SystemExit):
        main(["maintenance", "on", "x", "--until", "tomorrow"])
    assert "no time like" in capsys.readouterr().err


def test_the_door_stands_behind_the_files_of_the_theme():
    order = ours.MIDDLEWARE

    assert order.index("whitenoise.middleware.WhiteNoiseMiddleware") < order.index(
        "decapolis.web.maintenance.MaintenanceDoor"
    )
    assert order.index("decapolis.web.maintenance.MaintenanceDoor") < order.index(
        "django.contrib.sessions.middleware.SessionMiddleware"
    )
