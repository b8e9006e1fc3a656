"""Public answers in the admin: the redacted copies of suggestions."""

from copy import copy
from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef
from django.utils.html import format_html, format_html_join

from college_site.accounts.staff_permissions import may_view
from college_site.admin_site.actions import message_row_count
from college_site.admin_site.model_admin import PortalModelAdmin
from college_site.admin_site.submit_row import Button
from feedback.admin.related_widgets import hide_related_buttons
from feedback.forms.publication import PublicationForm, personal_data_warning
from feedback.models import Publication, Suggestion
from feedback.models.workflow.states import PublicationState
from feedback.moderation.redaction import find_revealing

HIDDEN_BUTTONS = [
    Button("_save", "Сохранить, не публикуя"),
    Button("_publish", "Опубликовать сейчас", is_main=True),
    Button("_continue", "Сохранить и продолжить"),
]
PUBLIC_BUTTONS = [
    Button("_save", "Сохранить изменения на сайте", is_main=True),
    Button("_withdraw", "Снять с публикации"),
    Button("_continue", "Сохранить и продолжить"),
]
IN_BULK = "Снято, чтобы проверить ещё раз."
CHOICE = "Только те, что авторы разрешили показать и у которых ещё нет публичного ответа."
NO_CHOICE = (
    "Публиковать пока нечего: нет предложений, которые авторы разрешили показать и у которых ещё "
    "нет публичного ответа."
)


def drop(excluded, row):
    """A row of fields without some of them: a name, a tuple of names, or None."""
    names = (row,) if isinstance(row, str) else row
    left = tuple(name for name in names if name not in excluded)
    return left if len(left) > 1 else next(iter(left), None)


def mark_findings(text):
    """The text with what may reveal a person as marked words."""
    pieces, end = [], 0
    for finding in find_revealing(text):
        pieces.append(format_html("{}<mark>{}</mark>", text[end : finding.start], finding.words))
        end = finding.end
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[end:]]))


def under_number(publication):
    """The copy as the log of the admin tells of it."""
    named = copy(publication)
    named.title = str(publication.suggestion)
    return named


class StateFilter(admin.SimpleListFilter):
    title = "состояние"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return PublicationState.choices

    def queryset(self, request, queryset):
        filters = {
            PublicationState.DRAFT: queryset.drafts,
            PublicationState.PUBLISHED: queryset.published,
            PublicationState.LACKING: queryset.lacking_answer,
        }
        return filters[self.value()]() if self.value() in filters else queryset


def may_read_original(user, publication):
    """Whether the user may read the suggestion of the publication, or any if there is none yet."""
    if publication is None or not may_view(user, Suggestion):
        return may_view(user, Suggestion)
    return Suggestion.objects.visible_to(user).filter(pk=publication.suggestion_id).exists()


