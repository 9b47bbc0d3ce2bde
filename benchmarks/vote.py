"""Votes: CPU a vote, and votes a second, on the running server with all its middleware.

    script/bench vote [--votes N] [--rounds N] [--beside] [--json FILE]

Sixteen clients in a process of their own, each somebody who answers one statement after the other over one
connection, as the page does with htmx. On an SQLite database of its own, or on the empty one that
DECAPOLIS_DATABASE_URL names. After each round the rows are counted: what was answered "kept" is there, once.
`--beside` analyses 3.6 M votes meanwhile.
"""

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

CLIENTS = 16
OURS = Path(__file__).with_name("vote_ours.py")
TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """The server as a city starts it, in a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.environment = {**os.environ, "DECAPOLIS_DATA": str(folder), "PYTHONHASHSEED": "0"}
        self.written = folder / "output"
        self.process: subprocess.Popen[bytes]

    def start(self) -> int:
        """Start it; answers the port."""
        with self.written.open("wb") as output:
            command = [sys.executable, "-m", "decapolis", "serve"]
            self.process = subprocess.Popen(
                command, env=self.environment, stdout=output, stderr=output, start_new_session=True
            )
        until = time.monotonic() + 120
        while time.monotonic() < until and self.process.poll() is None:
            found = re.search(
                rb"^Decapolis is ready at http://localhost:(\d+)", self.written.read_bytes(), re.MULTILINE
            )
            if found:
                return int(found[1])
            time.sleep(0.2)
        raise SystemExit(self.written.read_text())

    def stop(self) -> None:
        """Stop it with everything that it started."""
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(30)

    def cpu(self) -> float:
        """CPU seconds of its processes so far, those of the worker beside it included."""
        return sum(_cpu(pid) for pid in _session(self.process.pid))

    def ours(self, *words: str) -> Any:  # noqa: ANN401  # what it prints as JSON
        """Have vote_ours.py do something in the same data folder."""
        command = [sys.executable, str(OURS), *words]
        done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout.splitlines()[-1])


def _session(leader: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(path.name)) == leader:
                found.append(int(path.name))
        except ProcessLookupError:
            continue
    return found


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


def database_cpu() -> float:
    """CPU seconds of all processes of PostgreSQL on this machine so far; those that ended count with their parent."""
    total = 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text()
        except OSError:
            continue
        fields = text.rpartition(")")[2].split()
        if "(postgres)" in text:
            total += (int(fields[11]) + int(fields[12])) / TICK
            total += (int(fields[13]) + int(fields[14])) / TICK if "postgres -D" in _words(path.parent) else 0.0
    return total


def _words(folder: Path) -> str:
    try:
        return (folder / "cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def one_round(server: Server, port: int, votes: int) -> dict[str, float]:
    """Ask a new conversation, let the clients answer it, count what is there."""
    asked = server.ours("ask")
    before, database = server.cpu(), database_cpu()
    figures: dict[str, float] = server.ours("answer", str(port), asked["slug"], str(CLIENTS), str(votes))
    figures["cpu_ms"] = (server.cpu() - before) * 1000 / figures["kept"]
    if "postgres" in os.environ.get("DECAPOLIS_DATABASE_URL", ""):
        figures["database_cpu_ms"] = (database_cpu() - database) * 1000 / figures["kept"]
    stored = server.ours("count", asked["slug"])["votes"]
    if stored != figures["kept"] or figures["errors"]:
        raise SystemExit(f"{figures['kept']} votes were kept, {stored} are there, {figures['errors']} errors")
    return figures


def show(row: dict[str, float]) -> str:
    """Say the medians in a line."""
    database = f" + {row['database_cpu_ms']:.2f} of PostgreSQL" if "database_cpu_ms" in row else ""
    return (
        f"CPU a vote {row['cpu_ms']:.2f} ms{database}; {row['per_s']:.0f} votes/s, p50 {row['p50_ms']:.1f} ms, "
        f"p95 {row['p95_ms']:.1f} ms; {row['bytes']:.0f} bytes a vote"
    )


def main() -> int:
    """Measure, print, write as JSON where asked."""
    parser = argparse.ArgumentParser(prog="script/bench vote", description="Votes on the running server.")
    parser.add_argument("--votes", type=int, default=500, help="votes of each of the sixteen clients in a round")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which the medians are shown")
    parser.add_argument("--beside", action="store_true", help="beside an analysis of 3.6 M votes")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        port = server.start()
        beside = subprocess.Popen([sys.executable, str(OURS), "analyse"]) if options.beside else None
        try:
            rounds = [one_round(server, port, options.votes) for _ in range(options.rounds)]
        finally:
            server.stop()
            if beside:
                beside.kill()
    row = {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
    load = [round(value, 2) for value in os.getloadavg()]
    print(f"{show(row)}\nmedian of {options.rounds}, load average {load}")
    if options.json:
        options.json.write_text(json.dumps({"rows": [row], "load_average": load}, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
