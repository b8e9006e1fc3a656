"""Suggestions in the admin: staff read them, ask their authors and answer."""

import re

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, OuterRef, When
from django.shortcuts import redirect
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.html import format_html

from college_site.accounts.staff_permissions import is_permitted, may_view
from college_site.guide.links import help_link
from college_site.pages.context_processors import current_college
from college_site.russian.folding import fold
from feedback.admin.desk.erasure import ErasureAdmin
from feedback.admin.desk.reading import ReadingAdmin
from feedback.admin.desk.register_export import RegisterExportAdmin
from feedback.admin.events import EventInline
from feedback.admin.related_widgets import hide_related_buttons
from feedback.code_throttling import MAX_WRONG_CODES
from feedback.forms.suggestion_action import SuggestionActionForm
from feedback.models import Attachment, Event, Mail, Publication, RateLimitCounter, Suggestion
from feedback.models.rate_limits import Scope
from feedback.models.workflow.access import list_responsible, may_act
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
class SuggestionAdmin(ErasureAdmin, ReadingAdmin, RegisterExportAdmin):
    """Text and history are read-only; staff change a suggestion by an action with a text."""

    form = SuggestionActionForm
    inlines = [EventInline]
    list_display = [
        *("number", "excerpt", "status_label", "due", "marks", "rating", "topic", "responsible"),
    ]
    list_display_links = ["number", "excerpt"]
    list_filter = ["status", AttentionFilter, "rating", "is_reopened", "topic", "role"]
    list_select_related = ["topic", "responsible"]
    list_per_page = 30
    public_choices = ["topic", "responsible"]
    ordering = [Case(When(Suggestion.URGENT, then=0), default=1), "-received_at", "-pk"]
    search_fields = ["text__resembles", "answer__resembles", "=sequence"]
    actions = ["release_selected", "purge_selected", "erase_contacts"]
    fieldsets = [
        (None, {"fields": [("number", "status_label"), ("received_at", "due"), "role", "text"]}),
        (None, {"fields": ["topic", "responsible"]}),
        (
            "Действие",
            {
                "fields": ["action", "words"],
                "description": help_link("Ответ на предложение", "suggestions", "action"),
            },
        ),
        ("Ответ", {"fields": ["answer", "answered_at", "rating"]}),
        ("Разрешение автора", {"fields": ["publishable"]}),
        ("Для всех", {"fields": ["public_answer"]}),
        ("Контакт автора", {"fields": ["contact", "consent", "consented_at"]}),
        ("Очередь", {"fields": ["suspicion", "restricted"]}),
    ]
    readonly_fields = [
        "number",
        "status_label",
        "received_at",
        "due",
        "role",
        "text",
        "answer",
        "answered_at",
        "rating",
        "publishable",
        "public_answer",
        "contact",
        "consent",
        "consented_at",
        "suspicion",
        "restricted",
    ]

    class Media:
        css = {"all": ["css/admin/feedback.css"]}

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
            "may_export": self.has_export_permission(request),
            "has_no_policy": not current_college(request).privacy_policy_url,
        }

    # The page of one suggestion -----------------------------------------------------------------

    def get_fieldsets(self, request, obj=None):
        """Without what is empty and what this user may not do or see."""
        is_excluded = {
            "Для всех": not may_view(request.user, Publication),
            "Действие": not self.has_change_permission(request, obj),
            "Ответ": obj and not obj.answer,
            "Контакт автора": obj and not obj.email,
        }
        return [fieldset for fieldset in self.fieldsets if not is_excluded.get(fieldset[0])]

    def get_readonly_fields(self, request, obj=None):
        """Nobody is assigned to what is closed."""
        is_closed = obj and obj.why_not_allowed(Event.Kind.ASSIGNED)
        may_assign = may_act(request.user, Event.Kind.ASSIGNED) and not is_closed
        return [*self.readonly_fields, *([] if may_assign else ["responsible"])]

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.staff = request.user
        hide_related_buttons(form, "topic", "responsible")
        return form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "responsible":
            # Compared with what the page showed: somebody else may have chosen meanwhile.
            kwargs |= {"queryset": list_responsible(), "show_hidden_initial": True}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        """Write what was changed, and nothing that somebody else has changed meanwhile."""
        person = obj.responsible
        if "topic" in form.changed_data:
            obj.save(update_fields=["topic"])
        if "responsible" in form.changed_data:
            obj.assign(person, request.user)
        kind = form.perform()
        self.report_change(request, obj, kind, form.changed_data)

    def report_change(self, request, suggestion, kind, changed):
        """Show messages about the changes and about what remains to be done."""
        done = ["тема изменена"] if "topic" in changed else []
        done += ["ответственный изменён"] if "responsible" in changed else []
        done += [Event.Kind(kind).label.lower()] if kind else []
        text = f"{suggestion}: {', '.join(done) or 'ничего не изменилось'}."
        self.message_user(request, text, messages.SUCCESS if done else messages.WARNING)
        if not self.may_read(request, suggestion):
            text = "Теперь его читают только сотрудники с особым правом, у вас такого права нет."
            if not suggestion.is_restricted:
                text = "Теперь за него отвечает другой сотрудник, вам оно больше не видно."
            self.message_user(request, text, messages.WARNING)
        copy = Publication.objects.lacking_answer().filter(suggestion=suggestion).first()
        if copy and kind:
            url = reverse("admin:feedback_publication_change", args=[copy.pk])
            text = format_html('В <a href="{}">публичном ответе</a> этих слов нет: внесите.', url)
            self.message_user(request, text, messages.WARNING)

    def may_read(self, request, suggestion):
        return self.get_queryset(request).filter(pk=suggestion.pk).exists()

    def response_change(self, request, obj):
        """Without Django's message: report_change() has shown a better one."""
        if "_continue" in request.POST and self.may_read(request, obj):
            return redirect(request.get_full_path())
        return self.response_post_save_change(request, obj)

    def construct_change_message(self, request, form, formsets, add=False):
        """The admin log names the action instead of the form's fields."""
        names = {
            "topic": "тема",
            "responsible": "ответственный",
            "action": dict(form.fields["action"].choices).get(form.cleaned_data.get("action"), ""),
        }
        fields = [names[name] for name in form.changed_data if name in names]
        return [{"changed": {"fields": fields}}] if fields else []

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

    @admin.display(description="можно опубликовать с ответом")
    def publishable(self, suggestion):
        """As a word: screen readers read the icon of a boolean field out as «False»."""
        return "Да" if suggestion.may_publish else "Нет"

    @admin.display(description="закрытая очередь")
    def restricted(self, suggestion):
        only = "читают только сотрудники с особым правом, речь о беде или насилии"
        return f"Да: {only}" if suggestion.is_restricted else "Нет"

    @admin.display(description="почта")
    def contact(self, suggestion):
        return suggestion.contact_link

    @admin.display(description="публичный ответ")
    def public_answer(self, suggestion):
        """A link to the public answer, or to a new one if the author allows it."""
        if hasattr(suggestion, "publication"):
            url = reverse("admin:feedback_publication_change", args=[suggestion.publication.pk])
            return format_html('<a href="{}">{}</a>', url, suggestion.publication)
        if Suggestion.objects.publishable().filter(pk=suggestion.pk).exists():
            url = reverse("admin:feedback_publication_add", query={"suggestion": suggestion.pk})
            return format_html('<a href="{}">Подготовить публичный ответ</a>', url)
        return "Нет"

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
