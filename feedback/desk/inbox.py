"""The list of suggestions at the desk: its tabs, its words, its length."""

import re
from urllib.parse import parse_qsl, urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum, Value
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.functional import cached_property

from college_site.russian.folding import fold
from college_site.russian.words import split_words
from college_site.templatetags.typography import plural
from feedback.code_throttling import MAX_WRONG_CODES
from feedback.models import Mail, Publication, RateLimitCounter, Suggestion
from feedback.models.rate_limits import Scope, end_of_span
from feedback.models.workflow.states import Status

MOST = 1000  # rows that are counted and can be paged through
LATEST_ANSWERS = 300
MAX_WORDS = 8
YEARS = 15  # whose numbers are looked through for a number without its year
RESTRICTED = "Закрытая очередь: откройте, чтобы прочитать"
CLOSED_WORDS = {Status.ANSWERED: "ответ дан", Status.DECLINED: "отклонено"}


class BoundedPaginator(Paginator):
    """Counts no further than MOST: what lies behind is found by search and filters."""

    @cached_property
    def found(self):
        return self.object_list.order_by().values("pk")[: MOST + 1].count()

    @property
    def count(self):
        return min(self.found, MOST)

    @property
    def has_more(self):
        return self.found > MOST


def search(suggestions, text):
    """The suggestions with this number, or with all the words of the text in some form."""
    text = fold(text).strip()
    if re.fullmatch("[0-9]{4}-[0-9]{1,6}", text):
        return suggestions.with_number(text)
    words = split_words(text)[:MAX_WORDS]
    if not words:
        return suggestions.none()
    found = suggestions.with_words(words)
    if re.fullmatch("[0-9]{1,6}", text):
        year = timezone.localdate().year
        numbers = Q(year__in=range(year - YEARS, year + 1), sequence=int(text))
        found |= suggestions.filter(numbers)
    return found


def list_excerpt(suggestion, length=90):
    """Reading a restricted suggestion is recorded, so its words stand on its page only."""
    if suggestion.is_restricted:
        return RESTRICTED
    text = " ".join(suggestion.text.split())
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def tell_term(suggestion):
    """What is due and when, in words: «просрочено на 3 дня», «сегодня», «через 5 дней»."""
    if suggestion.status in CLOSED_WORDS:
        return f"{CLOSED_WORDS[suggestion.status]} {tell_day(suggestion.answered_at)}"
    if suggestion.status == Status.WITHDRAWN:
        return "отозвано автором"
    if suggestion.status == Status.MERGED:
        return "ждёт ответа на похожее"
    if suggestion.status == Status.WAITING:
        return f"ждёт автора с {tell_day(suggestion.paused_on)}"
    days = (suggestion.due_on - timezone.localdate()).days
    if days < 0:
        return f"просрочено на {plural(-days, 'день,дня,дней')}"
    return {0: "сегодня", 1: "завтра"}.get(days) or f"через {plural(days, 'день,дня,дней')}"


def tell_day(day):
    """«3 марта», with the year unless it is this one."""
    local = timezone.localtime(day) if hasattr(day, "hour") else day
    is_this_year = local.year == timezone.localdate().year
    return format_date(local, "j E" if is_this_year else "j E Y")


def list_marks(suggestion):
    """Short marks of a row; `has_files` is an annotation of the list."""
    marks = {
        "новое": suggestion.status == Status.RECEIVED,
        "на проверке": suggestion.status == Status.QUARANTINE,
        "файлы": suggestion.has_files,
        "срок продлён": suggestion.is_extended,
        "возобновлено": suggestion.is_reopened,
        "закрытая очередь": suggestion.is_restricted,
        f"оценка: {suggestion.get_rating_display()}": suggestion.rating,
    }
    return [mark for mark, is_set in marks.items() if is_set]


def normalize_query(query, allowed):
    """The allowed parameters of an address in one order; pairs or the text after «?»."""
    pairs = parse_qsl(query) if isinstance(query, str) else query
    return urlencode(sorted((name, value) for name, value in pairs if name in allowed and value))


def count_notices(user, visible):
    """{"lacking", "failing", "wrong_codes", "promises"}: numbers above the list, in one query.

    Public answers that lack the answer are looked for among the latest answers.
    """
    answered = Suggestion.objects.filter(answered_at__isnull=False).order_by("-answered_at")
    latest = answered.values("pk")[:LATEST_ANSWERS]
    lacking = Publication.objects.visible_to(user).lacking_answer().filter(suggestion__in=latest)
    failing = Mail.objects.visible_to(user).failing()
    wrong = RateLimitCounter.objects.filter(scope=Scope.GUESSES, ends_at=end_of_span(Scope.GUESSES))
    parts = [
        rows.order_by().values_list(Value(name)).annotate(number=number)
        for name, rows, number in (
            ("lacking", lacking, Count("pk")),
            ("failing", failing, Count("pk")),
            ("promises", visible.in_desk_state("promises"), Count("pk")),
            ("wrong_codes", wrong, Sum("count")),
        )
    ]
    found = {name: number or 0 for name, number in parts[0].union(*parts[1:], all=True)}
    wrong_codes = found.get("wrong_codes", 0)
    return found | {"wrong_codes": wrong_codes if wrong_codes > MAX_WRONG_CODES else 0}


def list_first_due(user, number):
    """The open suggestions that the user sees, most urgent first, with their topics."""
    visible = Suggestion.objects.visible_to(user).open()
    return visible.exclude(status=Status.WAITING).by_urgency().select_related("topic")[:number]
