"""Prepared answers in the admin; staff who answer keep them."""

from django.contrib import admin

from college_site.admin_site.model_admin import PortalModelAdmin
from college_site.guide.links import help_link
from feedback.admin.related_widgets import hide_related_buttons
from feedback.models import PreparedAnswer


@admin.register(PreparedAnswer)
class PreparedAnswerAdmin(PortalModelAdmin):
    list_display = ["title", "topic_label", "decision"]
    list_select_related = ["topic"]
    list_filter = ["topic"]
    search_fields = ["title__resembles", "text__resembles"]
    public_choices = ["topic"]
    fieldsets = [
        (
            None,
            {
                "fields": ["title", "topic", "decision", "text"],
                "description": help_link("Заготовки ответов", "suggestions", "prepared"),
            },
        ),
    ]

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        hide_related_buttons(form, "topic")
        return form

    @admin.display(description="тема", ordering="topic__title")
    def topic_label(self, prepared):
        return prepared.topic or "все темы"
