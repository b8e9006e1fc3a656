"""The counters against abuse."""

from django.contrib import admin
from django.db.models import OuterRef, Subquery, Sum

from college_site.admin_site.model_admin import PortalModelAdmin
from feedback.models import RateLimitCounter, RateLimitSpan


@admin.register(RateLimitSpan)
class RateLimitSpanAdmin(PortalModelAdmin):
    """Read-only: how much was counted, never what; peppers and cells can be neither seen nor asked.

    Otherwise staff could tell which anonymous suggestions came from one network.
    """

    fields = ["scope", "ends_at", "total"]
    readonly_fields = ["total"]
    list_display = ["scope", "ends_at", "total"]
    list_display_links = None
    list_filter = ["scope"]
    list_per_page = 50

    def get_queryset(self, request):
        counters = RateLimitCounter.objects.filter(
            scope=OuterRef("scope"), ends_at=OuterRef("ends_at")
        )
        totals = counters.values("scope").annotate(total=Sum("count")).values("total")
        return super().get_queryset(request).annotate(total=Subquery(totals))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="сколько", ordering="total", empty_value="0")
    def total(self, span):
        return span.total
