"""`decapolis bench NAME …`: run benchmarks/NAME.py, which measures ours and the peer's in one run."""

import sys

from decapolis.plumbing.failures import Failure
from decapolis.web.commands.checkout import HERE, Checkout, run
from decapolis.web.commands.installing.packages import install_packages, make_venv
from decapolis.web.commands.installing.stamps import Stamps, alone, fingerprint


def main(arguments: list[str]) -> int:
    """Run one benchmark with what follows its name."""
    folder = HERE.root / "benchmarks"
    names = sorted(path.stem for path in folder.glob("*.py") if not path.stem.endswith("_ours"))
    if not arguments or arguments[0] not in names:
        raise Failure(f"usage: script/bench {'|'.join(names)} [options]")
    install_peers(HERE)
    return run([sys.executable, folder / f"{arguments[0]}.py", *arguments[1:]])


def install_peers(here: Checkout) -> None:
    """Install the peers into an environment of their own: they are measured, never imported."""
    venv = here.root / ".venv-bench"
    lock = here.requirements / "bench.txt"
    stamps, made_from = Stamps(venv / "set-up.json"), fingerprint([lock], sys.version)
    with alone(here.root):
        if not stamps.is_done("peers", made_from):
            print("Setting up: peers to measure against …", file=sys.stderr, flush=True)
            install_packages(make_venv(venv), lock)
            stamps.done("peers", made_from)
