"""A real Chromium, and the real server with the fictional city, each started once for all browser tests."""

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from decapolis.web.commands.installing.browser import MISSING, chromium
from tests.data import skip
from tests.sites import Site

ARGUMENTS = [
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine; none is fetched."""
    path = chromium() or skip(MISSING)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop in this thread; the tests are not in it
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *sandbox])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The fictional city, ready."""
    site = Site(tmp_path_factory.mktemp("demo"), "demo")
    try:
        site.port()
        yield site
    finally:
        site.end()


@pytest.fixture(scope="session")
def demo_site(demo: Site) -> str:
    """Address of the fictional city."""
    return f"http://localhost:{demo.port()}"


@pytest.fixture(scope="session")
def demo_password(demo: Site) -> str:
    """Password of its colleagues, as it prints it."""
    found = re.search(r"with the password +(\S+)", demo.output)
    assert found, demo.output
    return found[1]
