"""Opinion analysis beside red-dwarf 0.4, in one run: CPU seconds and memory of both, and the ratio.

    script/bench opinion [--json FILE] [--repeats N] [--large-peer] [--million]

Every figure is the median of several runs, each in a process of its own, with one thread of linear algebra on both
sides: on a busy machine CPU seconds hold where seconds on the clock do not. Ours begins with the votes as three
arrays, the peer's with its list of votes; reading the file counts for neither.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from decapolis.understand.listening.files import read_votes
from decapolis_methods.opinion.planted import Plan, conversation

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("DECAPOLIS_SHARED_DATA", HERE.parents[1] / "shared" / "data"))
PEER_PYTHON = HERE.parent / ".venv-bench" / "bin" / "python"
BOWLING_GREEN = SHARED / "listening" / "american-assembly.bowling-green" / "participants-votes.csv"


@dataclass(frozen=True)
class Case:
    """One row of the table: what is analysed and how, whether beside the peer, and what is to be reached."""

    name: str
    plan: Plan | None
    goal: str
    mode: str = "default"
    bootstrap: int = 0
    peer: bool = False


THOUSANDS = Plan(participants=10_000, statements=300, density=0.115, yea_saying=0.5)
CITY = Plan(participants=100_000, statements=500, density=0.073, yea_saying=0.5)
REGION = Plan(participants=1_000_000, statements=1_000, density=0.047, yea_saying=0.5)

CASES = (
    Case("Bowling Green, 2,031 x 896", None, "peer / ours ≥ 3", peer=True),
    Case("Bowling Green, as Polis", None, "", mode="polis"),
    Case("Bowling Green, 100 repeats", None, "≤ 10 CPU s", bootstrap=100),
    Case("planted, 10,000 x 300", THOUSANDS, "peer / ours ≥ 100", peer=True),
    Case("planted, 10,000 x 300, as Polis", THOUSANDS, "", mode="polis"),
    Case("planted, 100,000 x 500, 3.6 M votes", CITY, "≤ 3 CPU s, ≤ 600 MB"),
    Case("the same, as Polis", CITY, "", mode="polis"),
)
LARGE_PEER = Case("planted, 100,000 x 500, with peer", CITY, "≤ 3 CPU s, ≤ 600 MB", peer=True)
MILLION = Case("planted, 1,000,000 x 1,000, 47 M votes", REGION, "≤ 20 CPU s")


def store_votes(case: Case, path: Path) -> int:
    """Write the votes of a case as three arrays; answers their number."""
    if case.plan is None:
        raw = read_votes(BOWLING_GREEN)
        arrays = raw.participant, raw.statement, raw.value
    else:
        votes = conversation(case.plan, seed=1).votes
        arrays = votes.participants[votes.rows], votes.statements[votes.columns], votes.values
    np.savez(path, participant=arrays[0], statement=arrays[1], value=arrays[2])
    return len(arrays[2])


def measure(python: Path, script: str, *arguments: object) -> dict[str, float]:
    """One run in a process of its own, one thread of linear algebra."""
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [str(python), str(HERE / script), *map(str, arguments)]
    done = subprocess.run(command, env={**os.environ, **threads}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{script} failed:\n{done.stderr[-2000:]}")
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def median(runs: list[dict[str, float]]) -> dict[str, float]:
    """Median of each figure over the runs."""
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def run_case(case: Case, folder: Path, repeats: int) -> dict[str, object]:
    """Measure ours, and the peer where it can, one after the other in turn."""
    votes = folder / "votes.npz"
    number = store_votes(case, votes)
    ours, peer = [], []
    for _ in range(repeats):
        ours.append(measure(Path(sys.executable), "opinion_ours.py", votes, case.bootstrap, case.mode))
        if case.peer:
            peer.append(measure(PEER_PYTHON, "peers/red_dwarf.py", votes))
    row: dict[str, object] = {"case": case.name, "votes": number, "goal": case.goal, "ours": median(ours)}
    if peer:
        row["peer"] = median(peer)
        row["ratio"] = median(peer)["cpu_s"] / median(ours)["cpu_s"]
    return row


def show(row: dict[str, object]) -> str:
    """One line of the table."""

    def cell(key: str) -> str:
        figures = row.get(key)
        return f"{figures['cpu_s']:8.2f} s {figures['peak_mb']:7.0f} MB" if isinstance(figures, dict) else " " * 21

    ratio = f"{row['ratio']:7.1f}" if "ratio" in row else " " * 7
    return f"{row['case']!s:40} {cell('ours')}  {cell('peer')}  {ratio}  {row['goal']}"


def main() -> int:
    """Run the cases, print the table, write it as JSON where asked."""
    parser = argparse.ArgumentParser(prog="script/bench opinion", description="Opinion analysis beside red-dwarf.")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each, of which the median counts (default 3)")
    parser.add_argument("--million", action="store_true", help="also a million participants (needs 4 GB, some minutes)")
    parser.add_argument("--large-peer", action="store_true", help="let the peer try 100,000 x 500 (7 minutes, 4 GB)")
    options = parser.parse_args()
    cases = [*CASES, *([LARGE_PEER] if options.large_peer else []), *([MILLION] if options.million else [])]
    print(f"{'case':40} {'ours':>21}  {'red-dwarf 0.4':>21}  {'ratio':>7}  to reach")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for case in cases:
            rows.append(run_case(case, Path(folder), options.repeats))
            print(show(rows[-1]), flush=True)
    load = [round(value, 2) for value in os.getloadavg()]
    print(f"CPU seconds, peak memory of the process, median of {options.repeats}; load average {load}")
    if options.json:
        options.json.write_text(json.dumps({"rows": rows, "load_average": load}, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
