"""`serve` and `demo` as a person starts them: one ready line, pages, and nothing left behind at the end."""

import re
import signal
import socket
from pathlib import Path

import pytest

from decapolis.plumbing.failures import Failure
from decapolis.web.commands import ports
from tests.sites import PATIENCE, Site, SiteOnTerminal, get


@pytest.fixture
def taken():
    """A port on which something listens."""
    with socket.create_server((ports.ADDRESS, 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def site(tmp_path):
    started = []

    def start(*words: str) -> Site:
        started.append(Site(tmp_path, *words))
        return started[-1]

    yield start
    for each in started:
        each.end()


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_serve_says_once_that_it_is_ready_and_leaves_nothing_behind(site, how):
    running = site("serve")
    port = running.port()

    status, page = get(port, "/")
    stylesheet = re.search(rb'href="(/static/[^"]+\.css)"', page)
    ended = running.stop(how)

    assert status == 200
    assert stylesheet is not None
    assert ended == 0
    assert running.leaves_nothing()
    assert running.output.count("Decapolis is ready at") == 1
    assert "Traceback" not in running.output


@pytest.mark.slow
def test_serve_hands_out_stylesheets_and_listens_to_this_machine_alone(site):
    running = site("serve")
    port = running.port()

    _, page = get(port, "/")
    address = re.search(rb'href="(/static/[^"]+\.css)"', page)

    assert address is not None
    assert get(port, address[1].decode())[0] == 200
    assert listeners(port) == {"0100007F"}  # 127.0.0.1
    assert running.stop(signal.SIGTERM) == 0


@pytest.mark.slow
def test_serve_ends_with_its_terminal(site):
    running = site("serve")
    running.port()

    running.stop(signal.SIGHUP)

    assert running.leaves_nothing()


def listeners(port: int) -> set[str]:
    """Addresses on which something listens at this port, as the kernel writes them."""
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    lines += Path("/proc/net/tcp6").read_text(encoding="ascii").splitlines()[1:]
    sockets = [line.split() for line in lines]
    return {each[1].split(":")[0] for each in sockets if each[3] == "0A" and int(each[1].split(":")[1], 16) == port}


@pytest.mark.slow
def test_a_port_that_was_asked_for_and_is_taken_ends_with_one_sentence(site, taken):
    running = site("serve", "--port", str(taken))

    assert running.process.wait(PATIENCE) == 2
    assert running.output.splitlines() == [
        f"Port {taken} cannot be used: it is taken or not allowed. Choose another with --port."
    ]


@pytest.mark.slow
def test_the_demo_fills_an_empty_folder_once_and_shows_a_result(site):
    running = site("demo")
    port = running.port()
    result = re.search(r"http://localhost:\d+(/\S*results/\S+)", running.output)

    assert result is not None
    assert get(port, result[1])[0] == 200
    assert b"Ardenne-sur-Lys" in get(port, "/")[1]
    assert "listening import FOLDER" in running.output
    assert running.stop(signal.SIGTERM) == 0

    again = site("demo")
    again.port()

    assert "participants" not in again.output
    assert again.stop(signal.SIGTERM) == 0
    assert again.leaves_nothing()


@pytest.mark.slow
def test_ctrl_c_ends_the_demo_with_all_that_it_started(tmp_path):
    running = SiteOnTerminal(tmp_path, "script/demo")
    try:
        assert get(running.port(), "/")[0] == 200
        assert not running.leaves_nothing()
        running.press_ctrl_c()

        assert "ended with 0" in running.output
        assert "Traceback" not in running.output
        assert running.leaves_nothing()
    finally:
        running.end()


def test_another_port_is_found_where_the_first_is_taken(taken, monkeypatch):
    monkeypatch.setattr(ports, "FIRST", taken)
    monkeypatch.setattr(ports, "LAST", taken + 50)

    assert taken < ports.choose_port(None) <= taken + 50


def test_where_all_ports_are_taken_it_is_told(taken, monkeypatch):
    monkeypatch.setattr(ports, "FIRST", taken)
    monkeypatch.setattr(ports, "LAST", taken)

    with pytest.raises(Failure, match=f"All ports from {taken} to {taken} are taken"):
        ports.choose_port(None)


def test_two_sites_that_start_at_once_take_two_ports():
    first = ports.choose_port(None)

    assert ports.is_free(first)  # its server is not there yet
    assert ports.choose_port(None) != first


def test_a_taken_port_is_not_shared(taken):
    assert not ports.is_free(taken)


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "eighty", "80.5", "٨٠"])
def test_a_senseless_port_is_told(text):
    with pytest.raises(Failure, match="give a whole number from 1 to 65535"):
        ports.port_number(text)
