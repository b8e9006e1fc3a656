"""What looks like abuse goes to quarantine, where staff look at it; nothing is thrown away.

Signs are scored, so that no single weak one delays an honest suggestion. Counts are kept in the
database and hold over processes. A whole college may share one address: its limits are those of
a college, and going over them leads to quarantine, too, not to a refusal.
"""

import datetime
import re

from django.core import signing
from django.utils import timezone
from django.utils.crypto import salted_hmac

from feedback.models import RateLimitCounter
from feedback.models.rate_limits import start_of_span

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
KEEP_FOR = datetime.timedelta(days=30)
MOST_SUBMISSIONS = 60  # an hour, from one network
MOST_REPEATS = 3  # of one text a day: a class may well agree on its words
MOST_UPLOADS = 300  # files an hour, from one network
MAX_VOTES = 1000  # a day, from one network: a college may well be of one mind
FASTEST = 4  # seconds in which nobody reads the form, writes, and reads the page of the check
SCORE_OF_SUSPICION = 2
LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
OPENED_SALT = "feedback.opened"


def sign_opening_time():
    """A signed moment for the form to carry: when it was opened."""
    return signing.dumps(int(timezone.now().timestamp()), salt=OPENED_SALT)


def seconds_since_opening(opened):
    """Seconds since the form with this signed moment was opened; None where it is not signed."""
    try:
        moment = signing.loads(opened, salt=OPENED_SALT)
    except signing.BadSignature:
        return None
    return timezone.now().timestamp() - moment


def screen_submission(text, trap, opened, network):
    """Why a suggestion should be looked at first, in words for staff; "" where it need not.

    Counts the submission: to be called once for each, within its transaction. `trap` is what
    was written into the field that people do not see, `opened` the form's signed moment.
    """
    signs = [(score, reason) for score, reason in score_signs(text, trap, opened, network) if score]
    if sum(score for score, _ in signs) < SCORE_OF_SUSPICION:
        return ""
    return "; ".join(reason for _, reason in signs)


def score_signs(text, trap, opened, network):
    """Pairs of a score, 0 where the sign is missing, and what the sign is."""
    seconds = seconds_since_opening(opened)
    links = len(LINK.findall(text))
    submissions = RateLimitCounter.add(RateLimitCounter.Scope.SUBMISSIONS, network, HOUR)
    repeats = RateLimitCounter.add(RateLimitCounter.Scope.TEXT, text_key(text), DAY)
    yield 2 * bool(trap), "заполнено поле, которого человек не видит"
    yield int(seconds is None), "у формы нет отметки, когда её открыли"
    yield 2 * (seconds is not None and seconds < FASTEST), "отправлено быстрее, чем пишут люди"
    yield min(links, 2), f"ссылок в тексте: {links}"
    yield 2 * (repeats > MOST_REPEATS), f"тот же текст за день пришёл раз: {repeats}"
    yield 2 * (submissions > MOST_SUBMISSIONS), f"с одного адреса за час пришло: {submissions}"


def text_key(text):
    """What stands for a text, however its letters, spaces and marks were varied."""
    letters = re.sub(r"[\W_]+", "", text.lower().replace("ё", "е"))
    return salted_hmac("feedback.text", letters, algorithm="sha256").hexdigest()


def consume_upload_quota(network, count):
    """Count files from a network; whether they may still be looked at."""
    return (
        RateLimitCounter.add(RateLimitCounter.Scope.UPLOADS, network, HOUR, count) <= MOST_UPLOADS
    )


def consume_vote_quota(network):
    """Count a «поддерживаю» from a network; whether it still counts for the answer, too."""
    return RateLimitCounter.add(RateLimitCounter.Scope.VOTES, network, DAY) <= MAX_VOTES


def prune_counters():
    """Delete counts that no limit asks for any more; whether there were some."""
    old = RateLimitCounter.objects.filter(starts_at__lt=start_of_span(DAY) - KEEP_FOR)
    deleted, _ = old.filter(pk__in=old.values("pk")[:1000]).delete()
    return deleted > 0
