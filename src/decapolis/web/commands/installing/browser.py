"""A Chromium for browser tests: found on the path, or installed where that is possible. Standard library only."""

import os
import shutil
import sys

from decapolis.web.commands.checkout import HERE, run

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "No Chromium: browser tests are skipped. Install chromium, or run script/setup --dev as root on Debian."


def chromium() -> str | None:
    """Path of Chromium, or none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def install_chromium() -> None:
    """Install Chromium from the distribution where none is there and this user may; else say so in one line."""
    if chromium():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Setting up: Chromium …", file=sys.stderr, flush=True)
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "-qq", "update"], folder=HERE.root, extra=quiet)
        run(["apt-get", "-qq", "install", "--no-install-recommends", "-y", "chromium"], folder=HERE.root, extra=quiet)
    if not chromium():
        print(MISSING, file=sys.stderr)
