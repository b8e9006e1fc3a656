"""Throttling of wrong codes, counted per network.

A code of 140 bits cannot be guessed; the count limits the load and shows attempts to staff. After
ten wrong codes in a quarter of an hour, a network has to wait until it ends. A right code is always
accepted: others in the same network, or attempts at the same number, must not keep an author out.
"""

import math

from django.utils import timezone

from feedback.models import RateLimitCounter
from feedback.models.rate_limits import Scope, end_of_span

MAX_WRONG_CODES = 10


def count_wrong_code(network):
    """Count a wrong code; returns whether the network is over the limit now."""
    RateLimitCounter.add(Scope.GUESSES, "")
    return RateLimitCounter.add(Scope.WRONG_CODES, network) > MAX_WRONG_CODES


def minutes_to_wait():
    """Minutes until the count restarts, rounded up."""
    remaining = end_of_span(Scope.WRONG_CODES) - timezone.now()
    return max(1, math.ceil(remaining.total_seconds() / 60))
