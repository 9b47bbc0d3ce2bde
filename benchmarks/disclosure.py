"""Hiding small cells of two-way tables: how long it takes, and how long the bounds take beside a solver.

    script/bench disclosure [--json FILE]

The peer is HiGHS (in scipy), which solves two linear programmes a hidden cell for the same bounds; both in one process
and one thread. What both find is compared: the run fails where they differ.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from decapolis_methods.disclosure.rounding import round_table
from decapolis_methods.disclosure.tables import possible_cells, release_table, with_sums
from decapolis_methods.disclosure.tests.test_tables import hidden_cells, random_table, solved_bounds

# Rows, columns, mean count, CPU seconds to reach: a page may wait one second, a job twenty.
CASES = ((40, 12, 15, 1.0), (40, 12, 60, 1.0), (200, 20, 12, 20.0), (200, 20, 50, 20.0))
PEER_CASES = ((12, 8, 15), (20, 12, 40))


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of a piece of work, and its answer."""
    start = time.process_time()
    answer = work()
    return time.process_time() - start, answer


def release_case(rows: int, columns: int, mean: int, goal: float) -> dict[str, Any]:
    """Hide what is small in one table, and round it."""
    counts = random_table((rows, columns), seed=1, mean=mean)
    seconds, released = cpu(lambda: release_table(counts))
    rounding, _ = cpu(lambda: round_table(counts, seed=1))
    low, high = possible_cells(counts, hidden_cells(released))
    small = with_sums(counts) < released.minimum
    if (high[small] - low[small] < released.minimum).any():
        raise SystemExit("A small count is not protected.")
    cells = (rows + 1) * (columns + 1)
    figures = {"small": int(small.sum()), "hidden": released.hidden, "cells": cells}
    return {"case": f"{rows} x {columns}, mean {mean}", **figures, "s": seconds, "round_s": rounding, "goal_s": goal}


def peer_case(rows: int, columns: int, mean: int) -> dict[str, Any]:
    """Bounds of every hidden cell of one table, ours and by the solver."""
    counts = random_table((rows, columns), seed=1, mean=mean)
    hidden: NDArray[np.bool_] = hidden_cells(release_table(counts))
    ours, (low, high) = cpu(lambda: possible_cells(counts, hidden))
    peer, solved = cpu(lambda: solved_bounds(with_sums(counts), hidden))
    if any(abs(low[cell] - least) + abs(high[cell] - most) > 1e-6 for cell, (least, most) in solved.items()):
        raise SystemExit("The bounds differ.")
    return {"case": f"bounds of {int(hidden.sum())} cells in {rows} x {columns}", "s": ours, "peer_s": peer}


def main() -> int:
    """Measure, print, write as JSON where asked."""
    parser = argparse.ArgumentParser(prog="script/bench disclosure", description="Hiding small cells of tables.")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args()
    rows = [release_case(*case) for case in CASES]
    for row in rows:
        counts = "{small:5} small, {hidden:5} of {cells:5} hidden".format(**row)
        print("{case:24}".format(**row), counts, "{s:7.2f} CPU s (≤ {goal_s}), rounded {round_s:.2f}".format(**row))
    peers = [peer_case(*case) for case in PEER_CASES]
    for row in peers:
        print("{case:32} {s:7.3f} CPU s, HiGHS {peer_s:7.3f}".format(**row), f"ratio {row['peer_s'] / row['s']:.0f}")
    if options.json:
        options.json.write_text(json.dumps({"rows": [*rows, *peers]}, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
