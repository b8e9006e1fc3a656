"""The page of statistics."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from feedback.conditional_pages import conditional_page
from feedback.statistics.calculation import calculate_statistics
from feedback.statistics.charts import build_charts


@require_safe
@conditional_page
def statistics(request):
    result = calculate_statistics()
    context = {
        "statistics": result,
        "month_charts": build_charts(result.months),
        "topic_charts": build_charts(result.topics),
    }
    return render(request, "feedback/statistics.html", context)
