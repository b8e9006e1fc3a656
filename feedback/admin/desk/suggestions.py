"""Suggestions in the admin: staff read them, ask their authors and answer."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from js_asset import Script

from feedback.admin.desk.erasure import ErasureAdmin
from feedback.admin.desk.figures import FiguresAdmin
from feedback.admin.desk.inbox import InboxAdmin
from feedback.admin.desk.intake import IntakeAdmin
from feedback.admin.desk.page import PageAdmin
from feedback.admin.desk.reading import ReadingAdmin
from feedback.admin.desk.register_export import RegisterExportAdmin
from feedback.models import Suggestion


@admin.register(Suggestion)
class SuggestionAdmin(
    InboxAdmin,
    PageAdmin,
    IntakeAdmin,
    FiguresAdmin,
    ErasureAdmin,
    ReadingAdmin,
    RegisterExportAdmin,
):
    """Text and history are read-only; staff change a suggestion by the acts of its page."""

    actions = ["release_selected", "purge_selected", "erase_contacts"]

    class Media:
        css = {
            "all": [
                "css/admin/feedback.css",
                "css/admin/suggestion.css",
                "css/admin/acts.css",
                "css/admin/inbox.css",
            ]
        }
        js = [
            Script("js/admin/desk/prepared_answer.js", type="module"),
            Script("js/admin/desk/drafts.js", type="module"),
            Script("js/admin/desk/keys.js", type="module"),
        ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """Suggestions stay in the register forever."""
        return False

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
