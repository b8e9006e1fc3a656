"""The emails to authors and the state of their delivery."""

from django.contrib import admin, messages
from django.db.models import F

from college_site.accounts.staff_permissions import is_permitted
from college_site.admin_site.model_admin import PortalModelAdmin
from feedback.models import Mail


class DeliveryFilter(admin.SimpleListFilter):
    title = "доставка"
    parameter_name = "delivery"

    def lookups(self, request, model_admin):
        return [("failing", "Не уходят")]

    def queryset(self, request, queryset):
        return queryset.failing() if self.value() else queryset


@admin.register(Mail)
class MailAdmin(PortalModelAdmin):
    """Read-only; unsent emails come first, those with the most attempts on top."""

    list_display = ["event", "suggestion", "state", "attempts", "last_error", "created_at"]
    list_filter = [DeliveryFilter]
    list_per_page = 50
    fields = readonly_fields = [*list_display, "due_at", "sent_at"]
    ordering = [F("sent_at").desc(nulls_first=True), "-attempts", "-pk"]
    actions = ["send_again"]

    class Media:
        css = {"all": ["css/admin/feedback.css"]}

    def get_queryset(self, request):
        mails = super().get_queryset(request).visible_to(request.user)
        return mails.select_related("event__suggestion")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_resend_permission(self, request):
        return is_permitted(request.user, "feedback.change_mail")

    @admin.display(description="предложение")
    def suggestion(self, mail):
        return mail.event.suggestion

    @admin.display(description="состояние")
    def state(self, mail):
        return mail.state

    @admin.action(description="Отправить ещё раз", permissions=["resend"])
    def send_again(self, request, queryset):
        count = queryset.send_again()
        self.message_user(
            request, f"Встанут в очередь: {count}. Отправленные не повторяются.", messages.SUCCESS
        )
