"""The page of statistics."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from feedback.conditional_pages import conditional_page
from feedback.statistics.calculation import calculate_statistics
from feedback.statistics.promises import count_promises


@require_safe
@conditional_page
def statistics(request):
    """Received and answered suggestions by month and by topic, each on one scale from zero."""
    result = calculate_statistics()
    context = {
        "statistics": result,
        "promises": count_promises(result.since, timezone.localdate()),
        "longest_month": max((row.received for row in result.months), default=0),
        "longest_topic": max((row.received for row in result.topics), default=0),
    }
    return render(request, "feedback/statistics.html", context)
