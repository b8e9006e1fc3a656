"""Writing a suggestion: the form, the page that shows it once more, the sending."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from college_site.http.request_state import view_options
from feedback.code_throttling import network_key
from feedback.forms.files import BODY_LIMIT
from feedback.forms.suggestion import SuggestionForm
from feedback.models import Suggestion
from feedback.moderation.hints import hints
from feedback.views.form_recovery import keeping_text
from feedback.views.receipts import show_receipt


def form_page(request, form, problem=None):
    context = {"form": form, "problem": problem, "lost_files": problem and request.FILES}
    return render(request, "feedback/suggestion_form.html", context)


def form_again(request, problem):
    """The form with everything that was written and was not sent because of `problem`."""
    return form_page(request, SuggestionForm(request.POST).unjudged(), problem)


@view_options(body_limit=BODY_LIMIT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeping_text(form_again)
def suggestion_form(request):
    """The form (GET); what its buttons do (POST) is their `step`: check, edit or send."""
    if request.method != "POST":
        return form_page(request, SuggestionForm())
    form = SuggestionForm(request.POST, request.FILES)
    form.network = network_key(request)
    step = request.POST.get("step", "check")
    if step == "edit":
        return form_page(request, form.unjudged())
    if not form.is_valid():
        return form_page(request, form)
    if step == "send":
        form.submit()
    elif not form.was_sent():
        context = {"form": form, "hints": hints(form.cleaned_data["text"])}
        return render(request, "feedback/suggestion_check.html", context)
    return show_receipt(form.receipt_key)


@never_cache
@require_POST
def suggestion_hints(request):
    """What may help while the text is being written, as a piece of the form's page."""
    text = request.POST.get("text", "")[: Suggestion.TEXT_LENGTH]
    return render(request, "feedback/_hints.html", {"hints": hints(text)})
