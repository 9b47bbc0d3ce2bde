"""What all tests share: where they write, the clock, and the rule that nothing is written outside of an act."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as properties

from decapolis.plumbing import clock
from tests.writes import watch_writes

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `script/test` run again, on PostgreSQL, what touches the database."""
    parser.addoption("--database-only", action="store_true", help="only tests that touch the database")


def pytest_configure() -> None:
    """Settings that tests rely on, whatever the environment says; files are served as they lie in the source."""
    properties.register_profile("decapolis", deadline=None)  # a busy machine is slow, and no property is about time
    properties.load_profile("decapolis")
    settings.DATA = Path(tempfile.mkdtemp(prefix="decapolis-tests-"))  # nothing of the installation in this checkout
    settings.CITY_NAME = "Ardenne-sur-Lys"
    settings.CITY_OFFICE = "City prevention office"
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
    settings.WHITENOISE_USE_FINDERS = True
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(settings.DATA, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep browser tests together; leave out what does not touch the database, where that was asked for."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))  # one Chromium, one fictional city
    if not config.getoption("--database-only"):
        return
    kept = [item for item in items if touches_database(item) and not item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def touches_database(item: pytest.Item) -> bool:
    """Whether a test is marked for the database, or uses a fixture of it."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(DATABASE_FIXTURES & fixtures)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give each worker of each run a database of its own: a file, or a name that nobody else has."""
    database = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    else:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "single")
        database["TEST"]["NAME"] = f"decapolis_test_{worker}_{os.getpid()}"


@pytest.fixture(autouse=True)
def _writes_only_in_acts() -> Iterator[None]:
    """Refuse every write on our tables outside of an act, in every test."""
    with watch_writes():
        yield


@pytest.fixture(scope="session", autouse=True)
def _audit_lets_itself_be_emptied() -> Iterator[None]:
    """Empty the audit before Django empties all tables after a test with real transactions: its triggers forbid it."""
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # noqa: SLF001  # Django offers no other place for it, and its stubs leave it out

    def empty_and_flush(case: TransactionTestCase) -> None:
        from decapolis.city.audit.tests.tampering import empty  # noqa: PLC0415  # needs models, which stand only now

        empty()
        flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_and_flush)
        yield


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Begin every test in English: a page that a test opened in Arabic leaves its language behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def freeze_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Stop the clock of `decapolis.plumbing.clock` at a moment of one's choice."""

    def freeze(moment: datetime) -> None:
        monkeypatch.setattr(clock, "_read", lambda: moment)

    return freeze


@pytest.fixture
def frozen_clock(freeze_clock: Callable[[datetime], None]) -> datetime:
    """Stop the clock at noon of 1 March 2026."""
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    freeze_clock(moment)
    return moment


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """Data folder of this test alone."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder
