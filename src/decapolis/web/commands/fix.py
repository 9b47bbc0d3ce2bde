"""`decapolis fix`: format, mend what ruff can mend, gather new sentences, write the generated documents."""

from decapolis.web.commands.checkout import HERE, run

BIN = HERE.venv / "bin"
REPAIRS = (
    [BIN / "ruff", "check", "--fix", "--quiet", "."],
    [BIN / "ruff", "format", "--quiet", "."],
    [HERE.python, "-m", "decapolis", "translations", "update"],
    [HERE.python, "-m", "decapolis", "docs"],
)


def main(_arguments: list[str]) -> int:
    """Run every repair; what remains is for a person."""
    return max(run(repair) for repair in REPAIRS)
