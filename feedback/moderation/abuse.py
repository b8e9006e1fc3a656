"""Detection of abuse: suspicious suggestions go to quarantine for staff to check.

Signs are scored, so that a single weak one does not delay an honest suggestion. A whole college may
share one address, so limits of a network slow down instead of refusing: beyond a limit the sender
must be known for ten minutes, beyond twice the limit for twenty, and so on, doubling each time.
A flood comes from new senders or gets few through; those who came earlier do not notice.
"""

import datetime
import math
import re

from django.core import signing
from django.utils import timezone

from college_site.russian.folding import fold, fold_case
from feedback.models import RateLimitCounter
from feedback.models.rate_limits import Scope, end_of_span

MAX_SUBMISSIONS = 60  # an hour, from one network
MAX_REPEATS = 3  # of one text a day: classmates may send the same text
MAX_UPLOADS = 300  # files an hour, from one network
MAX_VOTES = 100  # an hour, from one network
FIRST_WAIT = datetime.timedelta(minutes=10)
MOST_DOUBLINGS = 20
FASTEST = datetime.timedelta(seconds=4)  # to open the form and send it, too few for a person
SCORE_OF_SUSPICION = 2
LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
OPENED_SALT = "feedback.opened"


def sign_opening_time():
    """The current time, signed, for a hidden field of the form."""
    return signing.dumps(int(timezone.now().timestamp()), salt=OPENED_SALT)


def time_since_opening(opened):
    """The timedelta since sign_opening_time(); None if the signature is wrong."""
    try:
        moment = signing.loads(opened, salt=OPENED_SALT)
    except signing.BadSignature:
        return None
    return datetime.timedelta(seconds=timezone.now().timestamp() - moment)


def screen_submission(text, honeypot, opened, network):
    """Count a submission; returns the reasons to quarantine it, for staff, or "".

    Call it once per submission, within its transaction. `opened` is the form's signed time.
    """
    counts = RateLimitCounter.add_each({Scope.SUBMISSIONS: network, Scope.TEXT: letters_of(text)})
    submissions, repeats = counts[Scope.SUBMISSIONS], counts[Scope.TEXT]
    signs = [
        (score, reason)
        for score, reason in score_signs(text, honeypot, opened, submissions, repeats)
        if score
    ]
    if sum(score for score, _ in signs) < SCORE_OF_SUSPICION:
        return ""
    return "; ".join(reason for _, reason in signs)


def score_signs(text, honeypot, opened, submissions, repeats):
    """Yield pairs of a score, 0 if the sign is absent, and a description of the sign."""
    age = time_since_opening(opened)
    is_flood = required_age(submissions - 1, MAX_SUBMISSIONS) > (age or datetime.timedelta())
    links = len(LINK.findall(fold(text)))
    yield 2 * bool(honeypot), "заполнено поле, которого человек не видит"
    yield int(age is None), "у формы нет отметки, когда её открыли"
    yield 2 * (age is not None and age < FASTEST), "отправлено быстрее, чем пишут люди"
    yield min(links, 2), f"ссылок в тексте: {links}"
    yield 2 * (repeats > MAX_REPEATS), f"тот же текст за день пришёл раз: {repeats}"
    yield 2 * is_flood, "из одной сети пришло слишком много предложений"


def letters_of(text):
    """The text without letter case, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", fold_case(text))


def required_age(used, limit):
    """How long a sender must be known (a timedelta) where `used` exceeds the limit of a network."""
    exceeded = used // limit
    return FIRST_WAIT * 2 ** min(exceeded - 1, MOST_DOUBLINGS) if exceeded else datetime.timedelta()


def consume_upload_quota(network, age, count):
    """Count files of a sender known for `age`; returns the minutes to wait before, usually 0."""
    return consume_quota(Scope.UPLOADS, MAX_UPLOADS, network, age, count)


def consume_vote_quota(network, age):
    """Count a vote of a browser known for `age`; returns the minutes to wait before, usually 0."""
    return consume_quota(Scope.VOTES, MAX_VOTES, network, age)


def consume_quota(scope, limit, network, age, count=1):
    """Count what is accepted only, so that refused attempts make nobody else wait."""
    used = RateLimitCounter.current(scope, network)
    wait = min(required_age(used, limit) - age, end_of_span(scope) - timezone.now())
    if wait > datetime.timedelta():
        return math.ceil(wait.total_seconds() / 60)
    RateLimitCounter.add(scope, network, count)
    return 0
