"""The worker beside a started site: there, there again after it was killed, and gone with the site."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.sites import PATIENCE, Site

pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path):
    running = Site(tmp_path, "serve")
    yield running
    running.end()
    with suppress(ProcessLookupError):
        os.killpg(running.process.pid, signal.SIGKILL)  # the server's own workers outlive it when it is killed


def workers(of: Site) -> list[int]:
    """Processes that work for a site."""
    wanted = f"work\0--parent\0{of.process.pid}\0".encode()
    return [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit() and wanted in _command(each)]


def _command(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""  # it ended just now


def wait_until(is_so: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_worker_comes_again_after_it_was_killed_and_goes_with_the_site(site):
    site.port()
    (first,) = workers(site)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: workers(site) not in ([], [first]))
    site.process.send_signal(signal.SIGTERM)

    assert site.process.wait(PATIENCE) == 0
    assert workers(site) == []
    assert site.leaves_nothing()


def test_a_worker_does_not_outlive_a_site_that_was_killed(site):
    site.port()
    assert len(workers(site)) == 1
    site.process.send_signal(signal.SIGKILL)

    wait_until(lambda: not workers(site))
