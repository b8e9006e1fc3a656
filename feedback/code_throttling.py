"""Throttling of wrong codes, counted per network and per number.

A code of 140 bits cannot be guessed; the counts limit the load and show attempts to staff. After
ten wrong codes in a quarter of an hour, a network has to wait until it ends. A whole college may
share a network, so a right code is still accepted, unless its number got ten wrong codes as well.
"""

import datetime
import math
import re

from django.utils import timezone
from django.utils.crypto import salted_hmac

from college_site.http.client_address import client_network
from feedback.models import RateLimitCounter
from feedback.models.rate_limits import start_of_span

SPAN = datetime.timedelta(minutes=15)
MAX_WRONG_CODES = 10
NO_NUMBER = "не номер"


def network_key(request):
    """A hash of the visitor's IPv4 address or IPv6 /64 network."""
    network = client_network(request)
    return salted_hmac("feedback.network", network, algorithm="sha256").hexdigest()


def number_key(number):
    return number if re.fullmatch("[0-9]{4}-[0-9]{1,6}", number) else NO_NUMBER


def count_wrong_code(network, number):
    """Count a wrong code; returns whether the network is over the limit now."""
    RateLimitCounter.add(RateLimitCounter.Scope.NUMBER, number_key(number), SPAN)
    return RateLimitCounter.add(RateLimitCounter.Scope.WRONG_CODES, network, SPAN) > MAX_WRONG_CODES


def is_blocked(network, number):
    """Whether even a right code is refused: network and number are both over the limit."""
    return RateLimitCounter.objects.all_exceed(
        MAX_WRONG_CODES,
        SPAN,
        {
            RateLimitCounter.Scope.WRONG_CODES: network,
            RateLimitCounter.Scope.NUMBER: number_key(number),
        },
    )


def minutes_to_wait():
    """Minutes until the counts restart, rounded up."""
    remaining = start_of_span(SPAN) + SPAN - timezone.now()
    return max(1, math.ceil(remaining.total_seconds() / 60))
