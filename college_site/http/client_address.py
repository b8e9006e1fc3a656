"""The IP address of a visitor, also behind trusted proxies."""

import ipaddress

from django.conf import settings


def client_address(request):
    """The visitor's IP address as text, or "" if it is unknown (a Unix socket).

    Each trusted proxy appends one address to X-Forwarded-For, so with settings.TRUSTED_PROXIES = 2
    the second address from the right is used; a visitor can forge those further left.
    """
    trusted = settings.TRUSTED_PROXIES
    forwarded = [part for part in request.headers.get("X-Forwarded-For", "").split(",") if part]
    if 0 < trusted <= len(forwarded):
        return normalize_address(forwarded[-trusted])
    return normalize_address(request.META.get("REMOTE_ADDR", ""))


def client_network(request):
    """The visitor's IPv4 address, or the first address of the /64 network in IPv6."""
    address = client_address(request)
    if ":" in address:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return address


def normalize_address(text):
    """`text` as a normalised IP address without its zone, or "" if it is invalid."""
    try:
        return str(ipaddress.ip_address(text.strip().partition("%")[0]))
    except ValueError:
        return ""
