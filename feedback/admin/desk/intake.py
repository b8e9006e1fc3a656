"""Suggestions from paper, telephone and meetings: entered by staff, with a receipt to print."""

from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse

from college_site.admin_site.model_admin import FORM, PortalModelAdmin
from college_site.http.request_state import request_state
from college_site.http.responses import make_private, see_other
from feedback.browser_sessions import BrowserSession
from feedback.forms.intake import IntakeForm
from feedback.models import Event, Suggestion
from feedback.models.workflow.access import may_act
from feedback.receipts.codes import receipt_code

# The code is not stored: it can be shown as long as this browser has the key of the form.
paper_receipt = BrowserSession(f"{settings.COOKIE_PREFIX}paper_receipt")


class IntakeAdmin(PortalModelAdmin):
    """For who sorts what comes in: the permission to assign."""

    def get_urls(self):
        enter = self.enter_suggestion
        own = [
            self.page_path("intake/", enter, "intake", FORM, keeps_entries=True),
            self.page_path("receipt/", self.show_receipt, "receipt", FORM),
        ]
        return [*own, *super().get_urls()]

    def has_intake_permission(self, request):
        return self.has_view_permission(request) and may_act(request.user, Event.Kind.ASSIGNED)

    def enter_suggestion(self, request):
        """The form; a valid one registers the suggestion and leads to its receipt."""
        if not self.has_intake_permission(request):
            raise PermissionDenied
        sender = {"uploader": f"staff:{request.user.pk}"}
        data = (request.POST, request.FILES) if request.method == "POST" else ()
        form = IntakeForm(*data, **sender)
        if data and not request_state(request).is_review and form.is_valid():
            suggestion = form.submit(request.user)
            self.log_addition(request, suggestion, suggestion.get_source_display())
            response = see_other("admin:feedback_suggestion_receipt")
            paper_receipt.start(request, response, form.receipt_key)
            return make_private(response)
        page = "admin/feedback/suggestion/intake.html"
        context = {**self.context_of(request, "Внести предложение"), "form": form}
        return make_private(render(request, page, context), holds_form=True)

    def show_receipt(self, request):
        """Number and code to print; POST ends it, then nobody can see the code again."""
        if not self.has_intake_permission(request):
            raise PermissionDenied
        key = paper_receipt.read(request)
        suggestion = key and Suggestion.objects.with_submission_key(UUID(key)).first()
        if not suggestion or request.method == "POST":
            response = redirect("admin:feedback_suggestion_changelist")
            paper_receipt.end(request, response)
            return make_private(response)
        context = {
            **self.context_of(request, f"Квитанция: предложение {suggestion}"),
            "suggestion": suggestion,
            "code": receipt_code(UUID(key)),
            "status_url": request.build_absolute_uri(reverse("feedback:suggestion_status")),
            "may_open": self.get_queryset(request).filter(pk=suggestion.pk).exists(),
        }
        page = "admin/feedback/suggestion/receipt.html"
        return make_private(render(request, page, context), holds_form=True)

    def context_of(self, request, title):
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "media": self.media,
        }
