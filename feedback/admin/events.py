"""The history of a suggestion on its page in the admin, with files and emails."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.timezone import localtime

from college_site.admin_site.model_admin import PortalAdminMixin
from feedback.models import Event


class EventInline(PortalAdminMixin, admin.TabularInline):
    """Read-only: history is never rewritten."""

    model = Event
    fields = ["moment", "kind", "who", "text", "files", "letter"]
    readonly_fields = fields
    extra = max_num = 0
    can_delete = False
    empty_value_display = ""

    def has_view_permission(self, request, obj=None):
        """Anyone who may open the suggestion may read its history."""
        return True

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        events = super().get_queryset(request).select_related("staff", "mail")
        return events.prefetch_related("attachments")

    @admin.display(description="когда")
    def moment(self, event):
        return f"{localtime(event.happened_at):%d.%m.%Y %H:%M}"

    @admin.display(description="кто")
    def who(self, event):
        if event.is_by_author:
            return "Автор"
        return event.staff or "Портал"

    @admin.display(description="файлы")
    def files(self, event):
        files = map(describe_file, event.attachments.all())
        return format_html_join(", ", '<a href="{}">{}</a>{}', files)

    @admin.display(description="письмо")
    def letter(self, event):
        return event.mail.state if hasattr(event, "mail") else ""


def describe_file(file):
    """(address, name, what the cleaned file lost or "")."""
    lost = f" (не сохранилось: {file.lost})" if file.lost else ""
    return file.get_absolute_url(), file.name, lost
