"""The versions of the consent."""

from django.contrib import admin

from feedback.models import Consent


@admin.register(Consent)
class ConsentAdmin(admin.ModelAdmin):
    """A version that somebody has given is closed to changes; a new wording is a new version."""

    list_display = ["__str__", "published_on"]

    def has_change_permission(self, request, obj=None):
        given = obj is not None and obj.suggestions.exists()
        return super().has_change_permission(request, obj) and not given

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)
