"""«Моё предложение»: what the author of a suggestion sees of it."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from feedback.forms.status import StatusForm
from feedback.responses import private


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_status(request):
    """State and answer of a suggestion, for whoever has its receipt."""
    form = StatusForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        context = {"suggestion": form.suggestion}
        return private(render(request, "feedback/suggestion_detail.html", context))
    return render(request, "feedback/suggestion_status.html", {"form": form})
