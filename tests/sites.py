"""A site as a person starts it, for tests from outside: processes, port, pages."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from decapolis.web.commands.checkout import HERE
from decapolis.web.commands.ports import ADDRESS
from tests.data import skip

PATIENCE = 120
ON_A_TERMINAL = "import pty, sys; pty.spawn(sys.argv[1:])"
SHELL = 'set -m; "$@"; echo "ended with $?"; read -r'
"""A shell that stays when its program has ended, so that the end of the shell ends nothing that was left running."""


class Site:
    """A site that was started in a session of its own, so that everything it starts can be found."""

    def __init__(self, folder: Path, *words: str) -> None:
        if not HERE.static.exists():
            skip("The stylesheets are not built: run script/setup.")
        self.folder, self.written = folder, folder / "output"
        variables = {key: value for key, value in os.environ.items() if not key.startswith("DECAPOLIS_")}
        with self.written.open("w", encoding="utf-8") as output:
            self.process = subprocess.Popen(
                [*self.command(), *words, "--data", str(folder / "data")],
                cwd=HERE.root,
                env=variables,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def command(self) -> list[str]:
        """What starts it."""
        return [str(HERE.python), "-m", "decapolis"]

    @property
    def output(self) -> str:
        """Everything it has printed."""
        return self.written.read_text(encoding="utf-8")

    def port(self) -> int:
        """Wait until it is ready, and say where."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            found = re.search(r"^Decapolis is ready at http://localhost:(\d+)$", self.output, re.MULTILINE)
            if found:
                return int(found[1])
            time.sleep(0.1)
        pytest.fail(f"not ready: {self.output}")

    def stop(self, how: signal.Signals) -> int:
        """Stop it as a terminal (all processes) or a service manager (the first) would, and say with what status."""
        os.killpg(self.process.pid, how) if how is not signal.SIGTERM else self.process.send_signal(how)
        return self.process.wait(20)

    def leaves_nothing(self) -> bool:
        """Whether no process of its session is left."""
        for _ in range(100):  # where the machine is busy, its first process is slow to take note of an end
            try:
                os.killpg(self.process.pid, 0)
            except ProcessLookupError:
                return True
            time.sleep(0.1)
        return False

    def end(self) -> None:
        """End it whatever it does."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()


class SiteOnTerminal(Site):
    """A site that a person started by its script in a shell on a terminal."""

    def command(self) -> list[str]:
        """What starts it: all that it starts in turn inherits a variable by which it is found."""
        return [sys.executable, "-c", ON_A_TERMINAL, "bash", "-c", SHELL, "bash", "env", self._mark]

    def press_ctrl_c(self) -> None:
        """Stop it from the keyboard, and wait until the shell has it back."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"\x03")
        self.process.stdin.flush()
        until = time.monotonic() + 20
        while "ended with" not in self.output and time.monotonic() < until:
            time.sleep(0.1)

    def leaves_nothing(self) -> bool:
        """Whether nothing that it started is left, in whatever session."""
        return not any(self._mark.encode() in _environment(each) for each in Path("/proc").glob("[0-9]*"))

    @property
    def _mark(self) -> str:
        return f"STARTED_IN={self.folder}"


def _environment(process: Path) -> bytes:
    try:
        return (process / "environ").read_bytes()
    except OSError:  # it has ended, or is somebody else's
        return b""


def get(port: int, path: str) -> tuple[int, bytes]:
    """Status and content of a page."""
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=20)
    connection.request("GET", path, headers={"Host": f"localhost:{port}"})
    answer = connection.getresponse()
    try:
        return answer.status, answer.read()
    finally:
        connection.close()
