"""The checkout that commands work on: its folders, its Python, and starting a tool in it. Standard library only."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from decapolis.plumbing.failures import Failure


@dataclass(frozen=True)
class Checkout:
    """A clone of the repository. Nothing of a set-up is written outside of it."""

    root: Path

    @property
    def venv(self) -> Path:
        """Virtual environment of the project."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """Python of that environment."""
        return self.venv / "bin" / "python"

    @property
    def requirements(self) -> Path:
        """Folder of the locked requirements."""
        return self.root / "requirements"

    @property
    def static(self) -> Path:
        """Folder of the built stylesheets and fonts."""
        return self.root / "src" / "decapolis" / "web" / "static" / "dist"


HERE = Checkout(Path(__file__).resolve().parents[4])


def run(command: Sequence[object], *, folder: Path = HERE.root, extra: Mapping[str, str] | None = None) -> int:
    """Run a tool and let it print; the answer is its status."""
    return subprocess.run([str(part) for part in command], cwd=folder, env=environment(extra), check=False).returncode


def must(what: str, command: Sequence[object], *, folder: Path, extra: Mapping[str, str] | None = None) -> None:
    """Run a tool quietly; where it fails, show what it printed and end with one sentence."""
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env=environment(extra), check=False, capture_output=True, text=True
    )
    if done.returncode:
        sys.stderr.write((done.stdout + done.stderr)[-4000:])
        raise Failure(f"{what} did not work (see above). What was done stays; run the same command again.")


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Variables for a tool: ours, without the path by which `script/setup` found this code."""
    kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return {**kept, **(extra or {})}
