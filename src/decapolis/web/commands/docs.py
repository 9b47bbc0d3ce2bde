"""`decapolis docs [--check]`: write the documents that are made from the code, or say which are out of date."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from decapolis.__main__ import COMMANDS
from decapolis.steps import PARTS, STEPS, Step
from decapolis.web.commands.checkout import HERE
from decapolis.web.environment import Environment, is_secret, variable

FOLDER = HERE.root / "docs" / "reference"


def main(arguments: list[str]) -> int:
    """Write them all, or check them all."""
    parser = argparse.ArgumentParser(prog="script/docs", description="Write docs/reference from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where a document is stale")
    if parser.parse_args(arguments).check:
        return _say(stale(FOLDER))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, write in DOCUMENTS.items():
        (FOLDER / name).write_text(write(), encoding="utf-8")
    return 0


def stale(folder: Path) -> list[str]:
    """Names of the documents that are not what the code says."""
    return [name for name, write in DOCUMENTS.items() if _text(folder / name) != write()]


def steps() -> str:
    """Document of the ten steps."""
    rows = [(str(step.number), _link(step), PARTS[step.part], step.sentence, _state(step)) for step in STEPS]
    return page("The ten steps", "", ("no.", "step", "part", "what the city does", "state"), rows)


def settings() -> str:
    """Document of the settings."""
    introduction = (
        "Each is a variable of the environment. Instead of a value, a file that holds it may be named: "
        "`DECAPOLIS_SECRET_KEY_FILE=/run/secrets/key`. A wrong value stops the start with one sentence.\n"
    )
    rows = [
        (f"`{variable(name)}`", str(field.description), _default(name, field.default))
        for name, field in Environment.model_fields.items()
    ]
    return page("Settings", introduction, ("variable", "what it is for", "without it"), rows)


def commands() -> str:
    """Document of the commands."""
    introduction = "`.venv/bin/decapolis COMMAND --help` says more of each; those in `script/` set up first.\n"
    rows = [(f"`decapolis {name}`", _script(name), command.summary) for name, command in COMMANDS.items()]
    return page("Commands", introduction, ("command", "in `script/`", "what it does"), rows)


def page(title: str, introduction: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Page of reference: a title, an introduction and a table."""
    lines = [_row(heads), _row(("---",) * len(heads)), *map(_row, rows)]
    note = "<!-- Made from the code by script/docs: do not edit. -->"
    return "\n".join(filter(None, [f"# {title}\n", note + "\n", introduction, *lines])) + "\n"


DOCUMENTS: dict[str, Callable[[], str]] = {"steps.md": steps, "settings.md": settings, "commands.md": commands}


def _say(names: list[str]) -> int:
    for name in names:
        print(f"docs/reference/{name} is out of date: run script/docs.", file=sys.stderr)
    return 1 if names else 0


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _link(step: Step) -> str:
    return f"[{step.name}](../{step.document})" if step.document else step.name


def _state(step: Step) -> str:
    return "stands" if step.stands else "planned"


def _script(name: str) -> str:
    return f"`script/{name}`" if (HERE.root / "script" / name).exists() else ""


def _default(name: str, default: object) -> str:
    if default is None or is_secret(name):
        return "as said"
    if isinstance(default, Path):
        return f"`{default.relative_to(HERE.root)}` in the checkout"
    text = ",".join(default) if isinstance(default, tuple) else str(default)
    return f"`{text.lower() if isinstance(default, bool) else text}`"
