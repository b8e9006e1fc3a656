"""The letters to staff and the state of their delivery; which of them a person wants."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from college_site.accounts.staff_permissions import may_view
from college_site.admin_site.model_admin import PortalModelAdmin
from feedback.admin.letters.mails import DeliveryFilter
from feedback.models import LetterChoice, StaffMail, Suggestion


class LetterChoiceForm(forms.ModelForm):
    class Meta:
        model = LetterChoice
        fields = ["reminders", "digest", "weekly"]


@admin.register(StaffMail)
class StaffMailAdmin(PortalModelAdmin):
    """Read-only, without the text: staff who may read it have the suggestion itself."""

    list_display = ["subject", "recipient", "state", "attempts", "last_error", "created_at"]
    list_filter = [DeliveryFilter, "kind"]
    list_select_related = ["recipient"]
    list_per_page = 50
    fields = readonly_fields = [*list_display, "due_at", "sent_at"]
    ordering = [F("sent_at").desc(nulls_first=True), "-attempts", "-pk"]

    class Media:
        css = {"all": ["css/admin/lists.css", "css/admin/feedback.css"]}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="состояние")
    def state(self, mail):
        return mail.state

    def get_urls(self):
        mine = path("mine/", self.admin_site.admin_view(self.mine), name="feedback_staffmail_mine")
        return [mine, *super().get_urls()]

    def mine(self, request):
        """«Мои письма»: everybody who sees suggestions chooses which letters to get."""
        if not may_view(request.user, Suggestion):
            raise PermissionDenied
        choice = LetterChoice.objects.filter(pk=request.user.pk).first()
        choice = choice or LetterChoice(user=request.user)
        form = LetterChoiceForm(request.POST if request.method == "POST" else None, instance=choice)
        if form.is_valid():
            form.save()
            self.message_user(request, "Выбор писем сохранён.", messages.SUCCESS)
            return redirect("admin:index")
        context = {**self.admin_site.each_context(request), "title": "Мои письма", "form": form}
        return TemplateResponse(request, "admin/feedback/letter_choice.html", context)
