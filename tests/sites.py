"""A site as a person starts it, for tests from outside: processes, port, pages."""

import http.client
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from decapolis.web.commands.checkout import HERE
from decapolis.web.commands.ports import ADDRESS
from tests.data import skip

PATIENCE = 120


class Site:
    """A site that was started in a session of its own, so that everything it starts can be found."""

    def __init__(self, folder: Path, *words: str) -> None:
        if not HERE.static.exists():
            skip("The stylesheets are not built: run script/setup.")
        self.written = folder / "output"
        variables = {key: value for key, value in os.environ.items() if not key.startswith("DECAPOLIS_")}
        with self.written.open("w", encoding="utf-8") as output:
            self.process = subprocess.Popen(
                [HERE.python, "-m", "decapolis", *words, "--data", folder / "data"],
                env=variables,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

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
        """Stop it as a keyboard (all processes) or a service manager (the first) would, and say with what status."""
        os.killpg(self.process.pid, how) if how is signal.SIGINT else self.process.send_signal(how)
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


def get(port: int, path: str) -> tuple[int, bytes]:
    """Status and content of a page."""
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=20)
    connection.request("GET", path, headers={"Host": f"localhost:{port}"})
    answer = connection.getresponse()
    try:
        return answer.status, answer.read()
    finally:
        connection.close()
