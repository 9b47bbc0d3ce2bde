"""The log says which page, with what answer and how long; never who, where or what was typed."""

import io
import json
import logging
import logging.config

import pytest
from django.test import Client
from django.urls import get_resolver

from decapolis.plumbing.logs import logging_settings
from tests.architecture.test_addresses import addresses

CANARY = "canary7f3a9c"


@pytest.fixture(params=["json", "text"])
def log(request):
    """What all handlers write, as one text."""
    written = io.StringIO()
    settings = logging_settings(request.param)
    for handler in settings["handlers"].values():
        handler["stream"] = written
    logging.config.dictConfig(settings)
    yield written
    logging.config.dictConfig(logging_settings("text"))


@pytest.fixture
def client():
    canaries = {"HTTP_USER_AGENT": CANARY, "REMOTE_ADDR": "203.0.113.77", "HTTP_REFERER": f"https://{CANARY}.example/"}
    client = Client(raise_request_exception=False)
    client.defaults.update(canaries)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", [f"/healthz?name={CANARY}", f"/{CANARY}", f"/fr/{CANARY}/?x={CANARY}", f"/static/{CANARY}.css"]
)
def test_nothing_of_an_address_or_a_browser_is_logged(client, log, address):
    response = client.get(address)

    assert CANARY not in log.getvalue()
    assert "203.0.113.77" not in log.getvalue()
    assert response["X-Request-Id"] in log.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("host", [f"{CANARY}.example.org", f"{CANARY} {CANARY}"])
def test_a_foreign_host_is_not_logged(client, log, host):
    client.get("/healthz", headers={"host": host})

    assert CANARY not in log.getvalue()
    assert "400" in log.getvalue()


@pytest.mark.django_db
def test_a_failure_is_logged_by_its_place_without_its_message(client, log, monkeypatch):
    def fail(request):
        raise ValueError(CANARY)

    pattern = next(pattern for address, pattern in addresses(get_resolver().url_patterns) if address == "healthz")
    monkeypatch.setattr(pattern, "callback", fail)

    response = client.get(f"/healthz?name={CANARY}")

    written = log.getvalue()
    assert CANARY not in written
    assert "ValueError" in written
    assert "test_logs.py" in written
    assert written.count(response["X-Request-Id"]) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("log", ["json"], indirect=True)
def test_a_line_holds_page_answer_and_time(client, log):
    client.get("/healthz")

    line = json.loads(log.getvalue())

    assert line["route"] == "health"
    assert line["status"] == 200
    assert line["milliseconds"] >= 0
    assert set(line) == {"event", "level", "milliseconds", "request", "route", "status", "timestamp"} - {"logger"}
