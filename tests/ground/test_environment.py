"""Settings of a city: typed, from variables or files, and one sentence for a wrong one."""

import os
import stat
import subprocess

import pytest
from pydantic import SecretStr

from decapolis.plumbing.failures import Failure
from decapolis.plumbing.keys import kept_secret
from decapolis.web import storage
from decapolis.web.commands.checkout import HERE
from decapolis.web.environment import PREFIX, Environment, read_environment
from decapolis.web.storage import database, folder


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch):
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


def test_without_variables_everything_has_a_default():
    read = read_environment()

    assert read.hosts == ("localhost", "127.0.0.1", "[::1]")
    assert read.data == HERE.root / "var"
    assert not read.https


def test_values_are_read_with_their_types(monkeypatch):
    monkeypatch.setenv("DECAPOLIS_HOSTS", "listening.example.org, www.example.org")
    monkeypatch.setenv("DECAPOLIS_HTTPS", "true")
    monkeypatch.setenv("DECAPOLIS_WORKERS", "4")

    read = read_environment()

    assert read.hosts == ("listening.example.org", "www.example.org")
    assert read.https is True
    assert read.workers == 4


@pytest.mark.parametrize("name", Environment.model_fields)
def test_an_empty_value_is_none_at_all(monkeypatch, name):
    monkeypatch.setenv(PREFIX + name.upper(), "")

    assert getattr(read_environment(), name) == Environment.model_fields[name].default


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("WORKERS", "many", "give a whole number from 1 to 64"),
        ("WORKERS", "0", "give a whole number from 1 to 64"),
        ("HTTPS", "perhaps", "give true or false"),
        ("HOSTS", "https://example.org/", "give host names"),
        ("HOSTS", "*", "give host names"),
        ("HOSTS", ",", "give host names"),
        ("CITY_NAME", "x" * 81, "give 1 to 80 characters"),
        ("LOG_FORMAT", "xml", "give text or json"),
        ("MAIL_HOST", "smtp.example.org\nX: y", "give the name of your mail server"),
        ("MAIL_FROM", "Decapolis <x@example.org>", "give an address like"),
        ("MAIL_SECURITY", "ssl", "give starttls, tls or none"),
        ("BODY_LIMIT", "-1", "give a whole number"),
    ],
)
def test_a_wrong_value_is_one_sentence_with_name_value_and_remedy(monkeypatch, name, value, remedy):
    monkeypatch.setenv(PREFIX + name, value)

    with pytest.raises(Failure) as failure:
        read_environment()

    sentence = str(failure.value)
    assert sentence.startswith(f'{PREFIX}{name} is "{value}"')
    assert remedy in sentence
    assert "\n" not in sentence.replace(value, "")
    assert sentence.endswith(".")


def test_a_mail_server_needs_an_address_to_write_from(monkeypatch):
    monkeypatch.setenv("DECAPOLIS_MAIL_HOST", "smtp.example.org")

    with pytest.raises(Failure, match="DECAPOLIS_MAIL_FROM is not: give an address"):
        read_environment()


def test_the_password_of_the_mail_server_is_read_from_a_file(monkeypatch, tmp_path):
    secret = tmp_path / "password"
    secret.write_text("a mail secret\n")
    monkeypatch.setenv("DECAPOLIS_MAIL_PASSWORD_FILE", str(secret))

    read = read_environment().mail_password
    assert read
    assert read.get_secret_value() == "a mail secret"
    assert "a mail secret" not in repr(read)


@pytest.mark.parametrize(
    ("name", "value"), [("SECRET_KEY", "too-short-7f3a"), ("DATABASE_URL", "mysql://u:s3cret@h/db")]
)
def test_a_wrong_secret_is_never_shown(monkeypatch, name, value):
    monkeypatch.setenv(PREFIX + name, value)

    with pytest.raises(Failure) as failure:
        read_environment()

    assert value not in str(failure.value)
    assert failure.value.__cause__ is None
    assert PREFIX + name in str(failure.value)


def test_a_secret_may_stand_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("k" * 40 + "\n", encoding="utf-8")
    monkeypatch.setenv("DECAPOLIS_SECRET_KEY_FILE", str(tmp_path / "key"))

    read = read_environment()

    assert read.secret_key is not None
    assert read.secret_key.get_secret_value() == "k" * 40


def test_a_wrong_secret_in_a_file_is_never_shown(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("too-short-7f3a", encoding="utf-8")
    monkeypatch.setenv("DECAPOLIS_SECRET_KEY_FILE", str(tmp_path / "key"))

    with pytest.raises(Failure, match=r"^DECAPOLIS_SECRET_KEY has a value that cannot be used") as failure:
        read_environment()

    assert "7f3a" not in str(failure.value)


def test_a_file_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setenv("DECAPOLIS_SECRET_KEY_FILE", "/nowhere/key")

    with pytest.raises(Failure, match='DECAPOLIS_SECRET_KEY_FILE is "/nowhere/key", which cannot be read'):
        read_environment()


def test_value_and_file_together_are_refused(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("k" * 40, encoding="utf-8")
    monkeypatch.setenv("DECAPOLIS_SECRET_KEY", "k" * 40)
    monkeypatch.setenv("DECAPOLIS_SECRET_KEY_FILE", str(tmp_path / "key"))

    with pytest.raises(Failure, match="are both set"):
        read_environment()


@pytest.mark.parametrize("name", ["DECAPOLIS_HOST", "DECAPOLIS_HOST_FILE", "DECAPOLIS_DEBUG"])
def test_a_slip_of_the_pen_is_told(monkeypatch, name):
    monkeypatch.setenv(name, "x")

    with pytest.raises(Failure, match=f"{name} is not a setting"):
        read_environment()


@pytest.mark.parametrize("name", ["DECAPOLIS_TEST_DATABASE_URL", "DECAPOLIS_SHARED_DATA"])
def test_variables_of_tools_are_left_alone(monkeypatch, name):
    monkeypatch.setenv(name, "x")

    assert read_environment() == Environment()


def test_sqlite_waits_writes_ahead_and_really_deletes(tmp_path):
    made = database(None, tmp_path)

    assert made["NAME"] == str(tmp_path / "decapolis.sqlite3")
    assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
        assert pragma in made["OPTIONS"]["init_command"]


def test_postgresql_keeps_connections_in_a_pool(tmp_path):
    made = database(SecretStr("postgres://city:secret@db.example.org:5433/decapolis"), tmp_path)

    assert (made["HOST"], made["PORT"], made["NAME"]) == ("db.example.org", 5433, "decapolis")
    assert made["OPTIONS"]["pool"]["max_size"] > 1
    assert made["CONN_MAX_AGE"] == 0


def test_postgresql_without_its_driver_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(storage, "find_spec", lambda name: None)

    with pytest.raises(Failure, match=r"not installed: run script/setup --all\.$") as failure:
        database(SecretStr("postgres://city:secret@db.example.org/decapolis"), tmp_path)

    assert "secret" not in str(failure.value)


def test_the_data_folder_is_for_its_owner_alone(tmp_path):
    made = folder(tmp_path / "a" / "data")

    assert stat.S_IMODE(made.stat().st_mode) == 0o700


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(Failure, match=r'^DECAPOLIS_DATA: ".*file/data" cannot be used'):
        folder(tmp_path / "file" / "data")


def test_a_secret_is_made_once_and_kept_for_its_owner_alone(tmp_path):
    first = kept_secret(tmp_path / "secret_key")

    assert len(first) >= 50
    assert kept_secret(tmp_path / "secret_key") == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.slow
def test_processes_that_start_together_share_one_secret(tmp_path):
    code = "import sys, pathlib, decapolis.plumbing.keys as k; print(k.kept_secret(pathlib.Path(sys.argv[1])))"
    command = [HERE.python, "-c", code, tmp_path / "key"]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]

    secrets = {process.communicate()[0] for process in started}

    assert len(secrets) == 1
    assert len(secrets.pop()) > 40


@pytest.mark.slow
def test_a_wrong_value_stops_the_start_with_status_2_and_one_line(tmp_path):
    variables = {**os.environ, "DECAPOLIS_DATA": str(tmp_path), "DECAPOLIS_WORKERS": "many"}

    done = subprocess.run(
        [HERE.python, "-m", "decapolis", "serve"], env=variables, check=False, capture_output=True, text=True
    )

    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        'DECAPOLIS_WORKERS is "many", which cannot be used: give a whole number from 1 to 64.'
    ]
    assert done.stdout == ""


@pytest.mark.slow
@pytest.mark.parametrize("url", ["postgres://nobody@127.0.0.1:1/none", "sqlite:////proc/nothing/x.sqlite3"])
def test_a_database_that_does_not_answer_ends_the_start_with_one_sentence(tmp_path, url):
    variables = {**os.environ, "DECAPOLIS_DATA": str(tmp_path), "DECAPOLIS_DATABASE_URL": url}

    done = subprocess.run(
        [HERE.python, "-m", "decapolis", "serve"], env=variables, check=False, capture_output=True, text=True
    )

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("The database cannot be used")
    assert "Traceback" not in done.stderr
