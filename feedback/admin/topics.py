"""The topics of suggestions in the admin."""

from django import forms
from django.contrib import admin

from college_site.admin_site.model_admin import PortalModelAdmin
from feedback.models import SuggestionTopic


class TopicRowForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{self.instance}: {field.label.lower()}"


@admin.register(SuggestionTopic)
class SuggestionTopicAdmin(PortalModelAdmin):
    list_display = ["title", "is_active", "order", "answer_days"]
    list_editable = ["is_active", "order"]

    def get_changelist_form(self, request, **kwargs):
        """Give each field of the list a label, which its column's heading is not."""
        return super().get_changelist_form(request, **{"form": TopicRowForm, **kwargs})

    class Media:
        css = {"all": ["css/admin/feedback.css"]}
