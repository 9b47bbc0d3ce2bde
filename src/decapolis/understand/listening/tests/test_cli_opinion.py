import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from jsonschema import validate

from decapolis.understand.listening.cli.opinion import main
from decapolis.understand.listening.files import read_groups
from decapolis_methods.opinion.default.stability import rand_index
from tests.data import shared_data

ROOT = Path(__file__).parents[5]
SCHEMA = json.loads((ROOT / "docs" / "reference" / "opinion-result.schema.json").read_text(encoding="utf-8"))

Rows = Sequence[tuple[int, ...]]
Write = Callable[[str, str, Rows], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a table into a file of this test and return its path."""

    def table(name: str, header: str, rows: Rows) -> Path:
        lines = [header, *(",".join(map(str, row)) for row in rows)]
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return table


def camps() -> Rows:
    """Twenty people, eight statements, two camps: participant, statement, vote."""
    return [(who, what, 1 if (who + what) % 2 else -1) for who in range(20) for what in range(10, 18)]


@pytest.fixture
def votes(write: Write) -> Path:
    return write("votes.csv", "voter-id,comment-id,vote", camps())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "result.json"


def run(*arguments: str | Path) -> int:
    return main(["analyse", *map(str, arguments)])


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def test_analyse_writes_a_result_and_says_in_two_lines_what_it_found(
    votes: Path, out: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(votes, "--mode", "polis", "--out", out) == 0
    validate(read(out), SCHEMA)
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.splitlines() == [
        "20 participants, 8 statements analysed, 160 votes: 2 groups of 10, 10; 0 in none.",
        f"Written to {out} (polis mode, version 1, seed 0).",
    ]


def test_analyse_is_in_default_mode_unless_asked(votes: Path, out: Path):
    assert run(votes, "--seed", "3", "--out", out) == 0
    document = read(out)
    validate(document, SCHEMA)
    assert document["method"]["mode"] == "default"
    assert document["method"]["seed"] == 3


def test_statements_say_what_is_refused_and_what_is_meta(
    votes: Path, write: Write, out: Path, capsys: pytest.CaptureFixture[str]
):
    """10 is refused, 11 is meta, 12 was not looked at yet; what is not listed counts as shown."""
    rows = [(10, -1, 0), (11, 1, 1), (12, 0, 0)]
    statements = write("statements.csv", "statement,moderated,meta", rows)
    assert run(votes, "--mode", "polis", "--statements", statements, "--out", out) == 0
    document = read(out)
    assert [weight == 0 for weight in document["components"][0]] == [True, True, *[False] * 6]
    assert [key for key, value in document["priorities"].items() if value == 49] == ["11"]
    assert "6 statements analysed" in capsys.readouterr().out


def test_groups_are_taken_as_given(votes: Path, write: Write, out: Path):
    groups = write("groups.csv", "participant,group", [(1, 4), (2, 4), (5, 9)])
    assert run(votes, "--mode", "polis", "--groups", groups, "--out", out) == 0
    assert read(out)["groups"] == [
        {"id": 4, "size": 2, "members": [1, 2]},
        {"id": 9, "size": 1, "members": [5]},
    ]


@pytest.mark.parametrize("mode", ["polis", "default"])
def test_the_order_of_rows_does_not_matter(votes: Path, write: Write, out: Path, tmp_path: Path, mode: str):
    turned = write("turned.csv", "voter-id,comment-id,vote", camps()[::-1])
    assert run(votes, "--mode", mode, "--out", out) == 0
    assert run(turned, "--mode", mode, "--out", tmp_path / "other.json") == 0
    assert (tmp_path / "other.json").read_bytes() == out.read_bytes()


def test_bootstrap_fills_stability(write: Write, out: Path):
    rows = [(who, what, 1 if (who + what) % 2 else -1) for who in range(80) for what in range(12)]
    votes = write("votes.csv", "voter-id,comment-id,vote", rows)
    assert run(votes, "--bootstrap", "2", "--out", out) == 0
    document = read(out)
    validate(document, SCHEMA)
    assert document["stability"]["rounds"] == 2


FAULTS: dict[str, tuple[str, Rows, list[str], str]] = {
    "unknown vote": ("voter-id,comment-id,vote", [(1, 2, 7)], [], "votes.csv, line 2: "),
    "missing column": ("voter-id,vote", [(1, 1)], [], "votes.csv, line 1: "),
    "no vote": ("voter-id,comment-id,vote", [], [], "votes.csv: votes: an empty list cannot be used."),
    "seed": ("voter-id,comment-id,vote", camps(), ["--seed", "-1"], "seed: -1 cannot be used."),
    "repeats in polis mode": (
        "voter-id,comment-id,vote",
        camps(),
        ["--mode", "polis", "--bootstrap", "5"],
        "bootstrap: 5 in polis mode cannot be used.",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_wrong_input_gives_one_line_and_writes_nothing(
    write: Write, out: Path, capsys: pytest.CaptureFixture[str], fault: str
):
    header, rows, options, message = FAULTS[fault]
    assert run(write("votes.csv", header, rows), *options, "--out", out) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    [line] = printed.err.splitlines()
    assert message in line
    assert line.endswith(".")
    assert sorted(path.name for path in out.parent.iterdir()) == ["votes.csv"]


def test_a_file_that_is_not_there_gives_one_line(tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]):
    assert run(tmp_path / "none.csv", "--out", out) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{tmp_path / 'none.csv'}: ")


def test_groups_of_unknown_participants_name_their_file(
    votes: Path, write: Write, out: Path, capsys: pytest.CaptureFixture[str]
):
    groups = write("groups.csv", "participant,group", [(1, 4), (77, 4)])
    assert run(votes, "--mode", "polis", "--groups", groups, "--out", out) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{groups}: groups: participant 77 (one of 1 unknown) cannot be used.")


@pytest.mark.parametrize("place", ["no-such-folder/result.json", "votes.csv/result.json", "folder"])
def test_a_result_that_cannot_be_written_gives_one_line_and_leaves_nothing(
    votes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
):
    (tmp_path / "folder").mkdir()
    assert run(votes, "--mode", "polis", "--out", tmp_path / place) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{tmp_path / place}: The result cannot be written")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "votes.csv"]


def test_an_older_result_stays_where_the_new_one_fails(votes: Path, out: Path, write: Write):
    assert run(votes, "--mode", "polis", "--out", out) == 0
    before = out.read_bytes()
    assert run(write("wrong.csv", "voter-id,comment-id,vote", [(1, 2, 7)]), "--out", out) == 2
    assert out.read_bytes() == before


@pytest.mark.parametrize("arguments", [[], ["analyse"], ["analyse", "votes.csv"], ["analyse", "v", "--mode", "other"]])
def test_wrong_arguments_end_with_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage: decapolis opinion" in capsys.readouterr().err


@pytest.mark.slow
def test_the_command_starts_without_django(votes: Path, out: Path):
    program = (
        "import sys; from decapolis.__main__ import main; status = main(sys.argv[1:]);"
        "print([name for name in sys.modules if name.split('.')[0] in ('django', 'sqlite3')]); sys.exit(status)"
    )
    done = python("-c", program, "opinion", "analyse", str(votes), "--out", str(out))
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.slow
@pytest.mark.data
@pytest.mark.parametrize("mode", ["polis", "default"])
def test_the_result_is_the_same_on_one_thread_or_several(tmp_path: Path, mode: str):
    """On a real conversation large enough for threads to be used."""
    votes = shared_data("listening") / "american-assembly.bowling-green" / "participants-votes.csv"
    written = []
    for threads in ("1", "4"):
        out = tmp_path / f"{threads}.json"
        arguments = ["-m", "decapolis", "opinion", "analyse", str(votes), "--mode", mode, "--out", str(out)]
        assert python(*arguments, OPENBLAS_NUM_THREADS=threads).returncode == 0
        written.append(out.read_bytes())
    assert written[0] == written[1]


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run this Python in a process of its own, with the source of this checkout."""
    paths = {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **paths, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.data
@pytest.mark.parametrize(
    ("conversation", "likeness"),
    [("15-per-hour-seattle", 0.9), ("canadian-electoral-reform", 0.9), ("vtaiwan.uberx", 0.6)],
)
def test_published_groups_are_found_again_nearly(tmp_path: Path, conversation: str, likeness: float):
    """Share of pairs of people who are together in both or apart in both, as far as it is more than chance.

    It cannot be 1: the groups that Polis published depend on how the conversation grew.
    """
    folder = shared_data("listening") / conversation
    out = tmp_path / "result.json"
    options: list[str | Path] = ["--mode", "polis", "--statements", folder / "comments.csv", "--out", out]
    assert run(folder / "votes.csv", *options) == 0
    published = read_groups(folder / "participants-votes.csv")
    ours = {member: group["id"] for group in read(out)["groups"] for member in group["members"]}
    both = sorted(published.keys() & ours.keys())
    assert len(both) > 0.9 * len(published)
    labels = [np.array([groups[member] for member in both]) for groups in (published, ours)]
    assert rand_index(*labels) > likeness


REAL = {
    "15-per-hour-seattle": ("votes.csv", 339, 54),
    "american-assembly.bowling-green": ("participants-votes.csv", 2031, 896),
    "canadian-electoral-reform": ("votes.csv", 448, 174),
    "london.youth.policing": ("votes.csv", 26, 36),
    "scoop-hivemind.ubi": ("votes.csv", 234, 70),
    "vtaiwan.uberx": ("votes.csv", 1921, 197),
}


@pytest.mark.slow
@pytest.mark.data
@pytest.mark.parametrize("mode", ["polis", "default"])
@pytest.mark.parametrize("conversation", REAL)
def test_every_real_conversation_is_analysed(out: Path, conversation: str, mode: str):
    folder = shared_data("listening") / conversation
    votes, participants, statements = REAL[conversation]
    assert run(folder / votes, "--mode", mode, "--statements", folder / "comments.csv", "--out", out) == 0
    document = read(out)
    validate(document, SCHEMA)
    assert (document["participants"], len(document["statements"])) == (participants, statements)
    members = [member for group in document["groups"] for member in group["members"]]
    assert len(members) == len(set(members)) <= participants
    assert all(vote["agree"] + vote["disagree"] <= vote["seen"] for vote in group_votes(document))


def group_votes(document: dict[str, Any]) -> list[dict[str, int]]:
    return [vote for group in document["group_votes"].values() for vote in group.values()]


@pytest.mark.slow
@pytest.mark.data
@pytest.mark.parametrize("conversation", ["below-100-ptpts", "above-100-ptpts", "25ptpt-3gp-no-strict-with-meta"])
def test_exports_of_polis_come_out_as_polis_has_them(write: Write, out: Path, conversation: str):
    """From file to file; each figure is compared in `decapolis_methods/opinion/tests/test_polis_exports.py`."""
    folder = shared_data("listening") / "polis_math_exports" / conversation
    theirs = read(folder / "math-pca2.json")
    hidden = [(tid, -1, int(tid in theirs["meta-tids"])) for tid in theirs["mod-out"]]
    clusters = dict(zip(theirs["base-clusters"]["id"], theirs["base-clusters"]["members"], strict=True))
    members = [
        (member, group["id"])
        for group in theirs["group-clusters"]
        for cluster in group["members"]
        for member in clusters[cluster]
    ]
    statements = write("statements.csv", "statement,moderated,meta", hidden)
    groups = write("groups.csv", "participant,group", members)
    options = ["--mode", "polis", "--statements", str(statements), "--groups", str(groups), "--out", str(out)]
    assert run(folder / "votes.json", *options) == 0
    document = read(out)
    for key, field in (("priorities", "comment-priorities"), ("group_aware_consensus", "group-aware-consensus")):
        assert document[key] == pytest.approx(theirs[field], abs=1e-9)
    for group, chosen in document["representative"].items():
        assert [one["statement"] for one in chosen] == [one["tid"] for one in theirs["repness"][group]]
    assert [one["statement"] for one in document["consensus"]["agree"]] == [
        one["tid"] for one in theirs["consensus"]["agree"]
    ]
