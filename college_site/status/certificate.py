"""How long the certificate of the site's address is still valid."""

import socket
import ssl
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings
from django.utils import timezone

from college_site.status.facts import Fact
from college_site.templatetags.typography import plural

TIMEOUT = 2  # seconds: somebody waits for the page
FEWEST_DAYS = 14  # certbot renews thirty days before the end


def list_certificate_facts():
    """A Fact, or none without HTTPS or where the site cannot reach its own address."""
    address = urlsplit(settings.SITE_URL)
    if address.scheme != "https":
        return []
    try:
        end = read_end(address.hostname, address.port or 443)
    except (OSError, ValueError):
        return []
    days = (end - timezone.now()).days
    problem = ""
    if days < FEWEST_DAYS:
        problem = (
            "Скоро браузеры перестанут открывать сайт. Продлите сертификат: certbot renew, затем "
            "systemctl reload nginx."
        )
    return [Fact("Сертификат", f"ещё {plural(days, 'день,дня,дней')}", problem)]


def read_end(host, port):
    """When the certificate that the host shows ends; its signature is not checked."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with (
        socket.create_connection((host, port), timeout=TIMEOUT) as connection,
        context.wrap_socket(connection, server_hostname=host) as secured,
    ):
        found = secured.getpeercert(binary_form=True)
    return x509.load_der_x509_certificate(found).not_valid_after_utc
