"""A real mail server on this machine, that says what it was given."""

import socket

import pytest
from aiosmtpd.controller import Controller


class Keeper:
    """Takes letters, or answers as it was told."""

    def __init__(self):
        self.letters = []
        self.at_recipient = "250 OK"
        self.at_data = "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  # as aiosmtpd calls it
        if self.at_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.at_recipient

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  # as aiosmtpd calls it
        if self.at_data.startswith("250"):
            self.letters.append(envelope)
        return self.at_data


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@pytest.fixture
def mail_server(settings):
    """The server, and settings that lead to it."""
    keeper = Keeper()
    controller = Controller(keeper, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "decapolis@example.org"
    yield keeper
    controller.stop()
