"""The desk where staff read suggestions, ask their authors and answer them."""

import datetime
import re

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, OuterRef, When
from django.shortcuts import redirect
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from college_site.pages.context_processors import current_college
from feedback.admin.events import EventInline
from feedback.admin.related import without_buttons
from feedback.code_throttling import MOST
from feedback.forms.suggestion_action import SuggestionActionForm
from feedback.models import Attachment, Event, Mail, Publication, RateLimitCounter, Suggestion


class AttentionFilter(admin.SimpleListFilter):
    title = "внимание"
    parameter_name = "attention"

    def lookups(self, request, model_admin):
        may_read = request.user.has_perm("feedback.view_restricted")
        urgent = [("urgent", "Закрытая очередь без ответа")] if may_read else []
        return [("overdue", "Срок прошёл"), *urgent]

    def queryset(self, request, queryset):
        narrowed = {"overdue": queryset.overdue, "urgent": queryset.urgent}.get(self.value())
        return narrowed() if narrowed else queryset


@admin.register(Suggestion)
class SuggestionAdmin(admin.ModelAdmin):
    """What was written and what happened is read only; a change is an action with its words."""

    form = SuggestionActionForm
    inlines = [EventInline]
    list_display = ["number", "excerpt", "status_label", "due", "marks", "rating", "topic"]
    list_display_links = ["number", "excerpt"]
    list_filter = ["status", AttentionFilter, "rating", "is_reopened", "topic", "role"]
    list_select_related = ["topic"]
    list_per_page = 30
    ordering = [Case(When(Suggestion.URGENT, then=0), default=1), "-received_at", "-pk"]
    search_fields = ["text", "answer", "=sequence"]
    actions = ["release_selected"]
    fieldsets = [
        (None, {"fields": [("number", "status_label"), ("received_at", "due"), "role", "text"]}),
        (None, {"fields": ["topic"]}),
        ("Действие", {"fields": ["action", "words"]}),
        ("Ответ", {"fields": ["answer", "answered_at", "rating"]}),
        ("Для всех", {"fields": ["publishable", "public_answer"]}),
        ("Контакт автора", {"fields": ["email", "consent", "consented_at"]}),
        ("Очередь", {"fields": ["suspicion", "restricted"]}),
    ]
    readonly_fields = [
        *("number", "status_label", "received_at", "due", "role", "text"),
        *("answer", "answered_at", "rating", "publishable", "public_answer"),
        *("email", "consent", "consented_at", "suspicion", "restricted"),
    ]

    class Media:
        css = {"all": ["css/admin/forms.css", "css/admin/lists.css", "css/admin/feedback.css"]}

    # Who may see what ---------------------------------------------------------------------------

    def get_queryset(self, request):
        files = Attachment.objects.filter(suggestion=OuterRef("pk"))
        readable = super().get_queryset(request).visible_to(request.user)
        return readable.annotate(has_files=Exists(files))

    def get_list_filter(self, request):
        may_read = request.user.has_perm("feedback.view_restricted")
        return [*self.list_filter, *(["is_restricted"] if may_read else [])]

    def get_list_display(self, request):
        quarantine = request.GET.get("status__exact") == Suggestion.Status.QUARANTINE
        return [*self.list_display, *(["suspicion"] if quarantine else [])]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """Nothing is ever lost: what was accepted stays in the register."""
        return False

    def get_search_results(self, request, queryset, search_term):
        if re.fullmatch("[0-9]{4}-[0-9]{1,6}", search_term):
            return queryset.numbered(search_term), False
        return super().get_search_results(request, queryset, search_term)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {**(extra_context or {}), **self.notes(request)})

    def notes(self, request):
        """What wants attention, counted; the lines above the list."""
        readable = Suggestion.objects.visible_to(request.user)
        yesterday = timezone.now() - datetime.timedelta(days=1)
        guesses = RateLimitCounter.objects.total(RateLimitCounter.Scope.GUESSES, since=yesterday)
        return {
            "urgent": readable.urgent().count(),
            "overdue": readable.overdue().count(),
            "quarantined": readable.quarantined().count(),
            "lacking": Publication.objects.visible_to(request.user).lacking_answer().count(),
            "failing": Mail.objects.visible_to(request.user).failing().count(),
            "guesses": guesses if guesses > MOST else 0,
            "has_no_policy": not current_college(request).privacy_policy_url,
        }

    # The page of one suggestion -----------------------------------------------------------------

    def get_fieldsets(self, request, obj=None):
        """Whoever may only look is offered no action; what is empty takes no room."""
        left_out = {
            "Действие": not self.has_change_permission(request, obj),
            "Ответ": obj and not obj.answer,
            "Контакт автора": obj and not obj.email,
        }
        return [each for each in self.fieldsets if not left_out.get(each[0])]

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.staff = request.user
        return without_buttons(form, "topic")

    def save_model(self, request, obj, form, change):
        if "topic" in form.changed_data:
            obj.save(update_fields=["topic"])
        kind = form.act()
        self.tell(request, obj, kind, is_moved="topic" in form.changed_data)

    def tell(self, request, suggestion, kind, *, is_moved):
        """Say what was done, and what it leaves to do."""
        done = ["тема изменена"] if is_moved else []
        done += [Event.Kind(kind).label.lower()] if kind else []
        text = f"{suggestion}: {', '.join(done) or 'ничего не изменилось'}."
        self.message_user(request, text, messages.SUCCESS if done else messages.WARNING)
        if not self.may_read(request, suggestion):
            text = "Теперь его читают только сотрудники с особым правом, у вас такого права нет."
            self.message_user(request, text, messages.WARNING)
        copy = Publication.objects.lacking_answer().filter(suggestion=suggestion).first()
        if copy and kind:
            url = reverse("admin:feedback_publication_change", args=[copy.pk])
            text = format_html('В <a href="{}">публичном ответе</a> этих слов нет: внесите.', url)
            self.message_user(request, text, messages.WARNING)

    def may_read(self, request, suggestion):
        return self.get_queryset(request).filter(pk=suggestion.pk).exists()

    def response_change(self, request, obj):
        """Without the stock words «был изменен успешно»: what was done has been said."""
        if "_continue" in request.POST and self.may_read(request, obj):
            return redirect(request.get_full_path())
        return self.response_post_save_change(request, obj)

    def construct_change_message(self, request, form, formsets, add=False):
        """The journal names the action, not the fields of the form."""
        names = {
            "topic": "тема",
            "action": dict(form.fields["action"].choices).get(form.cleaned_data.get("action"), ""),
        }
        fields = [names[name] for name in form.changed_data if name in names]
        return [{"changed": {"fields": fields}}] if fields else []

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
        """In a word: the icon of a field is called «False» to those who hear the page."""
        return "Да" if suggestion.may_publish else "Нет"

    @admin.display(description="закрытая очередь")
    def restricted(self, suggestion):
        only = "читают только сотрудники с особым правом, речь о беде или насилии"
        return f"Да: {only}" if suggestion.is_restricted else "Нет"

    @admin.display(description="публичный ответ")
    def public_answer(self, suggestion):
        """The way to the public answer, or to a new one where the author allows it."""
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
