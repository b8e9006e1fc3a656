"""How the college answers, in figures."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from feedback.figures import current_figures
from feedback.freshness import revalidated


@require_safe
@revalidated
def figures(request):
    return render(request, "feedback/figures.html", {"figures": current_figures()})
