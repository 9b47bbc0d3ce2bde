"""A real Chromium, and the real server with the fictional city, each started once for all browser tests."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from decapolis.web.commands.browser import MISSING, chromium
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
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the fictional city."""
    site = Site(tmp_path_factory.mktemp("demo"), "demo")
    try:
        yield f"http://localhost:{site.port()}"
    finally:
        site.end()
