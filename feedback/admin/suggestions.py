"""The desk where staff read suggestions and answer them."""

from django.contrib import admin
from django.template.defaultfilters import truncatechars
from django.utils.html import format_html

from feedback.models import Suggestion


class OverdueFilter(admin.SimpleListFilter):
    title = "срок"
    parameter_name = "overdue"

    def lookups(self, request, model_admin):
        return [("yes", "Просрочен")]

    def queryset(self, request, queryset):
        return queryset.overdue() if self.value() else queryset


@admin.register(Suggestion)
class SuggestionAdmin(admin.ModelAdmin):
    """What an author wrote is read only; staff change the state, the topic and the answer."""

    list_display = ["number", "excerpt", "status_label", "due", "topic", "role", "received_at"]
    list_display_links = ["number", "excerpt"]
    list_filter = ["status", OverdueFilter, "topic", "role"]
    list_select_related = ["topic"]
    list_per_page = 30
    search_fields = ["text", "answer", "=sequence"]
    search_help_text = "По тексту, ответу или порядковому номеру"
    readonly_fields = [
        "number",
        "received_at",
        "due",
        "role",
        "text",
        "email",
        "consent",
        "consented_at",
        "answered_at",
    ]
    fieldsets = [
        (None, {"fields": [("number", "received_at", "due"), "topic", "role", "text"]}),
        ("Ответ", {"fields": ["status", "answer", "answered_at"]}),
        ("Контакт автора", {"fields": ["email", "consent", "consented_at"]}),
    ]

    class Media:
        css = {"all": ["css/admin/feedback.css"]}

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """Nothing is ever lost: what was accepted stays in the register."""
        return False

    @admin.display(description="номер", ordering="received_at")
    def number(self, suggestion):
        return suggestion.number

    @admin.display(description="текст")
    def excerpt(self, suggestion):
        return truncatechars(suggestion.text, 90)

    @admin.display(description="состояние", ordering="status")
    def status_label(self, suggestion):
        return format_html(
            '<span class="status-{}">{}</span>', suggestion.status, suggestion.get_status_display()
        )

    @admin.display(description="ответить до", ordering="due_on")
    def due(self, suggestion):
        text = suggestion.due_on.strftime("%d.%m.%Y")
        if suggestion.is_overdue:
            return format_html('<strong class="overdue">{} — срок прошёл</strong>', text)
        return text
