"""How strongly the space of opinions is to be drawn to zero: answers held out are predicted, on real conversations.

    .venv/bin/python benchmarks/prediction.py [--draws N]

A tenth of the positions (agree or disagree) is hidden and predicted from the rest. Printed is the mean squared error of
the prediction, cut off at -1 and 1, for each penalty; `alone` is that of leanings and appeal without any axis. The
smallest penalty that is near the best everywhere stands in `space.PENALTY`.
"""

import argparse
import os
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from decapolis.understand.listening.files import read_conversation
from decapolis_methods.opinion.analysis import Moderation
from decapolis_methods.opinion.default import space
from decapolis_methods.opinion.default.ballots import Ballots, cast
from decapolis_methods.opinion.votes import Votes

SHARED = Path(os.environ.get("DECAPOLIS_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
CONVERSATIONS = (
    "15-per-hour-seattle",
    "american-assembly.bowling-green",
    "canadian-electoral-reform",
    "scoop-hivemind.ubi",
    "vtaiwan.uberx",
)
PENALTIES = (0.1, 0.3, 1.0, 3.0, 6.0, 12.0)
HIDDEN = 0.1

Hidden = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]


def read(name: str) -> Ballots:
    """Positions of a real conversation, on statements that were not refused."""
    files = read_conversation(SHARED / "listening" / name)
    votes = Votes.from_triplets(files.votes.participant, files.votes.statement, files.votes.value)
    refused = [row.statement for row in files.statements if row.moderation == -1]
    return cast(votes, Moderation(np.isin(votes.statements, refused), np.zeros(len(votes.statements), dtype=bool)))


def hide(ballots: Ballots, rng: np.random.Generator) -> tuple[Ballots, Hidden]:
    """Ballots without the hidden positions, and those: people, statements, and which side they took."""
    answers = ballots.answers.tocoo(copy=True)
    hidden = rng.random(answers.nnz) < HIDDEN
    side, statement = np.divmod(answers.col[hidden].astype(np.int64), ballots.shape[1])
    answers.data[hidden] = 0
    kept = answers.tocsr()
    kept.eliminate_zeros()
    return Ballots(kept), (answers.row[hidden].astype(np.int64), statement, 1.0 - 2.0 * side)


def errors(ballots: Ballots, seed: int) -> list[float]:
    """Error without axes at the penalty in use, then with axes at each penalty."""
    known, (row, column, truth) = hide(ballots, np.random.default_rng(seed))
    leaning, centre = space.additive(known, np.ones(known.shape[0]), np.ones(known.shape[1]))
    found = [_error(leaning[row] + centre[column], truth)]
    in_use = space.PENALTY
    for penalty in PENALTIES:
        space.PENALTY = penalty
        made = space.fit(known)
        explained = (made.positions[row] * made.loadings[column]).sum(axis=1)
        found.append(_error(made.leaning[row] + made.centre[column] + explained, truth))
    space.PENALTY = in_use
    return found


def _error(guess: NDArray[np.float64], truth: NDArray[np.float64]) -> float:
    return float(np.mean((np.clip(guess, -1, 1) - truth) ** 2))


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Predict answers held out, for several penalties.")
    parser.add_argument("--draws", type=int, default=5, help="how often answers are hidden (default 5)")
    options = parser.parse_args()
    print(f"{'conversation':34}{'alone':>8}" + "".join(f"{penalty:8g}" for penalty in PENALTIES))
    for name in CONVERSATIONS:
        ballots = read(name)
        means = np.mean([errors(ballots, seed) for seed in range(options.draws)], axis=0)
        print(f"{name:34}" + "".join(f"{mean:8.3f}" for mean in means), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
