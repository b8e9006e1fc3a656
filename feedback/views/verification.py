"""The page that verifies a signed receipt, without queries of suggestions."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from college_site.http.same_origin import require_same_origin
from feedback.forms.verification import VerificationForm
from feedback.receipts.signatures import public_pem


@csrf_exempt  # it changes nothing, and without a token the page never expires
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_verification(request):
    """The form and, after POST, the verdict; nothing is stored."""
    if request.method == "POST":
        require_same_origin(request)
    form = VerificationForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "public_key": public_pem()}
    if form.is_valid():
        context["verdict"] = form.verdict()
    return render(request, "feedback/receipt_verification.html", context)
