"""The counters against abuse."""

from django.contrib import admin

from college_site.admin_site.model_admin import PortalModelAdmin
from feedback.models import RateLimitCounter


@admin.register(RateLimitCounter)
class RateLimitCounterAdmin(PortalModelAdmin):
    """Read-only. The key of a network is a hash, that of a suggestion its number."""

    list_display = ["scope", "short_key", "count", "starts_at"]
    list_display_links = None
    list_filter = ["scope"]
    list_per_page = 50

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="ключ", ordering="key")
    def short_key(self, counter):
        return counter.key[:12]
