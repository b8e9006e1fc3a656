"""How guessing codes is slowed down: counted per network and per number, and shown to staff.

A code of 140 bits is never guessed; the counts stop the noise and let staff see it. Ten wrong codes
in a quarter of an hour and a network waits for the rest of it. A whole college may share a network,
so a right code is still let in, unless its own number has seen ten wrong codes, too.
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
MOST = 10
NO_NUMBER = "не номер"


def network_key(request):
    """What stands for the visitor's network: a hash of the address, of the /64 in IPv6."""
    network = client_network(request)
    return salted_hmac("feedback.network", network, algorithm="sha256").hexdigest()


def number_key(number):
    return number if re.fullmatch("[0-9]{4}-[0-9]{1,6}", number) else NO_NUMBER


def note_wrong(network, number):
    """Count a wrong code; whether the network has to wait now."""
    RateLimitCounter.add(RateLimitCounter.Scope.NUMBER, number_key(number), SPAN)
    return RateLimitCounter.add(RateLimitCounter.Scope.GUESSES, network, SPAN) > MOST


def must_wait(network, number):
    """Whether even a right code is refused: its network and its number are both over the limit."""
    return RateLimitCounter.objects.are_over(
        MOST,
        SPAN,
        {
            RateLimitCounter.Scope.GUESSES: network,
            RateLimitCounter.Scope.NUMBER: number_key(number),
        },
    )


def minutes_to_wait():
    """Whole minutes until the counts begin anew, at least one."""
    left = start_of_span(SPAN) + SPAN - timezone.now()
    return max(1, math.ceil(left.total_seconds() / 60))
