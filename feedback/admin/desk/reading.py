"""Who read what few may read: a reading of a contact or of a restricted suggestion is an event."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html

from college_site.accounts.staff_permissions import is_permitted
from college_site.admin_site.model_admin import PortalModelAdmin
from college_site.http.responses import make_private
from feedback.models import Event


def may_view_contact(user):
    return is_permitted(user, "feedback.view_contact")


def link_contact(suggestion, user):
    """What the suggestion's page says of the contact: a link for those who may read it."""
    if not may_view_contact(user):
        return "Автор оставил адрес, видеть его могут не все сотрудники"
    url = reverse("admin:feedback_suggestion_contact", args=[suggestion.pk])
    return format_html('<a href="{}">Показать адрес: это останется в истории</a>', url)


class ReadingAdmin(PortalModelAdmin):
    """Records readings of suggestions; the contact has a page of its own."""

    def get_urls(self):
        contact = self.page_path("<int:key>/contact/", self.show_contact, "contact")
        return [contact, *super().get_urls()]

    def get_object(self, request, object_id, from_field=None):
        """Called by Django's own pages of one suggestion: history, deletion."""
        suggestion = super().get_object(request, object_id, from_field)
        if suggestion and self.has_view_permission(request, suggestion):
            suggestion.note_restricted(request.user)
        return suggestion

    def show_contact(self, request, key):
        if not (self.has_view_permission(request) and may_view_contact(request.user)):
            raise PermissionDenied
        suggestion = get_object_or_404(self.get_queryset(request).exclude(email=""), pk=key)
        suggestion.note_reading(Event.Kind.CONTACT_READ, request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Адрес автора предложения {suggestion}",
            "opts": self.opts,
            "suggestion": suggestion,
        }
        return make_private(render(request, "admin/feedback/suggestion/contact.html", context))
