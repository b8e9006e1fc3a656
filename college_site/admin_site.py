"""The admin as the college's staff see it: its name, the order of its rooms, its language."""

from django.contrib import admin
from django.views.i18n import JavaScriptCatalog

from college_site.models import College

ROOMS = ("news", "feedback", "college_site", "auth")


class PortalAdminSite(admin.AdminSite):
    """Named after the college; its rooms stand in the order of daily work."""

    site_title = "Портал колледжа"
    index_title = "Рабочий стол"
    enable_nav_sidebar = True

    def each_context(self, request):
        name = str(College.objects.current())
        return {**super().each_context(request), "site_header": name, "site_title": name}

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: room_order(app["app_label"]))


def room_order(app_label):
    return ROOMS.index(app_label) if app_label in ROOMS else len(ROOMS)


class AdminJavaScriptCatalog(JavaScriptCatalog):
    """The admin's catalogue of translations together with ours for the rich-text editor."""

    packages = ["django.contrib.admin", "college_site"]
