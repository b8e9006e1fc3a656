"""The receipt of a suggestion."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from feedback.models import Suggestion
from feedback.receipts import receipt_code, submission_hash
from feedback.responses import private

RECEIPT_COOKIE = f"{settings.COOKIE_PREFIX}receipt"
RECEIPT_SECONDS = 30 * 60


def show_receipt(key):
    """A redirect to the receipt of the suggestion that was submitted with `key`."""
    response = redirect("feedback:receipt")
    response.status_code = 303
    response.set_signed_cookie(
        RECEIPT_COOKIE,
        str(key),
        max_age=RECEIPT_SECONDS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
    return response


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
