"""The page of a consent."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from feedback.conditional_pages import conditional_page
from feedback.models import Consent


@require_safe
@conditional_page
def consent_detail(request, version):
    consent = get_object_or_404(Consent, version=version)
    return render(request, "feedback/consent_detail.html", {"consent": consent})
