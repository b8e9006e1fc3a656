"""App configurations of the project's own app and of the admin."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig

from college_site import checks, sqlite  # noqa: F401 - register themselves
from college_site.registry import registry
from college_site.russian import lookups  # noqa: F401 - registers itself


class CollegeSiteConfig(AppConfig):
    name = "college_site"
    verbose_name = "Колледж"

    def ready(self):
        from college_site.accounts.login_throttling import delete_expired_attempts
        from college_site.accounts.sessions import prune_sessions
        from college_site.status.heartbeats import beat

        registry.periodic_jobs += [beat, delete_expired_attempts, prune_sessions]


class PortalAdminConfig(AdminConfig):
    default_site = "college_site.admin_site.site.PortalAdminSite"
