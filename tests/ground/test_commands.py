"""The commands of developers: what they run, what they say, with what status they end."""

import subprocess

import pytest

from decapolis import __main__ as command_line
from decapolis.__main__ import COMMANDS
from decapolis.plumbing.failures import Failure
from decapolis.web.commands import bench, check, postgresql, test
from decapolis.web.commands.checkout import HERE
from decapolis.web.commands.test import Count

REPORT = """<testsuites>
<testsuite name="pytest" tests="10" failures="2" errors="1" skipped="3"/>
<testsuite name="more" tests="1" failures="0" errors="0" skipped="0"/>
</testsuites>"""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_the_table_says(name):
    path = HERE.root / "src" / (COMMANDS[name].module.replace(".", "/") + ".py")

    assert "\ndef main(" in path.read_text(encoding="utf-8")


def test_an_unknown_command_lists_the_known(capsys):
    assert command_line.main(["conquer"]) == 2
    assert "  demo " in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["help"], ["--help"]])
def test_help_is_no_error(arguments, capsys):
    assert command_line.main(arguments) == 0
    assert capsys.readouterr().out.startswith("usage: decapolis COMMAND")


def test_a_failure_ends_with_its_sentence_and_status_2(capsys):
    assert command_line.main(["bench", "nothing"]) == 2
    assert capsys.readouterr().err.startswith("usage: script/bench ")


@pytest.fixture
def planned(monkeypatch):
    """Checks that pass or fail as planned."""

    def plan(**statuses: int) -> None:
        commands = {name: ["sh", "-c", f"exit {status}"] for name, status in statuses.items()}
        monkeypatch.setattr(check, "CHECKS", commands)

    return plan


def test_checks_are_all_run_even_when_one_fails(planned, capfd):
    planned(format=1, types=0, rules=3)

    status = check.main([])

    written = capfd.readouterr().out
    assert status == 1
    assert [line for line in written.splitlines() if line.startswith("── ")] == ["── format", "── types", "── rules"]
    assert written.splitlines()[-1] == "Failed: format, rules. script/fix mends some of it."


def test_checks_that_pass_end_with_status_0(planned, capfd):
    planned(format=0, rules=1)

    assert check.main(["format"]) == 0
    assert capfd.readouterr().out.splitlines()[-1] == "All checks passed."


def test_an_unknown_check_is_told(planned, capfd):
    planned(format=0)

    assert check.main(["spelling"]) == 2
    assert "usage: script/check [format]" in capfd.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "file", "fault"),
    [
        ("format", "src/x.py", '"""Planted."""\nx  =  1\n'),
        ("lint", "src/x.py", '"""Planted."""\nimport os\n'),
        ("types", "src/x.py", '"""Planted."""\nx: int = "one"\n'),
    ],
)
def test_a_planted_fault_fails_its_check(tmp_path, name, file, fault):
    (tmp_path / "src").mkdir()
    (tmp_path / file).write_text(fault, encoding="utf-8")
    settings = (HERE.root / "pyproject.toml").read_text(encoding="utf-8").replace('"mypy_django_plugin.main"', "")
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    command = [*check.CHECKS[name], *(["src"] if name == "types" else [])]

    def status() -> int:
        return subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode

    assert status() == 1
    (tmp_path / file).write_text('"""Nothing wrong."""\n', encoding="utf-8")
    assert status() == 0


def test_counts_of_all_runs_are_added_up(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT, encoding="utf-8")

    count = test._read(tmp_path / "report.xml")

    assert str(count) == "5 passed, 3 failed, 3 skipped"
    assert str(count + Count(passed=1)) == "6 passed, 3 failed, 3 skipped"
    assert test._read(tmp_path / "nothing.xml") == Count()


@pytest.fixture
def runs(monkeypatch):
    """Runs of pytest that only say what would have been run."""
    asked = []

    def run(name: str, url: str | None, arguments: list[str]) -> tuple[int, Count]:
        asked.append((name, url, arguments))
        return 0, Count(passed=2)

    monkeypatch.setattr(test, "on_database", run)
    return asked


def use_server(monkeypatch, url):
    monkeypatch.setattr(postgresql, "answers", lambda asked: url is not None)
    monkeypatch.setattr(postgresql, "_programs", lambda: None)
    monkeypatch.setenv("DECAPOLIS_TEST_DATABASE_URL", url or "postgres://nobody@127.0.0.1:1/none")


def test_all_tests_run_on_sqlite_and_those_of_the_database_again_on_postgresql(runs, monkeypatch, capsys):
    use_server(monkeypatch, "postgres://somebody@127.0.0.1:5999/tests")

    status = test.main(["-k", "votes"])

    assert runs == [
        ("SQLite", None, ["-k", "votes"]),
        ("PostgreSQL", "postgres://somebody@127.0.0.1:5999/tests", ["--database-only", "-k", "votes"]),
    ]
    assert status == 0
    assert capsys.readouterr().out.splitlines()[-1] == "4 passed, 0 failed, 0 skipped"


@pytest.mark.parametrize(("ci", "expected"), [("true", 1), ("", 0)])
def test_without_postgresql_it_is_told_and_fails_where_everything_must_run(runs, monkeypatch, capsys, ci, expected):
    use_server(monkeypatch, None)
    monkeypatch.setenv("CI", ci)

    assert test.main([]) == expected
    assert "No PostgreSQL answers" in capsys.readouterr().err
    assert len(runs) == 1


def test_the_quick_suite_leaves_out_what_is_slow(runs):
    test.main(["--quick", "src"])

    assert runs == [("SQLite", None, ["-m", "not slow and not browser", "src"])]


@pytest.mark.slow
def test_a_throw_away_cluster_answers_and_goes(monkeypatch):
    programs = postgresql._programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here.")
    with postgresql.throw_away(programs) as url:
        assert url is not None
        assert postgresql.answers(url)

    assert not postgresql.answers(url)


def test_a_benchmark_is_named(monkeypatch):
    with pytest.raises(Failure, match=r"usage: script/bench .*opinion"):
        bench.main([])
