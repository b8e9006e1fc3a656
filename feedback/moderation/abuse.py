"""Detection of abuse: suspicious suggestions go to quarantine for staff to check.

Signs are scored, so that a single weak one does not delay an honest suggestion. A whole college may
share one address, so the limits are high, and exceeding them leads to quarantine, not to a refusal.
"""

import re

from django.core import signing
from django.utils import timezone

from feedback.models import RateLimitCounter
from feedback.models.rate_limits import Scope

MAX_SUBMISSIONS = 60  # an hour, from one network
MAX_REPEATS = 3  # of one text a day: classmates may send the same text
MAX_UPLOADS = 300  # files an hour, from one network
MAX_VOTES = 1000  # a day, from one network, which may be that of a whole college
FASTEST = 4  # seconds from opening the form to its submission, too few for a person
SCORE_OF_SUSPICION = 2
LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
OPENED_SALT = "feedback.opened"


def sign_opening_time():
    """The current time, signed, for a hidden field of the form."""
    return signing.dumps(int(timezone.now().timestamp()), salt=OPENED_SALT)


def seconds_since_opening(opened):
    """Seconds since the time that sign_opening_time() signed; None if the signature is wrong."""
    try:
        moment = signing.loads(opened, salt=OPENED_SALT)
    except signing.BadSignature:
        return None
    return timezone.now().timestamp() - moment


def screen_submission(text, honeypot, opened, network):
    """Count a submission; returns the reasons to quarantine it, for staff, or "".

    Call it once per submission, within its transaction. `opened` is the form's signed time.
    """
    submissions = RateLimitCounter.add(Scope.SUBMISSIONS, network)
    repeats = RateLimitCounter.add(Scope.TEXT, letters_of(text))
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
    seconds = seconds_since_opening(opened)
    links = len(LINK.findall(text))
    yield 2 * bool(honeypot), "заполнено поле, которого человек не видит"
    yield int(seconds is None), "у формы нет отметки, когда её открыли"
    yield 2 * (seconds is not None and seconds < FASTEST), "отправлено быстрее, чем пишут люди"
    yield min(links, 2), f"ссылок в тексте: {links}"
    yield 2 * (repeats > MAX_REPEATS), f"тот же текст за день пришёл раз: {repeats}"
    yield 2 * (submissions > MAX_SUBMISSIONS), f"с одного адреса за час пришло: {submissions}"


def letters_of(text):
    """The text without letter case, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", text.lower().replace("ё", "е"))


def consume_upload_quota(network, count):
    """Count files from a network; returns whether they are within the limit."""
    return RateLimitCounter.add(Scope.UPLOADS, network, count) <= MAX_UPLOADS


def consume_vote_quota(network):
    """Count a vote from a network; returns whether it is within the limit."""
    return RateLimitCounter.add(Scope.VOTES, network) <= MAX_VOTES
