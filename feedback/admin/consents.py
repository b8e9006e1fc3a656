"""The versions of the consent."""

from django.contrib import admin

from college_site.admin_site.model_admin import PortalModelAdmin
from feedback.models import Consent


@admin.register(Consent)
class ConsentAdmin(PortalModelAdmin):
    """A version that an author has consented to is read-only; a new wording is a new version."""

    list_display = ["__str__", "published_on"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not is_used(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not is_used(obj)


def is_used(consent):
    return consent is not None and consent.suggestions.exists()
