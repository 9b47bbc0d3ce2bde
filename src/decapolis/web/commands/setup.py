"""`decapolis setup`: install what is needed into .venv. Runs before that exists, so on the standard library only."""

import argparse
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from decapolis.web.commands.checkout import HERE, Checkout
from decapolis.web.commands.installing.browser import install_chromium
from decapolis.web.commands.installing.packages import (
    build_assets,
    compile_catalogues,
    install_packages,
    link_code,
    make_venv,
)
from decapolis.web.commands.installing.stamps import Stamps, alone, fingerprint


@dataclass(frozen=True)
class Work:
    """One piece of a set-up: done again when what it is `made_from` changes, or when what it makes is gone."""

    name: str
    made_from: str
    do: Callable[[], object]
    is_there: bool = True


def main(arguments: list[str]) -> int:
    """Set up the checkout, as far as it is not."""
    parser = argparse.ArgumentParser(prog="script/setup", description="Install what is needed into .venv.")
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need, Chromium included")
    parser.add_argument("--all", action="store_true", help="also every extra: PostgreSQL")
    wanted = parser.parse_args(arguments)
    with alone(HERE.root):
        set_up(HERE, [name for name in ("dev", "all") if getattr(wanted, name)] or ["run"])
    if wanted.dev:
        install_chromium()
    return 0


def set_up(here: Checkout, levels: list[str]) -> None:
    """Do every piece of work that is not done."""
    stamps = Stamps(here.venv / "set-up.json")
    for work in pieces(here, levels, stamps):
        if not (work.is_there and stamps.is_done(work.name, work.made_from)):
            print(f"Setting up: {work.name} …", file=sys.stderr, flush=True)
            work.do()
            stamps.done(work.name, work.made_from)


def pieces(here: Checkout, levels: list[str], stamps: Stamps) -> Iterator[Work]:
    """List the pieces of work in their order; what a piece is made from is looked at when its turn comes."""
    version = platform.python_version()
    yield Work("environment", version, partial(make_venv, here.venv), here.python.exists())
    for level in levels:
        name, made_from = _packages(here, level, version)
        if level != "run" or not any(stamps.is_done(*_packages(here, more, version)) for more in ("dev", "all")):
            yield Work(name, made_from, partial(install_packages, here.python, here.requirements / f"{level}.txt"))
    yield Work("command", version, partial(link_code, here), (here.venv / "bin" / "decapolis").exists())
    sources = fingerprint([here.root / "package-lock.json", here.root / "assets"])
    yield Work("stylesheets", sources, partial(build_assets, here), here.static.exists())
    catalogues = sorted(here.root.glob("src/decapolis/**/*.po"))
    compiled = all(path.with_suffix(".mo").exists() for path in catalogues)
    yield Work("translations", fingerprint(catalogues), partial(compile_catalogues, here), compiled)


def _packages(here: Checkout, level: str, version: str) -> tuple[str, str]:
    """Name and fingerprint of the packages of one level; "dev" and "all" hold those of "run"."""
    return f"packages ({level})", fingerprint([here.requirements / f"{level}.txt"], version)
