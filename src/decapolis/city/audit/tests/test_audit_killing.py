import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from decapolis.city.audit.actions import settle
from decapolis.city.audit.factories import make_entries
from decapolis.city.audit.models import Body, DeniedRequests, Entry
from decapolis.city.audit.queries import AtTheMachine, verify

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
HERE = Path(__file__).parent
ENDLESS = """
import django
django.setup()
from decapolis.city.audit.factories import make_entries
while True:
    make_entries(1)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Environment of a process that works on the database of this test."""
    connection.ensure_connection()
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(HERE.parents[3]),
        "DJANGO_SETTINGS_MODULE": "decapolis.web.settings",
        "DECAPOLIS_DATA": str(tmp_path),
        "DECAPOLIS_DATABASE_URL": address(),
    }


def address() -> str:
    its = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{its['NAME']}"
    return f"postgres://{its['USER']}:{its['PASSWORD']}@{its['HOST']}:{its['PORT']}/{its['NAME']}"


def test_killed_between_any_two_statements_leaves_all_or_nothing(environment):
    done = subprocess.run(
        [sys.executable, HERE / "dying.py"], env=environment, check=True, capture_output=True, text=True, timeout=120
    )
    assert int(done.stdout) >= 6  # begin, write, look for the last entry, entry, body, write
    assert (Entry.objects.count(), Body.objects.count(), DeniedRequests.objects.count()) == (1, 1, 2)
    assert verify(AtTheMachine()).state == "intact"


def test_settle_brings_entries_to_where_losing_the_power_cannot_take_them(tmp_path: Path):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL brings every commit to the disk")
    make_entries(3)
    settle()
    kept = tmp_path / "kept.sqlite3"
    kept.write_bytes(Path(connection.settings_dict["NAME"]).read_bytes())  # without the log of what is not yet in it
    with closing(sqlite3.connect(kept)) as copy:
        assert copy.execute("SELECT count(*) FROM audit_entry").fetchone() == (3,)


def test_killed_at_any_time_leaves_no_half_entry(environment):
    for milliseconds in (0, 3, 11):
        before = Entry.objects.count()
        with subprocess.Popen([sys.executable, "-c", ENDLESS], env=environment) as process:
            wait_for_more_than(before)
            time.sleep(milliseconds / 1000)
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
        assert verify(AtTheMachine()).state == "intact"
        assert Entry.objects.count() == Body.objects.count() > before


def wait_for_more_than(entries: int) -> None:
    deadline = time.monotonic() + 60
    while Entry.objects.count() <= entries + 20:
        assert time.monotonic() < deadline
        time.sleep(0.005)
