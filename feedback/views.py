"""Pages of «Решаем вместе»: the form, the receipt, the answer."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from college_site.freshness import revalidated
from feedback.deadlines import ANSWER_DAYS
from feedback.forms import StatusForm, SuggestionForm
from feedback.models import Consent, Suggestion
from feedback.receipts import receipt_code, submission_hash

RECEIPT_COOKIE = f"{settings.COOKIE_PREFIX}receipt"
RECEIPT_SECONDS = 30 * 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_form(request):
    """The form; a valid one is registered and answered with 303 to the receipt."""
    form = SuggestionForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return form_page(request, form)
    form.submit()
    response = redirect("feedback:receipt")
    response.status_code = 303
    response.set_signed_cookie(
        RECEIPT_COOKIE,
        str(form.receipt_key),
        max_age=RECEIPT_SECONDS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
    return response


def form_page(request, form, *, expired=False):
    context = {"form": form, "answer_days": ANSWER_DAYS, "expired": expired}
    status = 403 if expired else 200
    return render(request, "feedback/suggestion_form.html", context, status=status)


@never_cache
def expired_form(request):
    """The form with the text still in it, when it was open longer than its token lives."""
    return form_page(request, SuggestionForm(request.POST), expired=True)


suggestion_form.on_csrf_failure = expired_form


@never_cache
@require_safe
def receipt(request):
    """Number, code and what happens next; the key to it lies in the sender's own cookie."""
    key = receipt_key(request)
    suggestion = key and Suggestion.objects.filter(submission_hash=submission_hash(key)).first()
    if not suggestion:
        return redirect("feedback:suggestion_status")
    context = {"suggestion": suggestion, "code": receipt_code(key)}
    return private(render(request, "feedback/receipt.html", context))


def receipt_key(request):
    """The submission key of this browser's last suggestion, or None."""
    try:
        return UUID(request.get_signed_cookie(RECEIPT_COOKIE, max_age=RECEIPT_SECONDS))
    except (KeyError, ValueError, signing.BadSignature):
        return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_status(request):
    """State and answer of a suggestion, for whoever has its receipt."""
    form = StatusForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        context = {"suggestion": form.suggestion}
        return private(render(request, "feedback/suggestion_detail.html", context))
    return render(request, "feedback/suggestion_status.html", {"form": form})


def private(response):
    """A page for one person: never stored, never indexed, its address never passed on."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@revalidated
def consent_detail(request, version):
    consent = get_object_or_404(Consent, version=version)
    return render(request, "feedback/consent_detail.html", {"consent": consent})
