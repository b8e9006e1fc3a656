"""The receipt of a suggestion: its page, its files, the QR code of the status page."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from college_site.http.responses import make_private, see_other
from feedback.author_session import author_suggestion
from feedback.browser_sessions import BrowserSession
from feedback.models import Suggestion
from feedback.receipts.codes import receipt_code
from feedback.receipts.qr_codes import draw_code
from feedback.receipts.signatures import sign_receipt

receipt_session = BrowserSession(f"{settings.COOKIE_PREFIX}receipt")


def redirect_to_receipt(request, key):
    """Redirect to the receipt of the suggestion that was submitted with `key`."""
    response = see_other("feedback:receipt")
    receipt_session.start(request, response, key)
    return response


@never_cache
@require_safe
def receipt(request):
    """Number, code and what happens next, for the browser with the receipt cookie."""
    context = receipt_context(request)
    if context is None:
        return redirect("feedback:suggestion_status")
    return make_private(render(request, "feedback/receipt.html", context), holds_form=True)


@never_cache
@require_safe
def receipt_file(request, number):
    """The signed receipt as a text file, after the submission or within an author's session.

    It serves as proof for others, so it does not contain the code that opens the suggestion.
    """
    accessible = (find_sent_suggestion(read_receipt_key(request)), author_suggestion(request))
    suggestion = next((each for each in accessible if each and each.number == number), None)
    if suggestion is None or suggestion.erased_at:
        raise Http404
    context = {
        "suggestion": suggestion,
        "receipt": sign_receipt(suggestion),
        "status_url": status_url(request),
        "verification_url": request.build_absolute_uri(reverse("feedback:receipt_verification")),
    }
    return text_file_response(request, "receipt_file", context, f"predlozhenie-{number}")


@never_cache
@require_safe
def receipt_code_file(request):
    """Number and code as a text file, for phones that cannot print or copy them."""
    context = receipt_context(request)
    if context is None:
        raise Http404
    name = f"predlozhenie-{context['suggestion'].number}-kod"
    return text_file_response(request, "receipt_code_file", context, name)


def text_file_response(request, page, context, name):
    """A private text file to download."""
    content_type = "text/plain; charset=utf-8"
    response = render(request, f"feedback/{page}.txt", context, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.txt"'
    return make_private(response)


@cache_control(public=True, max_age=3600)
@require_safe
def status_qr_file(request):
    """The URL of «Моё предложение» as a QR code (SVG), without number and code."""
    return HttpResponse(draw_code(status_url(request)), content_type="image/svg+xml")


def status_url(request):
    return request.build_absolute_uri(reverse("feedback:suggestion_status"))


def receipt_context(request):
    """Suggestion and code for the browser that submitted it within the last half hour, or None."""
    key = read_receipt_key(request)
    suggestion = find_sent_suggestion(key)
    if suggestion is None:
        return None
    return {
        "suggestion": suggestion,
        "code": receipt_code(key),
        "status_url": status_url(request),
    }


def find_sent_suggestion(key):
    """The suggestion that was submitted with a key, or None; also for None."""
    return Suggestion.objects.with_submission_key(key).first() if key else None


def read_receipt_key(request):
    """The submission key of this browser's last suggestion, or None.

    The database does not store it, so it travels in the cookie.
    """
    key = receipt_session.read(request)
    return UUID(key) if key else None
