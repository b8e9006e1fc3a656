"""Public answers in the admin: what of a suggestion comes before everybody."""

from django.contrib import admin, messages

from feedback.models import Publication, Suggestion
from feedback.personal_data import personal_data


@admin.register(Publication)
class PublicationAdmin(admin.ModelAdmin):
    """Staff redact a copy; publishing and hiding stand in the suggestion's history."""

    list_display = ["title", "suggestion", "state", "published_at", "support_count"]
    list_select_related = ["suggestion"]
    search_fields = ["title", "text", "answer"]
    autocomplete_fields = ["result_post"]
    fields = ["suggestion", "original", "title", "text", "answer", "result_post", "state"]
    readonly_fields = ["original", "state"]
    actions = ["publish", "hide"]

    def get_queryset(self, request):
        """Without the ones whose original this member of staff may not read."""
        readable = Suggestion.objects.visible_to(request.user)
        return super().get_queryset(request).filter(suggestion__in=readable)

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "suggestion"] if obj else self.readonly_fields

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "suggestion":
            kwargs["queryset"] = Suggestion.objects.publishable()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        """The suggestion that the link from the desk names, its text and answer to redact."""
        initial = super().get_changeform_initial_data(request)
        number = str(initial.get("suggestion", ""))[:18]
        if number.isascii() and number.isdigit():
            suggestion = Suggestion.objects.publishable().filter(pk=number).first()
            if suggestion:
                initial |= {"text": suggestion.text, "answer": suggestion.answer}
        return initial

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        found = personal_data(f"{obj.title}\n{obj.text}\n{obj.answer}")
        if found:
            words = ", ".join(f"«{words}»" for _, words in found)
            text = f"Это похоже на личные данные: {words}. Прочитать их сможет каждый."
            self.message_user(request, text, messages.WARNING)

    @admin.display(description="что написал автор")
    def original(self, publication):
        return publication.suggestion.text if publication.pk else "Появится после сохранения."

    @admin.display(description="состояние")
    def state(self, publication):
        return "Видно всем" if publication.is_published else "Не опубликовано"

    @admin.action(description="Опубликовать выбранное", permissions=["change"])
    def publish(self, request, queryset):
        count = sum(publication.publish(request.user) for publication in queryset)
        self.message_user(request, f"Опубликовано: {count}.", messages.SUCCESS)

    @admin.action(description="Снять с публикации", permissions=["change"])
    def hide(self, request, queryset):
        count = sum(publication.hide(request.user) for publication in queryset)
        self.message_user(request, f"Снято с публикации: {count}.", messages.SUCCESS)
