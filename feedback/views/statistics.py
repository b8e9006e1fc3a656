"""How the college answers, in figures."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from feedback.conditional_pages import conditional_page
from feedback.statistics.calculation import current_figures
from feedback.statistics.charts import charts


@require_safe
@conditional_page
def figures(request):
    figures = current_figures()
    context = {
        "figures": figures,
        "month_charts": charts(figures.months),
        "topic_charts": charts(figures.topics),
    }
    return render(request, "feedback/figures.html", context)
