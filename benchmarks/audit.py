"""The audit: how long one entry takes, and how long a million take to verify.

    script/bench audit [--entries N] [--json FILE]

On an SQLite database of its own, or on the empty one that DECAPOLIS_DATABASE_URL names. There is no peer to set beside
it: the logs that Django projects use have no chain. The floor is measured instead, in the same run: reading the same
rows and hashing each twice.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

OURS = Path(__file__).with_name("audit_ours.py")


def measure(entries: int) -> dict[str, Any]:
    """Measure in a process and a data folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DECAPOLIS_DATA": folder}
        command = [sys.executable, str(OURS), str(entries)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def show(row: dict[str, Any]) -> str:
    """Say it in lines."""
    record, act, verify, floor = row["record"], row["act"], row["verify"], row["floor"]
    ratio = verify["cpu_s"] / floor["cpu_s"]
    return (
        f"audit on {row['database']}, {row['entries']:,} entries\n"
        f"record   {record['p50_ms']:8.2f} ms, p99 {record['p99_ms']:.2f} ms   to reach: < 5 ms\n"
        f"an act   {act['p50_ms']:8.2f} ms, p99 {act['p99_ms']:.2f} ms   with its commit, which writes to the disk\n"
        f"verify   {verify['s']:8.2f} s, {verify['cpu_s']:.2f} CPU s, {verify['more_mb']:.0f} MB   to reach: ≤ 10 s\n"
        f"floor    {floor['s']:8.2f} s, {floor['cpu_s']:.2f} CPU s   verify / floor {ratio:.1f}"
    )


def main() -> int:
    """Measure, print, write as JSON where asked."""
    parser = argparse.ArgumentParser(prog="script/bench audit", description="Appending to the audit, and verifying it.")
    parser.add_argument("--entries", type=int, default=1_000_000, help="how many to verify (default a million)")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args()
    row = measure(max(options.entries, 1000))
    load = [round(value, 2) for value in os.getloadavg()]
    print(f"{show(row)}\nload average {load}")
    if options.json:
        options.json.write_text(json.dumps({"rows": [row], "load_average": load}, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
