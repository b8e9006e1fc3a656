"""The network address of a visitor, also behind our own proxies."""

import ipaddress

from django.conf import settings


def client_address(request):
    """The visitor's IP address as text, or "" when the server tells none (a Unix socket).

    X-Forwarded-For is believed only as far as settings.TRUSTED_PROXIES says: each of our own
    proxies appends one address on the right, everything further left the visitor may have made up.
    """
    trusted = settings.TRUSTED_PROXIES
    forwarded = [part for part in request.headers.get("X-Forwarded-For", "").split(",") if part]
    if 0 < trusted <= len(forwarded):
        return normalize_address(forwarded[-trusted])
    return normalize_address(request.META.get("REMOTE_ADDR", ""))


def client_network(request):
    """The visitor's IPv4 address, or the first one of the /64 that a line has to itself in IPv6."""
    address = client_address(request)
    if ":" in address:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return address


def normalize_address(text):
    """`text` as a normalised IP address without its zone, or "" when it is none."""
    try:
        return str(ipaddress.ip_address(text.strip().partition("%")[0]))
    except ValueError:
        return ""