@admin.register(Publication)
class PublicationAdmin(PortalModelAdmin):
    """Staff redact a copy; its publication is recorded in the suggestion's history."""

    form = PublicationForm
    list_display = ["title", "suggestion", "state", "published_at", "vote_count"]
    list_select_related = ["suggestion"]
    list_filter = [StateFilter]
    ordering = [F("published_at").desc(nulls_first=True), "-pk"]
    search_fields = ["title__resembles", "text__resembles", "answer__resembles"]
    autocomplete_fields = ["result_post"]
    fields = [
        "state",
        "suggestion",
        "title",
        ("original", "text"),
        "redact",
        ("original_answer", "answer"),
        "note",
        "is_checked",
        "result_post",
    ]
    readonly_fields = ["state", "original", "original_answer"]
    actions = ["publish", "unpublish"]

    class Media:
        css = {"all": ["css/admin/feedback.css", "css/admin/redaction.css"]}
        js = ["js/admin/choice_names.js"]

    def get_queryset(self, request):
        """Without those whose original this user may not read."""
        lacking = Publication.objects.lacking_answer().filter(pk=OuterRef("pk"))
        readable = super().get_queryset(request).visible_to(request.user)
        visible = Publication.objects.published().filter(pk=OuterRef("pk"))
        return readable.annotate(lacks_answer=Exists(lacking), is_visible=Exists(visible))

    def get_object(self, request, object_id, from_field=None):
        publication = super().get_object(request, object_id, from_field)
        if publication and self.has_view_permission(request, publication):
            publication.suggestion.note_restricted(request.user)
        return publication

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "suggestion"] if obj else self.readonly_fields

    def has_add_permission(self, request):
        """A copy starts from the original, so it takes the permission to read that."""
        return super().has_add_permission(request) and may_view(request.user, Suggestion)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.may_read_original = may_read_original(request.user, obj)
        form.source = None if obj else self.find_source(request)
        hide_related_buttons(form, "suggestion", "result_post")
        return form

    def get_fields(self, request, obj=None):
        """Without fields that are still empty, of no use to this user, or not for this user."""
        excluded = [] if obj else ["state"]
        if obj and not self.has_change_permission(request, obj):
            excluded += ["is_checked", "redact", "note"]
        has_source = may_read_original(request.user, obj) if obj else self.find_source(request)
        if not has_source:
            excluded += ["original", "original_answer"]
        if not self.may_name_result(request, obj):
            excluded.append("result_post")
        return [row for row in map(partial(drop, excluded), self.fields) if row]

    def find_source(self, request):
        """The suggestion that a new copy is made of, if the link or the form names one."""
        number = (request.POST or request.GET).get("suggestion", "")[:18]
        if not (number.isascii() and number.isdigit()):
            return None
        choice = Suggestion.objects.publishable().visible_to(request.user)
        return choice.filter(pk=number).first()

    def may_name_result(self, request, publication):
        """Whether the user may see the post that is chosen, or choose one."""
        model = Publication._meta.get_field("result_post").related_model
        if not may_view(request.user, model):
            return False
        if publication is None or publication.result_post_id is None:
            return True
        posts = self.admin_site.get_model_admin(model).get_choices(request)
        return posts.filter(pk=publication.result_post_id).exists()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "suggestion":
            choice = Suggestion.objects.publishable().visible_to(request.user)
            kwargs["queryset"] = choice
            kwargs["help_text"] = CHOICE if choice.exists() else NO_CHOICE
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        """The suggestion that the link names, with its text and answer to redact."""
        initial = super().get_changeform_initial_data(request)
        if suggestion := self.find_source(request):
            initial |= {"text": suggestion.text, "answer": suggestion.answer}
        return initial

    def view_on_site(self, publication):
        return publication.get_absolute_url() if publication.is_visible else None

    def render_change_form(self, request, context, *args, **kwargs):
        publication = context.get("original")
        is_public = publication and publication.is_published
        context["buttons"] = PUBLIC_BUTTONS if is_public else HIDDEN_BUTTONS
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        note = form.cleaned_data.get("note", "")
        was_public = obj.is_published
        if "_publish" in request.POST and obj.publish(request.user, note):
            self.message_user(request, f"«{obj}» теперь видно всем.", messages.SUCCESS)
        elif "_withdraw" in request.POST and obj.unpublish(request.user, note):
            self.message_user(request, f"«{obj}» снято с публикации.", messages.SUCCESS)
        elif was_public and note and "text" in form.changed_data:
            obj.tell_change(request.user, note)
        elif not obj.is_published and (warning := personal_data_warning(obj.words)):
            self.message_user(request, warning, messages.WARNING)

    # The log outlives the copy: it bears the number, because a title may hold a name.

    def log_addition(self, request, object, message):
        return super().log_addition(request, under_number(object), message)

    def log_change(self, request, object, message):
        return super().log_change(request, under_number(object), message)

    def log_deletions(self, request, queryset):
        return super().log_deletions(request, [under_number(row) for row in queryset])

    @admin.display(description="что написал автор")
    def original(self, publication):
        """With what may reveal a person marked."""
        return mark_findings(publication.suggestion.text)

    @admin.display(description="что ответили автору")
    def original_answer(self, publication):
        return publication.suggestion.answer or "Пока ничего."

    @admin.display(description="состояние", ordering="published_at")
    def state(self, publication):
        if publication.is_visible:
            words = "Видно всем"
        elif publication.is_published:
            words = "Скрыто: предложение отозвано или перенесено в закрытую очередь"
        else:
            words = "Не опубликовано"
        if publication.lacks_answer:
            note = "автору ответили, а здесь этого ответа нет: внесите и сохраните"
            return format_html('{}; <strong class="overdue">{}</strong>', words, note)
        return words

    @admin.action(description="Опубликовать выбранное", permissions=["change"])
    def publish(self, request, queryset):
        published = 0
        for publication in queryset:
            warning = personal_data_warning(publication.words)
            if warning and not publication.is_published:
                text = f"«{publication}» не опубликовано. {warning} Откройте и подтвердите."
                self.message_user(request, text, messages.ERROR)
                continue
            try:
                published += publication.publish(request.user)
            except ValidationError as error:
                text = f"«{publication}» не опубликовано. {error.messages[0]} Откройте его."
                self.message_user(request, text, messages.ERROR)
        message_row_count(self, request, "Опубликовано", published)

    @admin.action(description="Снять с публикации", permissions=["change"])
    def unpublish(self, request, queryset):
        hidden = sum(publication.unpublish(request.user, IN_BULK) for publication in queryset)
        message_row_count(self, request, "Снято с публикации", hidden)
