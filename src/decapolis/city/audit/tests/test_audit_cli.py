import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from decapolis import __main__ as entrance
from decapolis.city.audit.cli import main
from decapolis.city.audit.factories import make_entries
from decapolis.city.audit.models import Body, Entry
from decapolis.city.audit.tests.tampering import unguarded
from decapolis.plumbing.acting import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    """Data folder of this test alone; the anchors are in it."""
    settings.DATA = tmp_path
    settings.ANCHORS = tmp_path / "anchors"
    settings.KEY_PASSPHRASE = ""
    return tmp_path


def run(capsys, *arguments: str) -> tuple[int, str]:
    code = main(list(arguments))
    return code, capsys.readouterr().out


def test_verify_an_intact_audit_ends_with_0_and_one_sentence(capsys):
    make_entries(3)
    assert run(capsys, "verify") == (0, "The audit is intact: 3 entries, 0 of them without body.\n")


def test_verify_an_empty_audit_ends_with_0(capsys):
    assert run(capsys, "verify")[0] == 0


def test_verify_a_broken_link_ends_with_2_and_says_which_and_what_to_do(capsys):
    make_entries(3)
    with unguarded():
        Body.objects.filter(entry=2).update(act="listening.open_conversation")
    code, said = run(capsys, "verify")
    assert code == 2
    assert said.startswith("The body of entry 2 is not the one that was written.\nCopy the database")


def test_verify_a_cut_tail_ends_with_3(capsys):
    make_entries(3)
    run(capsys, "anchor")
    with unguarded():
        Body.objects.filter(entry=3).delete()
        Entry.objects.filter(number=3).delete()
    code, said = run(capsys, "verify")
    assert code == 3
    assert "ends with entry 2" in said


def test_verify_a_gap_ends_with_4(capsys):
    make_entries(3)
    with unguarded():
        Body.objects.filter(entry=2).delete()
        Entry.objects.filter(number=2).delete()
    code, said = run(capsys, "verify")
    assert code == 4
    assert said.startswith("Entry 2 is missing: the next one is entry 3.\n")


def test_verify_with_anchors_kept_outside_finds_what_those_inside_hide(capsys, folder):
    make_entries(3)
    run(capsys, "anchor")
    shutil.copytree(folder / "anchors", folder / "outside")
    shutil.rmtree(folder / "anchors")
    with unguarded():
        Body.objects.filter(entry=3).delete()
        Entry.objects.filter(number=3).delete()
    assert run(capsys, "verify")[0] == 0
    assert run(capsys, "verify", "--anchors", str(folder / "outside"))[0] == 3


def test_verify_a_forged_anchor_ends_with_3_and_names_the_file(capsys, folder, frozen_clock):
    make_entries(1)
    run(capsys, "anchor")
    path = folder / "anchors" / f"audit-{frozen_clock.date()}.json"
    path.write_text(path.read_text().replace('"number": 1', '"number": 7'))
    code, said = run(capsys, "verify")
    assert code == 3
    assert path.name in said


def test_verify_trusts_a_key_that_is_given(capsys, folder):
    make_entries(1)
    run(capsys, "anchor")
    public = (folder / "audit.pub").read_text().strip()
    (folder / "audit.pub").unlink()
    assert run(capsys, "verify")[0] == 3
    assert run(capsys, "verify", "--key", public)[0] == 0


def test_verify_makes_nothing(capsys, folder):
    make_entries(1)
    run(capsys, "verify")
    assert list(folder.iterdir()) == []


def test_verify_answers_as_json(capsys):
    make_entries(2)
    code, said = run(capsys, "verify", "--json")
    answer = json.loads(said)
    assert code == answer.pop("exit") == 0
    assert answer == {
        "state": "intact",
        "entries": 2,
        "erased": 0,
        "sentence": "The audit is intact: 2 entries, 0 of them without body.",
        "entry": None,
    }


def test_anchor_is_written_once_a_day(capsys, folder, freeze_clock, frozen_clock):
    make_entries(2)
    assert "Wrote" in run(capsys, "anchor")[1]
    make_entries(1)
    assert run(capsys, "anchor") == (0, "2026-03-01 has its anchor already.\n")
    freeze_clock(frozen_clock + timedelta(days=1))
    run(capsys, "anchor")
    kept = [json.loads(path.read_text()) for path in sorted((folder / "anchors").iterdir())]
    assert [(anchor["day"], anchor["number"]) for anchor in kept] == [("2026-03-01", 2), ("2026-03-02", 3)]
    assert run(capsys, "verify")[0] == 0


def test_anchor_of_an_empty_audit_is_none(capsys, folder):
    assert run(capsys, "anchor") == (0, "The audit is empty: there is nothing to anchor yet.\n")
    assert list(folder.iterdir()) == []


def test_anchor_with_a_passphrase_keeps_no_key(capsys, folder, settings):
    settings.KEY_PASSPHRASE = "a long passphrase"
    make_entries(1)
    run(capsys, "anchor")
    assert {path.name for path in folder.iterdir()} == {"anchors", "audit.pub", "audit.salt"}
    settings.KEY_PASSPHRASE = ""
    assert run(capsys, "verify")[0] == 0


def test_show_prints_the_last_entries(capsys, frozen_clock):
    make_entries(2)
    make_entries(1, by=Actor("person", "7"))
    assert run(capsys, "show", "--last", "2")[1].splitlines() == [
        "       2 2026-03-01 12:00:00  operator  done  listening.close_conversation  listening.conversation:2",
        "       3 2026-03-01 12:00:00  person 7  done  listening.close_conversation  listening.conversation:1",
    ]


def test_show_says_that_a_body_was_erased(capsys, frozen_clock):
    make_entries(1)
    with unguarded():
        Body.objects.all().delete()
    assert run(capsys, "show")[1] == "       1 2026-03-01           erased\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["prove"],
        ["verify", "--anchors", "/no/such/folder"],
        ["show", "--last", "0"],
        ["show", "--last", "many"],
    ],
)
def test_wrong_use_ends_as_no_verdict_does(capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 64
    assert "usage: decapolis audit" in capsys.readouterr().err


def test_the_command_is_known():
    assert entrance.COMMANDS["audit"].module == "decapolis.city.audit.cli"
