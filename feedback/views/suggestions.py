"""Writing a suggestion."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from feedback.deadlines import ANSWER_DAYS
from feedback.forms.suggestion import SuggestionForm
from feedback.views.receipts import show_receipt


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_form(request):
    """The form; a valid one is registered and answered with 303 to the receipt."""
    form = SuggestionForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return form_page(request, form)
    form.submit()
    return show_receipt(form.receipt_key)


def form_page(request, form, *, expired=False):
    context = {"form": form, "answer_days": ANSWER_DAYS, "expired": expired}
    status = 403 if expired else 200
    return render(request, "feedback/suggestion_form.html", context, status=status)


@never_cache
def expired_form(request):
    """The form with the text still in it, when it was open longer than its token lives."""
    return form_page(request, SuggestionForm(request.POST), expired=True)


suggestion_form.on_csrf_failure = expired_form
