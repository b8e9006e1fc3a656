"""Suggestions in the admin: staff read them, ask their authors and answer."""

import re

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, OuterRef, When
from django.template.defaultfilters import truncatechars
from django.utils.html import format_html
from js_asset import Script

from college_site.accounts.staff_permissions import is_permitted
from college_site.pages.context_processors import current_college
from college_site.russian.folding import fold
from feedback.admin.desk.erasure import ErasureAdmin
from feedback.admin.desk.intake import IntakeAdmin
from feedback.admin.desk.page import PageAdmin
from feedback.admin.desk.reading import ReadingAdmin
from feedback.admin.desk.register_export import RegisterExportAdmin
from feedback.code_throttling import MAX_WRONG_CODES
from feedback.models import Attachment, Mail, Publication, RateLimitCounter, Suggestion
from feedback.models.rate_limits import Scope
from feedback.models.workflow.desk_states import DESK_STATES


class AttentionFilter(admin.SimpleListFilter):
    title = "внимание"
    parameter_name = "attention"

    def lookups(self, request, model_admin):
        may_read = is_permitted(request.user, "feedback.view_restricted")
        return [pair for pair in DESK_STATES.items() if may_read or pair[0] != "urgent"]

    def queryset(self, request, queryset):
        name = self.value()
        return queryset.in_desk_state(name) if name in DESK_STATES else queryset


@admin.register(Suggestion)
class SuggestionAdmin(PageAdmin, IntakeAdmin, ErasureAdmin, ReadingAdmin, RegisterExportAdmin):
    """Text and history are read-only; staff change a suggestion by the acts of its page."""

    list_display = [
        *("number", "excerpt", "status_label", "due", "marks", "rating", "topic", "responsible"),
    ]
    list_display_links = ["number", "excerpt"]
    list_filter = ["status", AttentionFilter, "rating", "is_reopened", "topic", "role"]
    list_select_related = ["topic", "responsible"]
    list_per_page = 30
    ordering = [Case(When(Suggestion.URGENT, then=0), default=1), "-received_at", "-pk"]
    search_fields = ["text__resembles", "answer__resembles", "=sequence"]
    actions = ["release_selected", "purge_selected", "erase_contacts"]

    class Media:
        css = {"all": ["css/admin/feedback.css", "css/admin/suggestion.css"]}
        js = [
            Script("js/admin/desk/prepared_answer.js", type="module"),
            Script("js/admin/desk/drafts.js", type="module"),
            Script("js/admin/desk/keys.js", type="module"),
        ]

    # Who may see what ---------------------------------------------------------------------------

    def get_queryset(self, request):
        files = Attachment.objects.filter(suggestion=OuterRef("pk"))
        readable = super().get_queryset(request).visible_to(request.user)
        return readable.annotate(has_files=Exists(files))

    def get_list_filter(self, request):
        may_read = is_permitted(request.user, "feedback.view_restricted")
        return [*self.list_filter, *(["is_restricted"] if may_read else [])]

    def get_list_display(self, request):
        quarantine = request.GET.get("status__exact") == Suggestion.Status.QUARANTINE
        return [*self.list_display, *(["suspicion"] if quarantine else [])]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """Suggestions stay in the register forever."""
        return False

    def get_search_results(self, request, queryset, search_term):
        number = fold(search_term).strip()
        if re.fullmatch("[0-9]{4}-[0-9]{1,6}", number):
            return queryset.with_number(number), False
        return super().get_search_results(request, queryset, search_term)

    def changelist_view(self, request, extra_context=None):
        context = {**(extra_context or {}), **self.attention_counts(request)}
        return super().changelist_view(request, context)

    def attention_counts(self, request):
        """The counts for the lines above the list."""
        counts = Suggestion.objects.visible_to(request.user).count_desk_states()
        wrong_codes = RateLimitCounter.total(Scope.GUESSES)
        return {
            "urgent": counts["urgent"],
            "overdue": counts["overdue"],
            "quarantined": counts["quarantine"],
            "lacking": Publication.objects.visible_to(request.user).lacking_answer().count(),
            "failing": Mail.objects.visible_to(request.user).failing().count(),
            "wrong_codes": wrong_codes if wrong_codes > MAX_WRONG_CODES else 0,
            "may_enter": self.has_intake_permission(request),
            "may_export": self.has_export_permission(request),
            "has_no_policy": not current_college(request).privacy_policy_url,
        }

    @admin.display(description="номер", ordering="received_at")
    def number(self, suggestion):
        return suggestion.number

    @admin.display(description="текст")
    def excerpt(self, suggestion):
        """Reading a restricted suggestion is recorded, so its words stand on its page only."""
        if suggestion.is_restricted:
            return "Закрытая очередь: откройте, чтобы прочитать"
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

    @admin.display(description="пометки")
    def marks(self, suggestion):
        marks = {
            "файлы": suggestion.has_files,
            "срок продлён": suggestion.is_extended,
            "возобновлено": suggestion.is_reopened,
            "закрытая очередь": suggestion.is_restricted,
        }
        return ", ".join(mark for mark, is_set in marks.items() if is_set)

    @admin.action(description="Выпустить из карантина", permissions=["change"])
    def release_selected(self, request, queryset):
        released = 0
        for suggestion in queryset:
            try:
                suggestion.release(request.user)
                released += 1
            except ValidationError as error:
                self.message_user(request, f"{suggestion}: {error.messages[0]}", messages.ERROR)
        self.message_user(request, f"Выпущено из карантина: {released}.", messages.SUCCESS)
