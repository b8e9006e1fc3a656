"""The start page of «Решаем вместе»."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from college_site.http.conditional_get import conditional_page
from feedback.deadlines import ANSWER_DAYS


@require_safe
@conditional_page
def feedback_home(request):
    """What becomes of a suggestion, and the fork: a suggestion here, a formal appeal elsewhere."""
    return render(request, "feedback/feedback_home.html", {"answer_days": ANSWER_DAYS})
