"""The topics of suggestions in the admin."""

from django import forms
from django.contrib import admin

from feedback.admin.desk.posters import PosterAdmin
from feedback.admin.related_widgets import hide_related_buttons
from feedback.desk.acts.act import PersonField
from feedback.models import SuggestionTopic
from feedback.models.workflow.access import list_responsible


class TopicRowForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{self.instance}: {field.label.lower()}"


@admin.register(SuggestionTopic)
class SuggestionTopicAdmin(PosterAdmin):
    list_display = ["title", "is_active", "order", "answer_days"]
    list_editable = ["is_active", "order"]
    public_choices = ["responsible"]

    def get_changelist_form(self, request, **kwargs):
        """Give each field of the list a label, which its column's heading is not."""
        return super().get_changelist_form(request, **{"form": TopicRowForm, **kwargs})

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "responsible":
            kwargs |= {"queryset": list_responsible(), "form_class": PersonField}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        hide_related_buttons(form, "responsible")
        return form

    class Media:
        css = {"all": ["css/admin/feedback.css"]}
