"""A sheet to hang up: its QR code opens the form of a suggestion, with a topic chosen."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from college_site.admin_site.model_admin import PortalModelAdmin
from college_site.http.responses import make_private
from feedback.models import SuggestionTopic
from feedback.receipts.qr_codes import draw_code


class PosterAdmin(PortalModelAdmin):
    def get_urls(self):
        own = [
            self.page_path("poster/", self.show_poster, "poster"),
            self.page_path("poster/qr.svg", self.show_code, "qr"),
        ]
        return [*own, *super().get_urls()]

    def show_poster(self, request):
        """The poster of the topic that the address names, or of all; above it the choice."""
        topic = self.find_topic(request)
        context = {
            **self.admin_site.each_context(request),
            "title": "Плакат с QR-кодом",
            "opts": self.opts,
            "topic": topic,
            "topics": SuggestionTopic.objects.filter(is_active=True),
            "address": form_address(request),
            "query": f"?topic={topic.pk}" if topic else "",
        }
        return make_private(render(request, "admin/feedback/suggestiontopic/poster.html", context))

    def show_code(self, request):
        topic = self.find_topic(request)
        address = form_address(request) + (f"?topic={topic.pk}" if topic else "")
        image = HttpResponse(draw_code(address), content_type="image/svg+xml")
        return make_private(image)

    def find_topic(self, request):
        """The topic that the address names, None without one; 404 if the form does not offer it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        key = request.GET.get("topic", "")
        if not key:
            return None
        if not (key.isascii() and key.isdigit() and len(key) < 10):
            raise Http404
        topic = SuggestionTopic.objects.filter(is_active=True, pk=key).first()
        if topic is None:
            raise Http404
        return topic


def form_address(request):
    return request.build_absolute_uri(reverse("feedback:suggestion_form"))
