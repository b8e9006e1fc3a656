"""The topics that staff keep for the form."""

from django.contrib import admin

from feedback.models import SuggestionTopic


@admin.register(SuggestionTopic)
class SuggestionTopicAdmin(admin.ModelAdmin):
    list_display = ["title", "is_active", "order"]
    list_editable = ["is_active", "order"]

    class Media:
        css = {"all": ["css/admin/lists.css", "css/admin/feedback.css"]}
