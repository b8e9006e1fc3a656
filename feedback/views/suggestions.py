"""Submitting a suggestion: the form, the page to check it, hints."""

from django.db import transaction
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from college_site.http.client_address import client_network
from college_site.http.request_state import view_options
from feedback.forms.files import BODY_LIMIT
from feedback.forms.suggestion import SuggestionForm
from feedback.models import Suggestion, SuggestionTopic
from feedback.moderation.hints import find_hints
from feedback.uploader import read_uploader, with_uploader
from feedback.views.form_recovery import with_form_recovery
from feedback.views.receipts import redirect_to_receipt


def render_form_page(request, form, problem=None):
    context = {"form": form, "problem": problem, "lost_files": problem and request.FILES}
    return render(request, "feedback/suggestion_form.html", context)


def read_topic(request):
    """The topic that the address names, as a poster's code does; {} if it is not offered."""
    key = request.GET.get("topic", "")[:9]
    offered = SuggestionTopic.objects.filter(is_active=True)
    is_offered = key.isascii() and key.isdigit() and offered.filter(pk=key).exists()
    return {"topic": key} if is_offered else {}


def restore_form_page(request, problem, entries):
    """The form with the entries that were not submitted because of `problem`."""
    form = SuggestionForm(entries or None, uploader=read_uploader(request))
    form.discard_errors()
    return render_form_page(request, form, problem)


@view_options(body_limit=BODY_LIMIT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_form_recovery(restore_form_page)
@with_uploader
def suggestion_form(request, uploader):
    """The form (GET); the `step` of its buttons (POST) is check, edit or send."""
    if request.method != "POST":
        return render_form_page(request, SuggestionForm(initial=read_topic(request)))
    sender = {"network": client_network(request), "uploader": uploader}
    form = SuggestionForm(request.POST, request.FILES, **sender)
    step = request.POST.get("step", "check")
    if step == "edit":
        form.discard_errors()
        return render_form_page(request, form)
    if not form.is_valid():
        return render_form_page(request, form)
    if step == "send":
        with transaction.atomic():  # one commit; the register's lock comes last
            response = redirect_to_receipt(request, form.receipt_key)
            form.submit()
        return response
    if not form.is_registered():
        context = {"form": form, "hints": find_hints(form.cleaned_data["text"])}
        return render(request, "feedback/suggestion_check.html", context)
    return redirect_to_receipt(request, form.receipt_key)


@never_cache
@require_POST
def suggestion_hints(request):
    """Hints for the current text, as an HTML fragment for the form's page."""
    text = request.POST.get("text", "")[: Suggestion.TEXT_LENGTH]
    return render(request, "feedback/_hints.html", {"hints": find_hints(text)})
