"""`decapolis bench NAME …`: run benchmarks/NAME.py, which measures ours and the peer's in one run."""

import sys

from decapolis.plumbing.failures import Failure
from decapolis.web.commands.checkout import HERE, run


def main(arguments: list[str]) -> int:
    """Run one benchmark with what follows its name."""
    folder = HERE.root / "benchmarks"
    names = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    if not arguments or arguments[0] not in names:
        raise Failure(f"usage: script/bench {'|'.join(names)} [options]")
    return run([sys.executable, folder / f"{arguments[0]}.py", *arguments[1:]])
