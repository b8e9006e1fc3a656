"""The days of the certificate, read from the address of the site."""

import datetime
import socket
import ssl
import threading
from contextlib import contextmanager

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from college_site.status.certificate import list_certificate_facts

DAY = datetime.timedelta(days=1)


def make_certificate(path, days):
    """A self-signed certificate, with its key, that ends after so many days."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "college.example")])
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    builder = builder.public_key(key.public_key()).serial_number(1)
    builder = builder.not_valid_before(now - 90 * DAY).not_valid_after(now + days * DAY + DAY / 2)
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(secret + builder.sign(key, SHA256()).public_bytes(pem))


@contextmanager
def serve(path):
    """The port of a server with the certificate, for one connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            connection, _ = server.accept()
            with connection, context.wrap_socket(connection, server_side=True) as secured:
                secured.recv(1)

        thread = threading.Thread(target=answer)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


@pytest.mark.parametrize(
    ("days", "found", "is_wrong"),
    [(90, "ещё 90\xa0дней", False), (13, "ещё 13\xa0дней", True), (1, "ещё 1\xa0день", True)],
)
def test_the_days_that_are_left_are_told(days, found, is_wrong, settings, tmp_path, monkeypatch):
    monkeypatch.setattr("college_site.status.certificate.TIMEOUT", 60)
    make_certificate(tmp_path / "both.pem", days)
    with serve(tmp_path / "both.pem") as port:
        settings.SITE_URL = f"https://127.0.0.1:{port}"
        [fact] = list_certificate_facts()
    assert (fact.found, bool(fact.problem)) == (found, is_wrong)


def test_without_https_or_an_answer_nothing_is_told(settings):
    settings.SITE_URL = "http://127.0.0.1"
    assert list_certificate_facts() == []
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.SITE_URL = f"https://127.0.0.1:{unused.getsockname()[1]}"
        assert list_certificate_facts() == []
