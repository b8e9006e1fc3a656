"""A local mail server for the tests of emails."""

import socket
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller


class Mailbox:
    """A handler for aiosmtpd with configurable replies to a recipient and to an email."""

    def __init__(self):
        self.emails = []
        self.to_recipient = "250 OK"
        self.after_data = "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server, session, envelope):
        self.emails.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.after_data == "drop":
            server.transport.abort()
        return self.after_data


@pytest.fixture
def mailbox(settings):
    """A local mail server, used by the settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 2
    settings.SITE_URL = "https://college.example"
    yield mailbox
    controller.stop()
