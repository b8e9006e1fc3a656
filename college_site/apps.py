"""App configurations of the project's own app and of the admin."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig

from college_site import checks, sqlite  # noqa: F401 - register a check and a signal handler


class CollegeSiteConfig(AppConfig):
    name = "college_site"
    verbose_name = "Колледж"


class PortalAdminConfig(AdminConfig):
    default_site = "college_site.admin_site.site.PortalAdminSite"
