"""The start page of «Решаем вместе»."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from college_site.http.conditional_get import conditional_page
from feedback.deadlines import ANSWER_DAYS


@require_safe
@conditional_page
def feedback_home(request):
    """How suggestions are handled, and where formal appeals belong instead."""
    return render(request, "feedback/feedback_home.html", {"answer_days": ANSWER_DAYS})
