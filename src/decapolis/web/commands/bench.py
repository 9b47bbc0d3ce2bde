"""`decapolis bench NAME …`: run benchmarks/NAME.py, which measures ours and the peer's in one run."""

import sys

from decapolis.plumbing.failures import Failure
from decapolis.web.commands.checkout import HERE, run
from decapolis.web.commands.packages import install_packages, make_venv
from decapolis.web.commands.stamps import Stamps, alone, fingerprint

FOLDER = HERE.root / "benchmarks"
PEERS = HERE.root / ".venv-bench"


def main(arguments: list[str]) -> int:
    """Run one benchmark with what follows its name."""
    names = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.endswith("_ours"))
    if not arguments or arguments[0] not in names:
        raise Failure(f"usage: script/bench {'|'.join(names)} [options]")
    install_peers()
    return run([sys.executable, FOLDER / f"{arguments[0]}.py", *arguments[1:]])


def install_peers() -> None:
    """Install what we are compared with, in an environment of its own."""
    lock = HERE.requirements / "bench.txt"
    made_from = fingerprint([lock], sys.version)
    stamps = Stamps(PEERS / "set-up.json")
    with alone(HERE.root):
        if not stamps.is_done("peers", made_from):
            print("Setting up: peers …", file=sys.stderr, flush=True)
            install_packages(make_venv(PEERS), lock)
            stamps.done("peers", made_from)
